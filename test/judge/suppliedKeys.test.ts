/**
 * Keys that a party supplies itself, and how they are listed.
 */
import { describe, expect, test } from 'vitest';
import { answer, transfer, type AnswerOptions, type OfferOptions } from './support/callSteps.ts';
import { changed, errors, flip, warnings } from './support/findings.ts';
import { alice, bob, honest, phone, supplying } from './support/honest.ts';
import { makeTicket } from './support/tickets.ts';
import { request, resolve } from './support/kmsSteps.ts';
import { Scene } from './support/scene.ts';

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

describe('keys that a party supplies', () => {
  test('[rfc6043:4.2.2.1-12] not the Initiator with L = 0', () => {
    const offer = (scene: Scene): OfferOptions => ({ supplied: [scene.key('TGK')] });
    expect(errors(call(supplying, { offer }).vector())).toEqual([]);
    expect(errors(call('DEFGHIJMNO', { offer }).vector())).toEqual(['2 rfc6043:4.2.2.1-12']);
  });

  test('[rfc6043:4.2.2.3-19] not the Responder with M = 0', () => {
    const reply = (scene: Scene): AnswerOptions => ({ supplied: [scene.key('TEK')] });
    expect(errors(call(supplying, { answer: reply }).vector())).toEqual([]);
    expect(errors(call('DEFGHIJLNO', { answer: reply }).vector())).toEqual(['5 rfc6043:4.2.2.3-19']);
  });

  test('[rfc6043:5.2-20] are not forked', () => {
    const vector = call(supplying, { offer: (scene) => ({ supplied: [scene.key('TGK')] }) }).vector();
    const [name] = Object.keys(vector.expected!.forks);
    expect(vector.expected!.forks[name!]!.tgk).toHaveLength(2);
    const wrong = changed(vector, (one) => {
      const { tgk } = one.expected!.forks[name!]!;
      tgk[1] = flip(tgk[1]!, 0);
    });
    expect(errors(wrong)).toEqual([`expected.forks.${name} rfc6043:5.1.1-4`]);
  });

  test('with the SPI of another key take its place (finding B15)', () => {
    const scene = new Scene('standard', supplying);
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held);
    const key = { ...scene.key('TGK'), kv: held.sessionKeys[0]!.kv };
    const offer = transfer(scene, alice, bob, held, { supplied: [key] });
    resolve(scene, phone, held, { ticket: offer.ticket });
    expect(warnings(scene.vector())).toContain('2 B15');
  });

  test('[rfc6043:12.1-4] [rfc6043:6.2.1-3] are as good as any: 128 bits, an SPI', () => {
    const weak = (scene: Scene): OfferOptions => ({ supplied: [scene.key('TGK', scene.random(8))] });
    expect(errors(call(supplying, { offer: weak }).vector())).toEqual(['2 rfc6043:12.1-4']);
    const bare = (scene: Scene): OfferOptions => ({
      supplied: [{ ...scene.key('TEK'), kv: { kind: 'Null' } }, scene.key('TEK')],
    });
    expect(errors(call(supplying, { offer: bare }).vector())).toEqual(['2 rfc6043:6.2.1-3']);
  });

  test('[rfc6043:12.1-5] are no longer than the RANDs, unless no PRF takes them (finding B1)', () => {
    const long =
      (type: 'TGK' | 'TEK') =>
      (scene: Scene): AnswerOptions => ({ supplied: [scene.key(type, scene.random(80))] });
    expect(errors(call(supplying, { answer: long('TGK') }).vector())).toEqual(['5 rfc6043:12.1-5']);
    expect(errors(call(supplying, { answer: long('TEK') }).vector())).toEqual([]);
  });

  test('[rfc6043:5.1.1-2] GTGKs are listed beside TGKs', () => {
    const vector = honest.group();
    const [name] = Object.keys(vector.expected!.forks);
    const wrong = (change: (gtgk: string[]) => string[] | undefined): readonly string[] =>
      errors(changed(vector, (one) => (one.expected!.forks[name!]!.gtgk = change(one.expected!.forks[name!]!.gtgk!))));
    expect(wrong(() => undefined)).toEqual([`expected.forks.${name} rfc6043:5.1.1-1`]);
    expect(wrong(([first]) => [flip(first!, 1)])).toEqual([`expected.forks.${name} rfc6043:5.1.1-4`]);
  });

  test('after an update keys that nothing uses may be left out of the list, others not', () => {
    const vector = honest.updated();
    const name = phone;
    const { tgk } = vector.expected!.forks[name]!;
    const listed = (list: string[]): readonly string[] =>
      errors(changed(vector, (one) => (one.expected!.forks[name]!.tgk = list)));
    expect(tgk).toHaveLength(3);
    expect(listed(tgk.slice(-1))).toEqual([]);
    expect(listed(tgk.slice(0, 2))).toEqual([`expected.forks.${name} rfc6043:5.1.1-1`]);
    expect(listed([tgk[2]!, '00'])).toEqual([`expected.forks.${name} rfc6043:5.1.1-4`]);
  });

  test('exchanges of a responder are counted: the last one must be listed, earlier ones may', () => {
    const vector = honest.updated();
    const { forks } = vector.expected!;
    const names = (change: (copy: typeof forks) => void): readonly string[] =>
      errors(changed(vector, (one) => change(one.expected!.forks)));
    expect(names((copy) => delete copy[`${phone}#1`])).toEqual([]);
    expect(names((copy) => (copy[`${phone}#4`] = copy[phone]!))).toEqual([]);
    expect(names((copy) => (copy[`${phone}#5`] = copy[phone]!))).toEqual(['expected.forks rfc6043:4.2.2-2']);
    expect(names((copy) => delete copy[phone])).toEqual(['expected.forks rfc6043:4.2.2-2']);
    expect(names((copy) => (copy[`${phone}#2`] = copy[`${phone}#1`]!))).not.toEqual([]);
  });
});
