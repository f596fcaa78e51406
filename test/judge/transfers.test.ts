/**
 * Modes, answers left out, and faults that come to light later than where they stand.
 */
import { describe, expect, test } from 'vitest';
import type { Payload } from '../../model/message/payload.ts';
import { answer, takeSilently, transfer, type AnswerOptions, type OfferOptions } from './support/callSteps.ts';
import { changed, errors, flip, warnings } from './support/findings.ts';
import { alice, bob, honest, phone, strict } from './support/honest.ts';
import { makeTicket } from './support/tickets.ts';
import { request, resolve } from './support/kmsSteps.ts';
import { A, Scene, type Bytes } from './support/scene.ts';

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

describe('a mode', () => {
  test.each([
    ['otway-rees', 'D', '4.1.1-3'],
    ['otway-rees', 'E', '4.1.1-3'],
    ['kerberos', 'D', '4.1.1-2'],
    ['kerberos', 'E', '4.1.1-2'],
    ['pre-shared', 'D', '4.1.1-4'],
    ['pre-shared', 'E', '4.1.1-4'],
    ['two-kms', 'E', '4.1.1-1'],
    ['reused', 'D', '4.1.1-1'],
  ] as const)('[rfc6043:4.1.1-1] %s says what the flag %s is', (mode, flag, clause) => {
    const vector = changed(honest[mode](), (one) => (one.policy[flag] = !one.policy[flag]));
    expect(errors(vector)).toContain(`policy rfc6043:${clause}`);
    expect(errors(changed(vector, (one) => (one.mode = 'a mode of somebody else')))).not.toContain(
      `policy rfc6043:${clause}`,
    );
  });

  test('[rfc6043:4.1.1-3] of the own ticket has no Ticket Request, which could only give one with D = 0 (6.10-15)', () => {
    const scene = new Scene('otway-rees', 'EFGHIJLNO');
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held);
    const offer = transfer(scene, alice, bob, held);
    answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
    expect(errors(scene.vector())).toEqual(['0 rfc6043:6.10-15', '1 rfc6043:6.10-15', 'messages rfc6043:4.1.1-3']);
  });

  test('[rfc6043:4.1-6] in which the Responder opens the ticket needs no Ticket Resolve', () => {
    const scene = new Scene('kerberos', 'DFGHJNO');
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held);
    const offer = transfer(scene, alice, bob, held);
    const resolution = resolve(scene, bob, held, { ticket: offer.ticket });
    answer(scene, bob, offer, resolution);
    expect(errors(scene.vector())).toEqual([]);
    expect(warnings(scene.vector())).toEqual(['messages rfc6043:4.1-6']);
  });

  test('[rfc6043:4.1.1-5] in which the KMS makes the ticket may have got it another way', () => {
    const scene = new Scene('kerberos', 'DFGHJNO');
    const held = makeTicket(scene, { IDRr: [bob] });
    answer(scene, bob, transfer(scene, alice, bob, held));
    expect(errors(scene.vector())).toEqual([]);
    expect(warnings(scene.vector())).toEqual(['messages rfc6043:4.1.1-5']);
  });
});

describe('without answer', () => {
  test('[rfc6043:6.10-21] F = 0: the offer decides, and should say everything (finding A15)', () => {
    const vector = honest['pre-shared']();
    expect(errors(vector)).toEqual([]);
    const scene = new Scene('pre-shared', 'HJLNO');
    const held = makeTicket(scene, { IDRr: [bob] });
    const offer = transfer(scene, alice, bob, held, {
      change: (draft) => {
        const { map } = draft.header;
        if (map.type !== 'GENERIC-ID') return draft;
        const sessions = map.sessions.map((session) => ({ ...session, sessionData: new Uint8Array(0) }));
        return { ...draft, header: { ...draft.header, map: { ...map, sessions } } };
      },
    });
    takeSilently(scene, bob, offer);
    expect(errors(scene.vector())).toEqual([]);
    expect(warnings(scene.vector())).toEqual(['0 A15', '0 A15']);
  });

  test('[rfc6043:6.10-17] F = 0 and E = 1: who resolves, takes part', () => {
    const scene = new Scene('otway-rees', 'EHJLNO');
    const held = makeTicket(scene, { IDRr: [bob] });
    const offer = transfer(scene, alice, bob, held);
    const before = scene.vector();
    takeSilently(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
    expect(errors(scene.vector())).toEqual([]);
    expect(errors(before)).toContain('0 rfc6043:6.10-17');
  });
});

describe('a fault that comes to light later', () => {
  const forge = (change: (payload: Payload<Bytes>) => Payload<Bytes>): Scene =>
    call(strict, { offer: () => ({ tamper: change }) });

  test('[rfc6043:A.1-12] a ticket whose policy was changed is turned down by the KMS', () => {
    const scene = forge((one) =>
      one.kind === 'TICKET' ? { ...one, policy: { ...one.policy, flags: { ...one.policy.flags, M: true } } } : one,
    );
    expect(errors(scene.vector())).toContain('2 rfc6043:A.1-12');
    expect(errors(scene.rejected(3))).toEqual([]);
  });

  test('[rfc6043:6.10-77] so is a forged Vr', () => {
    const scene = forge((one) => {
      if (one.kind !== 'TICKET') return one;
      const initiatorData = one.initiatorData.map((octet, index) =>
        index === one.initiatorData.length - 1 ? octet ^ 1 : octet,
      );
      return { ...one, initiatorData };
    });
    expect(errors(scene.vector())).toEqual(['2 rfc6043:6.10-77']);
    expect(errors(scene.rejected(2))).toEqual([]);
    expect(errors(scene.rejected(3))).toEqual([]);
    expect(errors(scene.rejected(5))).not.toEqual([]);
  });

  test('[rfc6043:4.2.3.6-2] a V that is not Vi is found by the Responder, who has to resolve first', () => {
    const scene = forge((one) => (one.kind === 'V' ? { ...one, mac: new Uint8Array(32) } : one));
    expect(errors(scene.vector()).slice(0, 2)).toEqual(['2 rfc6043:5.5-9', '2 rfc6043:4.2.3.6-2']);
    expect(errors(scene.rejected(2))).toEqual([]);
    expect(errors(scene.rejected(4))).toEqual([]);
  });

  test('another fault before the one that is named still counts', () => {
    const scene = forge((one) => (one.kind === 'V' ? { ...one, mac: new Uint8Array(32) } : one));
    const vector = changed(scene.rejected(2), (one) => (one.messages[1]!.hex = flip(one.messages[1]!.hex, 20)));
    expect(errors(vector).some((line) => line.startsWith('1 '))).toBe(true);
  });
});

test('[rfc6043:12.1-11] algorithms inside a ticket count as well (finding A13)', () => {
  const scene = call(strict);
  const other = new Scene('standard', strict, 'sha1');
  const weak = makeTicket(other, { IDRr: [bob] });
  const offer = transfer(scene, alice, bob, {
    ...weak,
    ticket: { ...weak.ticket, policy: { ...weak.ticket.policy, prfFunc: 1 } },
  });
  expect(errors(scene.rejected(offer.sent.index, 'rfc6043:12.1-11'))).toEqual([]);
  expect(errors(scene.vector())).toContain('6 rfc6043:12.1-11');
  expect(A.length(offer.ticket.ticketData)).toBeGreaterThan(0);
});
