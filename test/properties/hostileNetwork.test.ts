import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StandardOptions, StandardRun } from '../../model/modes/standard.ts';
import type { Intercept } from '../../model/modes/network.ts';
import { byteRun, hexOf, rejections, type Hop } from '../support/runs.ts';

/** Octets with one bit flipped. */
function flipped(octets: Uint8Array, octet: number, bit: number): Uint8Array {
  return octets.map((value, index) => (index === octet ? value ^ (1 << bit) : value));
}

/** Flips one bit of the n-th message on its way. */
function flipping(index: number, octet: number, bit: number): Intercept<Uint8Array> {
  return (hop) => [hop.index === index ? flipped(hop.octets, octet, bit) : hop.octets];
}

/** What both sides of a call hold, if both hold something: it must be the same. */
function expectNoWrongKeys(run: StandardRun<Uint8Array>): void {
  for (const one of run.trace.agreements.filter((agreement) => agreement.party === 'alice')) {
    const other = run.trace.agreements.find((agreement) => agreement.party === one.responder);
    expect(other?.sessions.map((session) => hexOf(session.tek))).toEqual(
      one.sessions.map((session) => hexOf(session.tek)),
    );
    expect(one.peerIdentity).toBe(`sip:${one.responder}@example.com`);
    expect(other?.peerIdentity).toBe('sip:alice@example.com');
  }
}

/**
 * Whether the receiver of a damaged message, or whoever it hands it on to, turned it down, before the receiver used a key. The proxy hands
 * on what it gets; an endpoint cannot tell a damaged ticket, but the KMS can.
 */
function isRejected(run: StandardRun<Uint8Array>, hop: Hop): boolean {
  const [first] = rejections(run);
  if (!first) return false;
  const victims = hop.to === 'proxy' ? ['proxy', 'bob-phone', 'alice', 'kms'] : [hop.to, 'kms'];
  return victims.includes(first.party) && !run.trace.agreements.some((agreement) => agreement.party === hop.to);
}

const small: StandardOptions = { suite: 'sha1', forks: 1 };

describe('a network that damages messages', () => {
  test('[rfc6043:4.2.1-4] [rfc6043:4.2.3-8] every octet of every message on every hop: a flipped bit is turned down before the receiver uses a key; none is harmless', () => {
    const honest = byteRun(small);
    const harmless: string[] = [];
    let flips = 0;
    for (const hop of honest.trace.messages) {
      for (let octet = 0; octet < hop.octets.length; octet += 1) {
        const run = byteRun(small, flipping(hop.index, octet, (octet + hop.index) % 8));
        flips += 1;
        if (!isRejected(run, hop)) harmless.push(`${hop.type} ${hop.from} -> ${hop.to}, octet ${octet}`);
      }
    }
    expect(harmless).toEqual([]);
    expect(flips).toBe(honest.trace.messages.reduce((sum, hop) => sum + hop.octets.length, 0));
  });

  test.each([
    ['sha256, key forking', { suite: 'sha256', forks: 1 }],
    ['sha256, no key forking', { suite: 'sha256', forks: 1, flags: 'DEFGHJNO' }],
    ['sha1, no response', { suite: 'sha1', forks: 1, flags: 'DEHJNO' }],
  ] satisfies readonly (readonly [string, StandardOptions])[])(
    'the same for random bits: %s',
    (_, options: StandardOptions) => {
      const honest = byteRun(options);
      const place = fc
        .nat(honest.trace.messages.length - 1)
        .chain((index) =>
          fc.tuple(fc.constant(index), fc.nat(honest.trace.messages[index]!.octets.length - 1), fc.nat(7)),
        );
      fc.assert(
        fc.property(place, ([index, octet, bit]) => {
          const run = byteRun(options, flipping(index, octet, bit));
          expect(rejections(run).length).toBeGreaterThan(0);
          if (options.flags !== 'DEHJNO') expect(isRejected(run, honest.trace.messages[index]!)).toBe(true);
        }),
        { numRuns: 200 },
      );
    },
  );

  test('[rfc6043:12.4-1] drops, duplicates and old messages: every call ends in the same keys on both sides, or in none', () => {
    const actions = fc.array(fc.constantFrom('pass', 'pass', 'pass', 'drop', 'twice', 'again'), {
      minLength: 30,
      maxLength: 30,
    });
    fc.assert(
      fc.property(actions, fc.integer({ min: 1, max: 3 }), (plan, forks) => {
        const before = new Map<string, Uint8Array>();
        const run = byteRun({ forks, suite: 'sha1' }, (hop) => {
          const old = before.get(`${hop.type} ${hop.to}`);
          before.set(`${hop.type} ${hop.to}`, hop.octets);
          const action = plan[hop.index % plan.length];
          if (action === 'drop') return [];
          if (action === 'twice') return [hop.octets, hop.octets];
          return action === 'again' && old ? [old, hop.octets] : [hop.octets];
        });
        expectNoWrongKeys(run);
        const teks = run.trace.agreements
          .filter((agreement) => agreement.party === 'alice')
          .flatMap((agreement) => agreement.sessions.map((session) => hexOf(session.tek)));
        expect(new Set(teks).size).toBe(teks.length);
      }),
      { numRuns: 200 },
    );
  });
});
