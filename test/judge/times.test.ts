/**
 * Timestamps and replays.
 */
import { describe, expect, test } from 'vitest';
import type { TPayload } from '../../model/message/payload.ts';
import { second } from '../../model/message/timestamps.ts';
import { tsTypes } from '../../spec/registry/timestamps.ts';
import { answer, transfer } from './support/callSteps.ts';
import { errors, warnings } from './support/findings.ts';
import { alice, bob, honest, phone, standardCall, strict } from './support/honest.ts';
import { makeTicket } from './support/tickets.ts';
import { request, resolve } from './support/kmsSteps.ts';
import { A, Scene, type Bytes, type Change } from './support/scene.ts';

/** Changes T. */
const at =
  (seconds: bigint): Change =>
  (draft) => {
    const [T, ...rest] = draft.payloads as [TPayload<Bytes>, ...typeof draft.payloads];
    const instant = A.instant(T.tsType, T.value)! + seconds * second;
    return { ...draft, payloads: [{ ...T, value: A.timestamp(tsTypes['NTP-UTC'], instant) }, ...rest] };
  };

describe('time', () => {
  const offerAt = (seconds: bigint): Scene => {
    const scene = new Scene('standard', strict);
    standardCall(scene, { change: at(seconds) });
    return scene;
  };

  test('[rfc6043:12.4-1] no message is older than those before it, but for the skew of clocks', () => {
    expect(errors(offerAt(-200n).vector())).toEqual(['2 rfc6043:6.10-57']);
    expect(errors(offerAt(-400n).vector())).toEqual(expect.arrayContaining(['2 rfc6043:12.4-1']));
    expect(errors(offerAt(-400n).rejected(2))).toEqual([]);
    const wide = offerAt(-400n);
    wide.context = { skew: 500 };
    expect(errors(wide.vector())).not.toContain('2 rfc6043:12.4-1');
  });

  test('[rfc6043:12.4-1] one that is to be turned down may also be too far ahead', () => {
    expect(errors(offerAt(400n).rejected(2))).toEqual([]);
    expect(errors(offerAt(200n).rejected(2))).toEqual(['reject rfc6043:5.4-1']);
  });

  test('[rfc6043:12.4-1] a KMS answers at once', () => {
    const scene = new Scene('standard', strict);
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held, { changeResponse: at(1000n) });
    expect(errors(scene.vector())).toContain('1 rfc6043:12.4-1');
  });

  test('time may pass before a ticket is used again', () => {
    expect(errors(honest.reused())).toEqual([]);
  });
});

describe('a replay', () => {
  const again = (index: number): Scene => {
    const scene = new Scene('standard', strict);
    standardCall(scene);
    scene.messages.push(scene.messages[index]!);
    return scene;
  };

  test.each([0, 1, 2, 3, 4, 5])('[rfc6043:12.4-1] of message %i is found', (index) => {
    expect(errors(again(index).vector())).toEqual(['6 rfc6043:12.4-1']);
    expect(errors(again(index).rejected(6))).toEqual([]);
  });

  test('a forked offer is none: one copy for each endpoint', () => {
    const scene = new Scene('standard', strict);
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held);
    const offer = transfer(scene, alice, bob, held, { copies: 3 });
    for (const device of [phone, 'sip:bob-laptop@example.com']) {
      answer(scene, device, offer, resolve(scene, device, held, { ticket: offer.ticket }));
    }
    expect(errors(scene.vector())).toEqual([]);
    expect(warnings(scene.vector())).toContain('4 rfc6043:12.4-1');
    expect(errors(scene.rejected(4))).toEqual([]);
    expect(errors(scene.rejected(3))).not.toEqual([]);
  });

  test('a second answer of one endpoint is found (weakness W7)', () => {
    const scene = new Scene('standard', strict);
    const call = standardCall(scene);
    answer(scene, phone, call.offer, call.resolution);
    expect(errors(scene.vector())).toContain('6 W7');
  });
});
