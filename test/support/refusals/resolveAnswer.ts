import type { CheckName } from '../../../model/guard/catalogue.ts';
import { encrAlgs } from '../../../spec/registry/kemac.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { flipped, Forger, intercepting, renamed } from '../forger.ts';
import { call, hop, hops, played, standard, type BytesPlayed } from '../plays.ts';
import { only } from '../runs.ts';
import { encoded, withPayloads, type Change } from '../tamper.ts';
import { attacked, forger, hinted, honest, later, silence, type Refusal } from './refusal.ts';

const toBob = { type: 'RESOLVE_RESP', to: 'bob-phone' };
const asks = hop(honest, 'RESOLVE_INIT_PSK').message;

/** The standard flow whose RESOLVE_RESP has other keys. */
const rekeyed = (change: Parameters<typeof forger.rekeyed>[1]): (() => BytesPlayed) => {
  return () => {
    const seen: Parameters<typeof forger.rekeyed>[2][number][] = [];
    const change_ = ({ message }: { readonly message: typeof asks }): readonly Uint8Array[] => [
      forger.octets(message, forger.rekeyed(message, change, seen), { seen }),
    ];
    return played(standard(), { intercept: intercepting(toBob, change_, seen) });
  };
};
/** Refusals of a Responder: one for each check on RESOLVE_RESP and on the call that waited for it. */
export const resolveAnswerRefusals = {
  resolveRespHeaderEchoed: {
    what: '[rfc6043:4.2.3.5-1] a response with another PRF func',
    party: 'bob-phone',
    run: attacked(toBob, ({ header, payloads }) => ({ header: { ...header, prfFunc: 0 }, payloads })),
    told: silence,
  },
  resolveRespTimestampFresh: {
    what: '[rfc6043:4.2.3.5-4] a response of an hour ago',
    party: 'bob-phone',
    run: attacked(toBob, later(-3600)),
    told: silence,
  },
  resolveRespFromAskedKms: {
    what: '[rfc6043:4.2.3-6] a response of another KMS',
    party: 'bob-phone',
    run: attacked(toBob, renamed('IDRkms', 'sip:other-kms@example.com')),
    told: silence,
  },
  resolveRespMacValid: {
    what: '[rfc6043:4.2.3.5-23] a response with a wrong MAC, before the genuine one',
    party: 'bob-phone',
    run: () => played(standard(), { intercept: intercepting(toBob, ({ octets }) => [flipped(octets), octets]) }),
    told: silence,
    answered: ['bob-phone'],
  },
  resolveRespAlgorithmsMatch: {
    what: '[rfc6043:4.2.3.5-6] a response whose keys are encrypted with 128 bits',
    party: 'bob-phone',
    run: attacked(toBob, (message) =>
      withPayloads(message, (payload) => [
        payload.kind === 'KEMAC' ? { ...payload, encrAlg: encrAlgs['AES-CM-128'] } : payload,
      ]),
    ),
    told: hinted('Auth failure'),
  },
  resolvedKeysComplete: {
    what: "[rfc6043:4.2.3.5-11] a response without MPKr'",
    party: 'bob-phone',
    run: rekeyed(([MPKi, , ...more]) => [MPKi!, ...more]),
    told: hinted('Auth failure'),
  },
  resolvedKeysStrong: {
    what: "[rfc6043:12.1-4] a response with a TGK' of 64 bits",
    party: 'bob-phone',
    run: rekeyed((keys) => keys.map((key) => (key.type === 0 ? { ...key, key: key.key.subarray(0, 8) } : key))),
    told: hinted('Auth failure'),
  },
  resolvedModifierPresent: {
    what: '[rfc6043:4.2.3.5-16] a response without RANDRkms',
    party: 'bob-phone',
    run: attacked(toBob, (message) =>
      withPayloads(message, (payload) =>
        payload.kind === 'RANDR' && payload.role === randRoles.RANDRkms ? [] : [payload],
      ),
    ),
    told: hinted('Auth failure'),
  },
  resolvedIdentityMine: {
    what: '[rfc6043:4.2.3.5-17] a response for another endpoint',
    party: 'bob-phone',
    run: attacked(toBob, renamed('IDRr', 'sip:bob-laptop@example.com')),
    told: hinted('Auth failure'),
  },
  offerMacValid: {
    what: '[rfc6043:4.2.3.6-1] a call whose MAC is wrong under MPKi',
    party: 'bob-phone',
    run: () =>
      played(standard(), {
        // An octet of the SSRC, at which no early check looks.
        intercept: intercepting({ type: 'TRANSFER_INIT', to: 'bob-phone' }, ({ octets }) => [
          octets.map((octet, index) => (index === 17 ? octet ^ 1 : octet)),
        ]),
      }),
    told: hinted('Auth failure'),
  },
  viEqualsV: {
    what: '[rfc6043:4.2.3.6-2] a call of somebody who has MPKi but not MPKr, with Initiator Data of another one',
    party: 'bob-phone',
    run: () =>
      played(standard(), {
        intercept: intercepting({ type: 'TRANSFER_INIT', to: 'bob-phone' }, ({ message }) => {
          const { initiatorData } = only(message, 'TICKET');
          const moved = { ...message, header: { ...message.header, v: !message.header.v } };
          const signed = forger.sign(message, moved)!;
          return [
            encoded(
              withPayloads(signed, (payload) => [payload.kind === 'TICKET' ? { ...payload, initiatorData } : payload]),
            ),
          ];
        }),
      }),
    told: hinted('Auth failure'),
  },
  offerRandLongEnough: {
    what: '[rfc6043:12.1-5] a call with a RANDRi shorter than the TGK, where G forbids RANDRr',
    party: 'bob-phone',
    run: () => {
      const scenario = standard({ flags: 'DEFHIJNO' }, { allow: ['G=0'] });
      const short: Change = (message) =>
        withPayloads(message, (payload) => [
          payload.kind === 'RANDR' ? { ...payload, rand: Buffer.alloc(16, 7) } : payload,
        ]);
      const own = new Forger(played(scenario));
      return played(scenario, { intercept: own.at({ type: 'TRANSFER_INIT', to: 'bob-phone' }, short) });
    },
    told: hinted('Auth failure'),
  },
  offerNotReplayed: {
    what: '[rfc3830:5.4-3] the call before, again, though its ticket may be used again',
    party: 'bob-phone',
    run: () => {
      const scenario = standard({}, { steps: [call({ from: 'KMS' }), call({ from: 'held' })] });
      const [first] = hops(played(scenario), 'TRANSFER_INIT', { to: 'bob-phone' });
      const second = { type: 'TRANSFER_INIT', to: 'bob-phone', nth: 2 };
      return played(scenario, { intercept: intercepting(second, () => [first!.octets]) });
    },
    told: silence,
  },
} satisfies Partial<Record<CheckName, Refusal>>;
