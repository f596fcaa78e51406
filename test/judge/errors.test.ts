/**
 * Error messages: one thing is wrong each time, and exactly that is found.
 */
import { describe, expect, test } from 'vitest';
import { judgeVector } from '../../src/judge/judge.ts';
import type { Payload } from '../../model/message/payload.ts';
import { answer, transfer } from './support/callSteps.ts';
import { sendError } from './support/laterSteps.ts';
import { errors, warnings } from './support/findings.ts';
import { alice, bob, phone, strict } from './support/honest.ts';
import { Keyring } from './support/keyring.ts';
import { makeTicket } from './support/tickets.ts';
import { request, resolve } from './support/kmsSteps.ts';
import { Scene, type Bytes, type Change } from './support/scene.ts';

const header =
  (change: Partial<Parameters<Change>[0]['header']>): Change =>
  (draft) => ({ ...draft, header: { ...draft.header, ...change } });
const payloads =
  (change: (list: readonly Payload<Bytes>[]) => readonly Payload<Bytes>[]): Change =>
  (draft) => ({ ...draft, payloads: change(draft.payloads) });

/** A request that is refused in message 1, then a call that comes off. */
function refused(options: { readonly change?: Change; readonly mac?: 'right' | 'wrong' | 'none' } = {}): Scene {
  const scene = new Scene('standard', strict);
  const held = makeTicket(scene, { IDRr: [bob] });
  const { init, input } = request(scene, alice, held, { answered: false });
  const { mac = 'right', change } = options;
  const keys = mac === 'none' ? {} : { input: mac === 'right' ? input : { ...input, direction: 'response' as const } };
  sendError(scene, init, { ...keys, ...(change ? { change } : {}) });
  request(scene, alice, held);
  const offer = transfer(scene, alice, bob, held);
  answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
  return scene;
}

describe('an Error message', () => {
  test('in its right form leaves nothing to say', () => {
    expect(errors(refused().vector())).toEqual([]);
    expect(warnings(refused().vector()).filter((line) => line.startsWith('1 '))).toEqual([]);
  });

  test('is listed as Error or as ERROR', () => {
    const vector = refused().vector();
    vector.messages[1]!.type = 'ERROR';
    expect(errors(vector)).toEqual([]);
  });

  test('[rfc6043:5.4-7] [rfc6043:5.4-11] has T, ERR, and SP only in Ticket Transfer', () => {
    const SP: Payload<Bytes> = { kind: 'SP', policyNo: 0, protType: 0, params: [] };
    expect(errors(refused({ change: payloads((list) => [...list, SP]) }).vector())).toEqual(['1 rfc6043:5.4-7']);
    expect(errors(refused({ change: payloads((list) => list.slice(0, 1)) }).vector())).toEqual(['1 rfc6043:5.4-7']);
    const scene = new Scene('standard', strict);
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held);
    const offer = transfer(scene, alice, bob, held);
    sendError(scene, offer.sent, { errorNo: 9, change: payloads((list) => [...list, SP]), from: phone });
    const about = judgeVector(scene.rejected(3)).filter((finding) => finding.message === 3);
    expect(about).toEqual([]);
    expect(errors(scene.vector()).filter((line) => line.startsWith('3 '))).toEqual([]);
  });

  test('[rfc6043:5.4-12] repeats version, PRF func and CSB ID', () => {
    expect(errors(refused({ change: header({ prfFunc: 0 }) }).vector())).toEqual([
      '1 rfc6043:12.1-11',
      '1 rfc6043:5.4-12',
    ]);
    const strange = refused({ change: header({ csbId: new Uint8Array(4) }) }).vector();
    expect(errors(strange)).toContain('1 rfc6043:5.4-12');
  });

  test('[rfc6043:5.4-13] has V = 0', () => {
    expect(errors(refused({ change: header({ v: true }) }).vector())).toEqual(['1 rfc6043:5.4-13']);
  });

  test('[rfc6043:5.4-15] has a timestamp of its own', () => {
    const scene = new Scene('standard', strict);
    const held = makeTicket(scene, { IDRr: [bob] });
    const { init, input } = request(scene, alice, held, { answered: false });
    const [T] = init.message.payloads;
    sendError(scene, init, { input, change: payloads((list) => [T!, ...list.slice(1)]) });
    expect(
      warnings(scene.rejected(0)).concat(
        judgeVector(scene.vector()).map((finding) => `${finding.message} ${finding.clause}`),
      ),
    ).toContain('1 rfc6043:5.4-15');
  });

  test('[rfc6043:5.4-17] [rfc6043:5.5-13] has the auth_key of the message with the error', () => {
    expect(errors(refused({ mac: 'wrong' }).vector())).toEqual(['1 rfc6043:5.5-13']);
  });

  test('without a MAC can come from anybody (finding B14)', () => {
    const vector = refused({ mac: 'none' }).vector();
    expect(errors(vector)).toEqual([]);
    expect(warnings(vector)).toContain('1 B14');
  });

  test('[rfc6043:6.9-1] has a registered number and no reserved bits (finding B8)', () => {
    const ERR = (errorNo: number, reserved: number): Change =>
      payloads(([T]) => [T!, { kind: 'ERR', errorNo, reserved }]);
    expect(errors(refused({ change: ERR(99, 0) }).vector())).toEqual(['1 rfc6043:6.9-1']);
    expect(errors(refused({ change: ERR(14, 1) }).vector())).toEqual(['1 B8']);
  });

  test('[rfc6043:5.4-5] is not about an Error message', () => {
    const scene = refused();
    const wrong = new Scene('standard', strict);
    const held = makeTicket(wrong, { IDRr: [bob] });
    const { init } = request(wrong, alice, held, { answered: false });
    const first = sendError(wrong, init);
    sendError(wrong, first);
    expect(errors(wrong.vector())).toContain('2 rfc6043:5.4-5');
    expect(errors(scene.vector())).toEqual([]);
  });

  test('about an offer that nobody can open cannot have a MAC (finding B14)', () => {
    const scene = new Scene('standard', strict);
    const held = makeTicket(scene, { IDRr: [bob] });
    const offer = transfer(scene, alice, bob, held);
    delete scene.secrets.tpk;
    sendError(scene, offer.sent, { input: offer.input, from: phone });
    expect(errors(scene.vector())).toContain('1 rfc6043:5.4-17');
  });

  test('[rfc6043:5.4-7] may be signed where the message was', () => {
    const scene = new Scene('public-key', strict);
    const keyring = new Keyring(scene);
    const held = makeTicket(scene, { IDRr: [bob] });
    const { init } = request(scene, alice, held, { answered: false, keyring });
    const sent = (signature: Bytes): Change => payloads((list) => [...list, { kind: 'SIGN', sType: 0, signature }]);
    sendError(scene, init, { change: sent(new Uint8Array(256)) });
    expect(errors(scene.vector())).toContain('1 rfc6043:5.5-13');
  });
});
