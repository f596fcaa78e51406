/**
 * Both sides of an established crypto session bundle, out of a played call.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { openBundle, type Bundle, type EstablishedCall } from '../../model/exchange/bundle.ts';
import { buildUpdate, type MadeUpdate } from '../../model/exchange/updateInit.ts';
import { strictProfile, type Env } from '../../model/guard/profile.ts';
import { aesCm256HmacSha1 } from '../../model/policy/securityPolicy.ts';
import { bytes } from '../run/byteRun.ts';
import { value } from './forge.ts';
import { Lab } from './lab.ts';
import { call, scene, user } from './scenes.ts';

/** Alice's and bob's side. */
export interface Sides {
  readonly alice: Bundle<Uint8Array>;
  readonly bob: Bundle<Uint8Array>;
}

/** The strict flags, and L and M: both sides may bring session keys in updates. */
const bothBringKeys = 'DEFGHIJLMNO';

/** Alice has called bob, and both may bring new keys. */
export function establishedSides(): Sides {
  const step = call({ ticket: { from: 'KMS', flags: bothBringKeys } });
  const lab = new Lab(scene([user('alice'), user('bob')], { steps: [step] }), { profile: strictProfile });
  const { transferInit, held, answers } = lab.made();
  const { offer, admitted, resolved, answer } = lab.taken('bob');
  const [accepted] = answers;
  if (!accepted) throw new RangeError('the call was not answered');
  const common: Pick<EstablishedCall<Uint8Array>, 'initiator' | 'answer' | 'policies' | 'at'> = {
    initiator: admitted.caller,
    answer: answer.message,
    policies: [aesCm256HmacSha1],
    at: lab.env('alice').source.now(),
  };
  return {
    alice: openBundle(bytes, {
      ...common,
      side: 'initiator',
      responder: accepted.keys.peer,
      offer: transferInit,
      MPKi: held.MPKi,
      MPKr: accepted.keys.MPKr,
      sessionKeys: accepted.keys.sessionKeys,
    }),
    bob: openBundle(bytes, {
      ...common,
      side: 'responder',
      responder: resolved.IDRr ?? admitted.callee,
      offer,
      MPKi: resolved.MPKi,
      MPKr: resolved.MPKr,
      sessionKeys: resolved.sessionKeys,
    }),
  };
}

/** A side starts an update with a new TGK. */
export function startUpdate(env: Env<Uint8Array>, bundle: Bundle<Uint8Array>): MadeUpdate<Uint8Array> {
  return value(buildUpdate(env, bundle, { keys: ['TGK'], streams: 0, answered: true }));
}
