/**
 * What the KMS gives out goes on as it is: the modifier of key forking, and K for what it changed.
 */
import { describe, expect, test } from 'vitest';
import { wantedKeys } from '../../model/exchange/newKeys.ts';
import type { TicketPolicy } from '../../model/message/payload.ts';
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { answer, transfer, type AnswerOptions, type OfferOptions } from './support/callSteps.ts';
import { errors } from './support/findings.ts';
import { alice, bob, phone, strict } from './support/honest.ts';
import { makeTicket } from './support/tickets.ts';
import { request, resolve } from './support/kmsSteps.ts';
import { A, Scene, type Bytes, type Change } from './support/scene.ts';

/** A call in mode 1: TRANSFER_INIT is message 2, RESOLVE_INIT 3, RESOLVE_RESP 4, TRANSFER_RESP 5. */
function call(
  letters: string,
  options: { readonly offer?: (scene: Scene) => OfferOptions; readonly answer?: (scene: Scene) => AnswerOptions } = {},
): Scene {
  const scene = new Scene('standard', letters);
  const held = makeTicket(scene, { IDRr: [bob] });
  request(scene, alice, held);
  const offer = transfer(scene, alice, bob, held, options.offer?.(scene));
  const resolution = resolve(scene, phone, held, { ticket: offer.ticket });
  answer(scene, phone, offer, resolution, options.answer?.(scene));
  return scene;
}

describe('the modifier', () => {
  const without = (kind: 'IDR' | 'RANDR', role: number) => (): AnswerOptions => ({
    change: (draft) => ({
      ...draft,
      payloads: draft.payloads.filter((one) => !(one.kind === kind && one.role === role)),
    }),
  });

  test('[rfc6043:4.2.2.3-12] [rfc6043:4.2.2.3-14] goes on to the Initiator', () => {
    const found = (options: () => AnswerOptions, letters = strict): readonly string[] =>
      errors(call(letters, { answer: options }).vector());
    expect(found(without('IDR', idRoles.IDRr))).toContain('5 rfc6043:4.2.2.3-12');
    expect(found(without('RANDR', randRoles.RANDRkms))).toContain('5 rfc6043:4.2.2.3-14');
    // IDRr does so without key forking too.
    expect(found(without('IDR', idRoles.IDRr), 'DEFGHJNO')).toEqual(['5 rfc6043:4.2.2.3-12']);
    expect(errors(call('DEFGHJNO').vector())).toEqual([]);
  });

  test('[rfc6043:4.2.3.5-18] is new for each endpoint', () => {
    const scene = new Scene('standard', strict);
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held);
    const offer = transfer(scene, alice, bob, held, { copies: 2 });
    const RANDRkms = scene.random();
    for (const device of [phone, 'sip:bob-laptop@example.com']) {
      answer(scene, device, offer, resolve(scene, device, held, { ticket: offer.ticket, RANDRkms }));
    }
    expect(errors(scene.vector())).toEqual(['8 rfc6043:4.2.3.5-18']);
  });
});

test('[rfc6043:6.10-35] K tells whether the keys are other ones than wanted (finding B3)', () => {
  const granted = (types: readonly ('TGK' | 'GTGK')[], letters: string, length = 32): readonly string[] => {
    const scene = new Scene('standard', letters);
    const held = makeTicket(scene, { IDRr: [bob] });
    const KEMAC = wantedKeys(A, types, { length });
    const ask = (policy: TicketPolicy<Bytes>): TicketPolicy<Bytes> => ({
      ...policy,
      flags: { ...policy.flags, K: false },
      tpData: [...policy.tpData.slice(0, -1), KEMAC, ...policy.tpData.slice(-1)],
    });
    const change: Change = (draft) => ({
      ...draft,
      payloads: draft.payloads.map((one) => (one.kind === 'TP' ? { ...one, policy: ask(one.policy) } : one)),
    });
    request(scene, alice, held, { change });
    const offer = transfer(scene, alice, bob, held);
    answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
    return errors(scene.vector());
  };
  expect(granted(['TGK'], strict)).toEqual([]);
  expect(granted(['GTGK'], strict)).toEqual(['1 rfc6043:6.10-35']);
  expect(granted(['TGK', 'TGK'], strict)).toEqual(['1 rfc6043:6.10-35']);
  expect(granted(['TGK'], strict, 16)).toEqual(['1 rfc6043:6.10-35']);
  expect(granted(['GTGK'], 'DEFGHIJKNO')).toEqual([]);
  expect(granted(['TGK'], 'DEFGHIJKNO')).toEqual(['1 rfc6043:6.10-35']);
});
