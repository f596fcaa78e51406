/**
 * C2: two CSB updates with one timestamp have one keystream.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { tsTypes } from '../../../spec/registry/timestamps.ts';
import type { Bundle } from '../../../model/exchange/bundle.ts';
import { newSessionKeys, sealSuppliedKeys } from '../../../model/exchange/suppliedKeys.ts';
import { verifyUpdate } from '../../../model/exchange/updateInit.ts';
import type { Env } from '../../../model/guard/profile.ts';
import type { Message } from '../../../model/message/message.ts';
import type { TPayload } from '../../../model/message/payload.ts';
import { one } from '../../../model/message/select.ts';
import { freshT } from '../../../model/message/timestamps.ts';
import { bytes } from '../../run/byteRun.ts';
import { establishedSides, startUpdate } from '../bundles.ts';
import { demonstration } from '../demonstration.ts';
import { envOf } from '../lab.ts';
import { xor } from '../literalIv.ts';
import { secret } from '../story.ts';
import { envWith, signed } from '../updateTools.ts';

/** A KEMAC with a new TGK, as a side would send it with a given T. */
function kemacOf(
  side: Bundle<Uint8Array>,
  env: Env<Uint8Array>,
  T: TPayload<Uint8Array>,
): { readonly cipher: Uint8Array; readonly plain: Uint8Array } {
  const keys = newSessionKeys(env, ['TGK'], { length: 32, tekLength: 32 });
  const { encrData } = sealSuppliedKeys(bytes, keys, { keyInput: side.keyInput, suite: side.suite, T });
  return { cipher: encrData, plain: bytes.encode({ kind: 'Key data', keys }) };
}

/** An update of bob's with another T, with a MAC that holds. */
function withT(bob: Bundle<Uint8Array>, message: Message<Uint8Array>, T: TPayload<Uint8Array>): Message<Uint8Array> {
  const payloads = message.payloads.map((payload) => (payload.kind === 'T' ? T : payload));
  return signed({ header: message.header, payloads }, bob.keyInput, [bob.initiator, bob.responder]);
}

/** C2. */
export const c2 = demonstration({
  id: 'C2',
  title: 'Both sides use one timestamp, and encrypt with one keystream',
  checks: ['updateTimestampUnused', 'updateTimestampPrecise'],
  unprotected: (story, profile) => {
    const { alice, bob } = establishedSides();
    const T = freshT(bytes, envOf('alice').source.now());
    const [a, b] = [kemacOf(alice, envOf('alice'), T), kemacOf(bob, envOf('bob'), T)];
    story.differ(
      'alice and bob each send a new key, with one T',
      secret('key data of alice', a.plain),
      secret('key data of bob', b.plain),
    );
    story.equal(
      'whoever listens has the XOR of the two',
      secret('XOR of both KEMACs', xor(a.cipher, b.cipher)),
      secret('XOR of both key data', xor(a.plain, b.plain)),
    );
    const first = startUpdate(envWith('alice', profile), alice);
    const { started } = startUpdate(envWith('bob', profile), bob);
    const again = withT(bob, started.message, one(first.started.message.payloads, 'T'));
    story.accepted(
      'a receiver that does not compare timestamps takes an update with a T that was used',
      verifyUpdate(envWith('alice', profile, ['updateNotReflected']), again, first.bundle),
    );
  },
  shielded: (story, profile) => {
    const { alice, bob } = establishedSides();
    const now = envOf('alice').source.now();
    const [a, b] = [
      kemacOf(alice, envOf('alice'), freshT(bytes, now)),
      kemacOf(bob, envOf('bob'), freshT(bytes, now + 1n)),
    ];
    story.differ(
      'with two T, one bit apart, the XOR of the KEMACs is worth nothing',
      secret('XOR of both KEMACs', xor(a.cipher, b.cipher)),
      secret('XOR of both key data', xor(a.plain, b.plain)),
    );
    const ours = [startUpdate(envWith('alice', profile), alice), startUpdate(envWith('bob', profile), bob)].map(
      ({ started }) => one(started.message.payloads, 'T').value,
    );
    story.holds(
      'the last bit of T is 0 if alice sends and 1 if bob does, so the two never collide',
      ours.map((octets) => (octets[7] ?? 0) & 1).join() === '0,1',
    );
    const { started } = startUpdate(envWith('bob', profile), bob);
    const used = verifyUpdate(envWith('alice', profile), started.message, alice);
    const after = story.accepted('alice takes an update of bob', used);
    story.refusedStep('and none with a T that was used under these keys', 'alice', {
      check: 'updateTimestampUnused',
      outcome: verifyUpdate(envWith('alice', profile), started.message, after?.bundle ?? alice),
    });
    const value = bytes.timestamp(tsTypes['NTP-UTC-32'], now);
    const coarse = withT(bob, started.message, { kind: 'T', tsType: tsTypes['NTP-UTC-32'], value });
    story.refusedStep('nor one with a T of whole seconds', 'alice', {
      check: 'updateTimestampPrecise',
      outcome: verifyUpdate(envWith('alice', profile), coarse, alice),
    });
  },
});
