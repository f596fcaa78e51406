/**
 * Several transfers with one ticket: one thing is wrong each time, and exactly that is found.
 */
import { describe, expect, test } from 'vitest';
import type { TPayload } from '../../model/message/payload.ts';
import { answer, transfer } from './support/callSteps.ts';
import { errors, warnings } from './support/findings.ts';
import { alice, bob, carol, friends, phone, standardCall, strict } from './support/honest.ts';
import { makeTicket } from './support/tickets.ts';
import { request, resolve } from './support/kmsSteps.ts';
import { Scene, type Bytes } from './support/scene.ts';

describe('a ticket that is used again', () => {
  test('[rfc6043:5.3-7] not with J = 0', () => {
    const scene = new Scene('reused', 'DEFGHINO');
    const { offer, resolution } = standardCall(scene);
    answer(scene, phone, transfer(scene, alice, bob, offer.held), resolution);
    expect(errors(scene.vector())).toEqual(['6 rfc6043:5.3-7']);
    expect(errors(scene.rejected(6))).toEqual([]);
    expect(errors(scene.rejected(7))).not.toEqual([]);
  });

  test('[rfc6043:5.3-2] needs a new CSB ID', () => {
    const scene = new Scene('reused', strict);
    const { offer, resolution } = standardCall(scene);
    answer(scene, phone, transfer(scene, alice, bob, offer.held, { csbId: offer.input.csbId }), resolution);
    expect(errors(scene.vector())).toEqual(['6 rfc6043:5.3-2']);
  });

  test('[rfc6043:5.3-3] needs a new timestamp', () => {
    const scene = new Scene('reused', strict);
    const { offer, resolution } = standardCall(scene);
    const old = offer.sent.message.payloads[0] as TPayload<Bytes>;
    const again = transfer(scene, alice, bob, offer.held, {
      change: (draft) => ({ ...draft, payloads: [old, ...draft.payloads.slice(1)] }),
    });
    answer(scene, phone, again, resolution);
    expect(errors(scene.vector())).toEqual(['6 rfc6043:5.3-3']);
  });

  test('[rfc6043:5.3-4] needs new RANDs of both', () => {
    const scene = new Scene('reused', strict);
    const { offer, resolution, input } = standardCall(scene);
    const again = transfer(scene, alice, bob, offer.held, { RANDRi: offer.input.RANDRi! });
    answer(scene, phone, again, resolution, { RANDRr: input.RANDRr! });
    expect(errors(scene.vector())).toEqual(['6 rfc6043:5.3-4', '7 rfc6043:5.3-4']);
  });

  test('[rfc6043:5.3-6] keeps the modifier of the first use (finding A12)', () => {
    const scene = new Scene('reused', strict);
    const { offer, resolution } = standardCall(scene);
    const again = transfer(scene, alice, bob, offer.held);
    answer(scene, phone, again, { ...resolution!, RANDRkms: scene.random() });
    expect(errors(scene.vector())).toEqual(['7 rfc6043:5.3-6']);
    const missing = new Scene('reused', strict);
    const call = standardCall(missing);
    answer(missing, phone, transfer(missing, alice, bob, call.offer.held));
    expect(errors(missing.vector())).toContain('7 rfc6043:4.2.2.3-12');
  });

  test('[rfc6043:6.10-17] an endpoint that never resolved it cannot answer (finding B10)', () => {
    const scene = new Scene('reused', 'DEFGHJNO');
    const { offer } = standardCall(scene);
    answer(scene, carol, transfer(scene, alice, carol, offer.held));
    expect(errors(scene.vector())).toEqual(['7 rfc6043:6.10-17']);
    const later = new Scene('reused', 'DEFGHJNO');
    const held = makeTicket(later, { IDRr: [bob] });
    answer(later, phone, transfer(later, alice, bob, held));
    expect(errors(later.vector())).toEqual([]);
    expect(warnings(later.vector())).toEqual(['1 rfc6043:6.10-17', 'messages rfc6043:4.1.1-5']);
  });
});

describe('a group key', () => {
  const members = (letters: string, rand: (scene: Scene, index: number) => Bytes, mode = 'group'): Scene => {
    const scene = new Scene(mode, letters);
    const held = makeTicket(scene, { IDRr: [friends], keys: [scene.key('GTGK')] });
    request(scene, alice, held);
    [bob, carol].forEach((member, index) => {
      const offer = transfer(scene, alice, member, held, { RANDRi: rand(scene, index) });
      answer(scene, member, offer, resolve(scene, member, held, { ticket: offer.ticket }));
    });
    return scene;
  };
  const fixed = new Uint8Array(32).fill(7);

  test('[rfc6043:9-3] has the same RANDRi for all members (finding B2)', () => {
    expect(errors(members('DEFHJNO', () => fixed).vector())).toEqual([]);
    expect(errors(members('DEFHJNO', (scene) => scene.random()).vector())).toEqual(['6 rfc6043:9-3']);
  });

  test('[rfc6043:9-3] has no RANDRr, which would differ', () => {
    expect(errors(members('DEFGHJNO', () => fixed).vector())).toEqual(['9 rfc6043:9-3']);
  });

  test('[rfc6043:5.3-7] takes a ticket that may be used again', () => {
    expect(errors(members('DEFHNO', () => fixed).vector())).toEqual(['6 rfc6043:5.3-7']);
  });

  test('[rfc6043:5.3-4] is no leave to reach one member twice with one RANDRi', () => {
    const again = (RANDRi: Bytes): readonly string[] => {
      const scene = new Scene('group-reused', 'DEFHJNO');
      const held = makeTicket(scene, { IDRr: [friends], keys: [scene.key('GTGK')] });
      request(scene, alice, held);
      const first = transfer(scene, alice, bob, held, { RANDRi: fixed });
      const resolution = resolve(scene, bob, held, { ticket: first.ticket });
      answer(scene, bob, first, resolution);
      answer(scene, bob, transfer(scene, alice, bob, held, { RANDRi }), resolution);
      return errors(scene.vector());
    };
    expect(again(fixed)).toEqual(['6 rfc6043:5.3-4']);
    expect(again(new Uint8Array(32).fill(8))).toEqual([]);
  });

  test('outside of a group the same RANDRi is a reuse without new RANDs', () => {
    expect(errors(members('DEFHJNO', () => fixed, 'reused').vector())).toEqual(['6 rfc6043:5.3-4']);
  });
});
