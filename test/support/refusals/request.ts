import { encrAlgs } from '../../../spec/registry/kemac.ts';
import { wantedKeys } from '../../../model/exchange/newKeys.ts';
import { verifyRequestInit } from '../../../model/exchange/requestInit.ts';
import { grantTicket } from '../../../model/exchange/requestResp.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import { uri } from '../../../model/message/identity.ts';
import { policyAuthority } from '../../../model/policy/policyAuthority.ts';
import { policyOf } from '../../../model/modes/scenarioPolicy.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { withPayloads } from '../tamper.ts';
import { flipped, intercepting, renamed } from '../forger.ts';
import { hop, played, secretOf, standard, withUser } from '../plays.ts';
import {
  attacked,
  env,
  forger,
  hinted,
  honest,
  later,
  mapped,
  policy,
  silence,
  told,
  tpData,
  type Refusal,
} from './refusal.ts';

const toKms = { type: 'REQUEST_INIT_PSK', to: 'kms' };
const toAlice = { type: 'REQUEST_RESP', to: 'alice' };
const alice = uri(bytes, 'sip:alice@example.com');
const kms = uri(bytes, 'sip:kms@example.com');
const mallory = uri(bytes, 'sip:mallory@example.com');

/** One refusal for each check of the Ticket Request exchange. */
export const requestRefusals = {
  requestMapEmpty: {
    what: '[rfc6043:4.2.1.1-8] a request with a crypto session',
    party: 'kms',
    run: attacked(toKms, mapped),
    told: hinted('Unspecified error'),
  },
  requestTimestampFresh: {
    what: '[rfc3830:5.4-4] a request of an hour ago',
    party: 'kms',
    run: attacked(toKms, later(-3600)),
    told: hinted('Invalid TS'),
  },
  requestAlgorithmsMatch: {
    what: '[rfc6043:12.1-11] a request for a 128-bit ticket under 256-bit algorithms',
    party: 'kms',
    run: attacked(
      toKms,
      policy((before) => ({ ...before, prfFunc: 0 })),
    ),
    told: hinted('Unspecified error'),
  },
  requestNamesThisKms: {
    what: '[rfc6043:4.2.1.1-10] a request to another KMS',
    party: 'kms',
    run: attacked(toKms, renamed('IDRkms', 'sip:other-kms@example.com')),
    told: hinted('Auth failure'),
  },
  requesterKnown: {
    what: '[rfc6043:4.2.1.2-3] a request under a PSK that nobody shares',
    party: 'kms',
    run: attacked(toKms, renamed('IDRpsk', 'psk-nobody')),
    told: hinted('Auth failure'),
  },
  requesterKeyStrong: {
    what: '[rfc6043:12.1-4] a request under a PSK of 128 bits with 256-bit algorithms',
    why: 'all keys of a scenario fit its suite',
    step: () =>
      verifyRequestInit(env, hop(honest, 'REQUEST_INIT_PSK').message, {
        kms,
        account: { key: secretOf(honest, 'PSK(alice)').subarray(0, 16), identities: [alice], isKms: false },
      }),
  },
  requestMacValid: {
    what: '[rfc6043:4.2.1.2-6] a request with a wrong MAC',
    party: 'kms',
    run: () => played(standard(), { intercept: intercepting(toKms, ({ octets }) => [flipped(octets)]) }),
    told: hinted('Auth failure'),
  },
  requesterOwnsIdentity: {
    what: '[rfc6043:4.2.1-4] a request in the name of another user',
    party: 'kms',
    run: attacked(toKms, renamed('IDRi', 'sip:mallory@example.com')),
    told: told('Invalid ID'),
  },
  requestRandLongEnough: {
    what: '[rfc6043:12.1-5] a request with a RANDRi shorter than the PSK',
    party: 'kms',
    run: attacked(toKms, (message) =>
      withPayloads(message, (payload) => [
        payload.kind === 'RANDR' ? { ...payload, rand: Buffer.alloc(16, 7) } : payload,
      ]),
    ),
    told: told('Unspecified error'),
  },
  requestNotReplayed: {
    what: '[rfc3830:5.4-3] the same request again',
    party: 'kms',
    run: () => played(standard(), { intercept: intercepting(toKms, ({ octets }) => [octets, octets]) }),
    told: silence,
    answered: ['bob-phone'],
  },
  requestedTicketTypeSupported: {
    what: '[rfc6043:6.10-13] a request for a ticket of another version',
    party: 'kms',
    run: attacked(
      toKms,
      policy((before) => ({ ...before, version: 9 })),
    ),
    told: told('Invalid TICKET'),
  },
  requestedFlagsLegal: {
    what: '[rfc6043:6.10-9] a request for key forking without the KMS',
    party: 'kms',
    run: () => played(standard({ flags: 'DFGHIJNO' })),
    told: told('Invalid TPpar'),
  },
  requestedPolicyNamesRequester: {
    what: '[rfc6043:6.10-53] a request for a ticket of somebody else',
    party: 'kms',
    run: attacked(toKms, policy(tpData((data) => ({ ...data, IDRi: mallory })))),
    told: told('Invalid ID'),
  },
  requestedValiditySane: {
    what: '[rfc6043:6.10-57] a request for a ticket that is over',
    party: 'kms',
    run: () => played(standard({ startsIn: -7200, validFor: -3600 })),
    told: told('Invalid TICKET'),
  },
  requestedKeysAdequate: {
    what: '[rfc6043:12.1-4] a request for a TGK of 64 bits',
    party: 'kms',
    run: attacked(toKms, policy(tpData((data) => ({ ...data, KEMAC: wantedKeys(bytes, ['TGK'], { length: 8 }) })))),
    told: told('Unspecified error'),
  },
  requesterAuthorized: {
    what: '[rfc6043:12.1-1] a request of a user that may have no tickets',
    party: 'kms',
    run: () => played(withUser(standard(), 'alice', { mayRequest: false })),
    told: told('Invalid ID'),
  },
  requestedTicketKeyShared: {
    what: '[rfc6043:A-3] a request to a KMS that has no TPK at all',
    why: 'the storage of a scenario always has one',
    step: () =>
      grantTicket(env, hop(honest, 'REQUEST_INIT_PSK').message, {
        kms,
        authority: policyAuthority(() => policyOf(standard(), standard().kmss[0]!, [])),
        TPK: undefined,
        requester: alice,
        inkey: secretOf(honest, 'PSK(alice)'),
      }),
  },
  requestRespHeaderEchoed: {
    what: '[rfc6043:4.2.1.5-1] a response with another PRF func',
    party: 'alice',
    run: attacked(toAlice, ({ header, payloads }) => ({ header: { ...header, prfFunc: 0 }, payloads })),
    told: silence,
  },
  requestRespTimestampFresh: {
    what: '[rfc6043:4.2.1.5-4] a response of an hour ago',
    party: 'alice',
    run: attacked(toAlice, later(-3600)),
    told: silence,
  },
  requestRespFromAskedKms: {
    what: '[rfc6043:4.2.1-2] a response of another KMS',
    party: 'alice',
    run: attacked(toAlice, renamed('IDRkms', 'sip:other-kms@example.com')),
    told: silence,
  },
  requestRespMacValid: {
    what: '[rfc6043:4.2.1.5-20] a response with a wrong MAC, before the genuine one',
    party: 'alice',
    run: () => played(standard(), { intercept: intercepting(toAlice, ({ octets }) => [flipped(octets), octets]) }),
    told: silence,
    answered: ['bob-phone'],
  },
  requestRespAlgorithmsMatch: {
    what: '[rfc6043:4.2.1.5-7] a response whose keys are encrypted with 128 bits',
    party: 'alice',
    run: attacked(toAlice, (message) =>
      withPayloads(message, (payload) => [
        payload.kind === 'KEMAC' ? { ...payload, encrAlg: encrAlgs['AES-CM-128'] } : payload,
      ]),
    ),
    told: silence,
  },
  grantedKeysComplete: {
    what: '[rfc6043:4.2.1.5-13] a response without MPKr',
    party: 'alice',
    run: () => played(standard(), { intercept: rekeying(([MPKi, , ...more]) => [MPKi!, ...more]) }),
    told: silence,
  },
  grantedKeysStrong: {
    what: '[rfc6043:12.1-4] a response with a TGK of 64 bits',
    party: 'alice',
    run: () =>
      played(standard(), {
        intercept: rekeying((keys) =>
          keys.map((key) => (key.type === 0 ? { ...key, key: key.key.subarray(0, 8) } : key)),
        ),
      }),
    told: silence,
  },
  grantedPolicyAcceptable: {
    what: '[rfc6043:4.2.1.6-3] a ticket for one more responder',
    party: 'alice',
    run: attacked(toAlice, policy(tpData((data) => ({ ...data, IDRr: [...data.IDRr, mallory] })))),
    told: silence,
  },
  grantedTicketClean: {
    what: '[rfc6043:6.10-67] a ticket that still asks for keys',
    party: 'alice',
    run: attacked(toAlice, policy(tpData((data) => ({ ...data, KEMAC: wantedKeys(bytes, ['TGK'], { length: 32 }) })))),
    told: silence,
  },
} satisfies Partial<Record<CheckName, Refusal>>;

/** Gives REQUEST_RESP other keys. */
function rekeying(change: Parameters<typeof forger.rekeyed>[1]): ReturnType<typeof intercepting> {
  const seen: Parameters<typeof forger.rekeyed>[2][number][] = [];
  return intercepting(
    toAlice,
    ({ message }) => [forger.octets(message, forger.rekeyed(message, change, seen), { seen })],
    seen,
  );
}
