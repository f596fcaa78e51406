/**
 * CSB updates: one thing is wrong each time, and exactly that is found.
 */
import { describe, expect, test } from 'vitest';
import { randRoles } from '../../spec/registry/rand.ts';
import type { Payload } from '../../model/message/payload.ts';
import { update, type UpdateOptions } from './support/laterSteps.ts';
import { type Call } from './support/callSteps.ts';
import { changed, errors, flip, warnings } from './support/findings.ts';
import { standardCall, strict, supplying } from './support/honest.ts';
import { Scene, type Bytes, type Change } from './support/scene.ts';

/** A call and an update of it: messages 0 to 5, and 6 and 7. */
function updatedCall(
  options: UpdateOptions | ((scene: Scene, call: Call) => UpdateOptions),
  letters = supplying,
): Scene {
  const scene = new Scene('standard', letters);
  const call = standardCall(scene);
  scene.wait(60);
  update(scene, call, typeof options === 'function' ? options(scene, call) : options);
  return scene;
}

/** Puts payloads in front of those that a message has, behind T. */
const insert =
  (...payloads: readonly Payload<Bytes>[]): Change =>
  (draft) => ({ ...draft, payloads: [...draft.payloads.slice(0, 1), ...payloads, ...draft.payloads.slice(1)] });

describe('a CSB update', () => {
  test('[rfc6043:5.2-6] has the CSB ID of a transfer', () => {
    const scene = updatedCall((one) => ({
      by: 'initiator',
      change: (draft) => ({ ...draft, header: { ...draft.header, csbId: one.random(4) } }),
      answered: false,
    }));
    expect(errors({ ...scene.vector() })).toContain('6 rfc6043:5.2-6');
    expect(errors(scene.rejected(6))).toEqual([]);
  });

  test.each(['initiator', 'responder'] as const)(
    '[rfc6043:5.2-7] has a new timestamp, by the %s (finding C2)',
    (by) => {
      const scene = updatedCall((_, call) => ({ by, T: call.resp!.message.payloads[0]! }));
      expect(errors(scene.vector())).toEqual(['6 rfc6043:5.2-7']);
    },
  );

  test('[rfc6043:5.2-7] two updates under one timestamp and key are a two-time pad (finding C2)', () => {
    const scene = new Scene('standard', supplying);
    const call = standardCall(scene);
    const T = scene.T();
    const first = update(scene, call, { by: 'initiator', supplied: [scene.key('TGK')], T });
    update(scene, first.call, { by: 'responder', supplied: [scene.key('TGK')], T });
    expect(errors(scene.vector())).toEqual(expect.arrayContaining(['8 C2', '8 rfc6043:5.2-7']));
  });

  test('the answer with the T of the update is a two-time pad too (findings A1, C2)', () => {
    const scene = new Scene('standard', supplying);
    const call = standardCall(scene);
    const T = scene.T();
    update(scene, call, {
      by: 'initiator',
      T,
      supplied: [scene.key('TGK')],
      answered: { T, supplied: [scene.key('TGK')] },
    });
    expect(errors(scene.vector())).toEqual(['7 C2']);
    expect(warnings(scene.vector())).toContain('7 rfc6043:4.2.2.3-9');
  });

  test('[rfc6043:5.2-9] has V = 1 if and only if an answer is expected', () => {
    const v =
      (value: boolean): Change =>
      (draft) => ({ ...draft, header: { ...draft.header, v: value } });
    expect(errors(updatedCall({ by: 'initiator', change: v(false) }).vector())).toEqual(['7 rfc6043:5.2-9']);
    const silent = updatedCall({ by: 'initiator', answered: false, change: v(true) });
    expect(warnings(silent.vector())).toContain('6 rfc6043:5.2-9');
    expect(errors(silent.vector())).toEqual([]);
  });

  test('[rfc6043:5.2-10] [rfc6043:5.2-11] brings no new RAND, and an old one only as an exception', () => {
    const rand = (value: Bytes): Payload<Bytes> => ({ kind: 'RANDR', role: randRoles.RANDRi, rand: value });
    const fresh = updatedCall((scene) => ({ by: 'initiator', change: insert(rand(scene.random())) }));
    expect(errors(fresh.vector())).toEqual(['6 rfc6043:5.2-11']);
    const old = updatedCall((_, call) => ({ by: 'initiator', change: insert(rand(call.input.RANDRi!)) }));
    expect(errors(old.vector())).toEqual([]);
    expect(warnings(old.vector())).toContain('6 rfc6043:5.2-10');
  });

  test.each([
    ['initiator', 'DEFGHIJMNO', '6 rfc6043:5.2-15'],
    ['responder', 'DEFGHIJLNO', '6 rfc6043:5.2-15'],
  ] as const)('[rfc6043:5.2-15] has no KEMAC of the %s against L and M', (by, letters, finding) => {
    const scene = updatedCall((one) => ({ by, supplied: [one.key('TGK')] }), letters);
    expect(errors(scene.vector())).toEqual([finding]);
    const allowed = updatedCall((one) => ({ by, supplied: [one.key('TGK')] }), supplying);
    expect(errors(allowed.vector())).toEqual([]);
  });

  test('[rfc6043:5.2-15] and none of the other side', () => {
    const scene = updatedCall((one) => ({ by: 'initiator', answered: { supplied: [one.key('TGK')] } }), 'DEFGHIJLNO');
    expect(errors(scene.vector())).toEqual(['7 rfc6043:5.2-15']);
  });

  test('[rfc6043:5.2-21] has session keys in its KEMAC: no MPK, and not none (finding A24)', () => {
    const mpk = updatedCall((one) => ({ by: 'initiator', supplied: [one.key('MPK'), one.key('TGK')] }));
    expect(errors(mpk.vector())).toContain('6 rfc6043:5.2-21');
    const empty = updatedCall((one, call) => {
      const T = one.T();
      const kemac = one.kemac([], call.input, T);
      return { by: 'initiator', T, change: (draft) => ({ ...draft, payloads: [...draft.payloads, kemac] }) };
    });
    expect(errors(empty.vector())).toEqual(['6 rfc6043:5.2-21']);
  });

  test('[rfc6043:5.2-13] [rfc6043:5.2-20] is under the old keys, and its TGK is not forked', () => {
    const scene = updatedCall((one) => ({ by: 'responder', supplied: [one.key('TGK')] }));
    const vector = scene.vector();
    expect(errors(vector)).toEqual([]);
    const wrong = changed(vector, (one) => {
      const { hex } = one.messages[6]!;
      one.messages[6]!.hex = flip(hex, hex.length / 2 - 1);
    });
    expect(errors(wrong)).toEqual(['6 rfc6043:5.2-13', '7 rfc6043:5.2-13']);
  });

  test('[rfc6043:5.2-2] [rfc6043:5.2-4] an update that comes back to its starter is found by the order of identities (finding C1)', () => {
    const scene = updatedCall({ by: 'initiator', answered: false });
    const [last] = scene.messages.slice(-1);
    scene.messages.push({ ...last!, from: last!.to, to: last!.from });
    expect(errors(scene.rejected(7))).toEqual([]);
    expect(errors(scene.vector())).toContain('7 C1');
  });

  test('without identities nothing tells who started it (finding C1)', () => {
    const scene = updatedCall({
      by: 'initiator',
      change: (draft) => ({ ...draft, payloads: draft.payloads.filter((one) => one.kind !== 'IDR') }),
    });
    expect(warnings(scene.vector())).toContain('6 C1');
    expect(errors(scene.vector())).toEqual([]);
  });

  test('[rfc6043:5.2-3] [rfc6043:5.2-5] the answer has the identity of who answers', () => {
    const strange: Change = (draft) => ({
      ...draft,
      payloads: draft.payloads.map((one) => (one.kind === 'IDR' ? { ...one, role: 3 - one.role } : one)),
    });
    expect(errors(updatedCall({ by: 'initiator', answered: { change: strange } }).vector())).toEqual([
      '7 rfc6043:5.2-3',
    ]);
    expect(errors(updatedCall({ by: 'responder', answered: { change: strange } }).vector())).toEqual([
      '7 rfc6043:5.2-5',
    ]);
  });

  test('[rfc6043:5.2-8] [rfc6043:5.2-16] every session has a key: its SPI names one', () => {
    const spi: Change = (draft) => {
      const { map } = draft.header;
      if (map.type !== 'GENERIC-ID') return draft;
      const sessions = map.sessions.map((session) => ({ ...session, spi: new Uint8Array(4) }));
      return { ...draft, header: { ...draft.header, map: { ...map, sessions } } };
    };
    const scene = updatedCall({ by: 'initiator', answered: { change: spi } });
    expect(errors(scene.vector()).slice(0, 2)).toEqual(['7 rfc6043:6.1.1-21', '7 rfc6043:6.1.1-21']);
  });

  test('without a ticket that allows keys it may still rekey nothing', () => {
    expect(errors(updatedCall({ by: 'initiator' }, strict).vector())).toEqual([]);
  });

  test('sessions that it does not name go on, and may be listed', () => {
    const scene = new Scene('standard', supplying);
    const call = standardCall(scene);
    const before = structuredClone(Object.values(scene.forks)[0]!);
    const added: Change = (draft) => {
      const { map } = draft.header;
      if (map.type !== 'GENERIC-ID') return draft;
      return { ...draft, header: { ...draft.header, map: { ...map, sessions: map.sessions.slice(0, 1) } } };
    };
    update(scene, call, { by: 'initiator', change: added, answered: { change: added } });
    const vector = scene.vector();
    const [name] = Object.keys(vector.expected!.forks);
    const fork = vector.expected!.forks[name!]!;
    const withOther = (tek: string): readonly string[] =>
      errors(changed(vector, (one) => (one.expected!.forks[name!]!.tek = { ...fork.tek, '2': tek })));
    expect(withOther(before.tek['2']!)).toEqual([]);
    expect(withOther('00'.repeat(32))).toEqual([`expected.forks.${name} rfc6043:5.1.3-4`]);
  });
});
