import { verifyResolveInit } from '../../../model/exchange/resolveInit.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import { uri } from '../../../model/message/identity.ts';
import { policyOf } from '../../../model/modes/scenarioPolicy.ts';
import { policyAuthority } from '../../../model/policy/policyAuthority.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { flipped, intercepting, renamed } from '../forger.ts';
import { hop, played, secretOf, standard } from '../plays.ts';
import { withPayloads } from '../tamper.ts';
import { attacked, env, hinted, honest, later, mapped, policy, silence, told, type Refusal } from './refusal.ts';

const toKms = { type: 'RESOLVE_INIT_PSK', to: 'kms' };
const phone = uri(bytes, 'sip:bob-phone@example.com');
const kms = uri(bytes, 'sip:kms@example.com');
const authority = policyAuthority(() => policyOf(standard(), standard().kmss[0]!, []));
const asks = hop(honest, 'RESOLVE_INIT_PSK').message;

/** Refusals of a KMS: one for each check on RESOLVE_INIT itself. */
export const resolveRefusals = {
  resolveMapEmpty: {
    what: '[rfc6043:4.2.3.1-8] a request with a crypto session',
    party: 'kms',
    run: attacked(toKms, mapped),
    told: hinted('Unspecified error'),
  },
  resolveTimestampFresh: {
    what: '[rfc3830:5.4-4] a request of an hour ago',
    party: 'kms',
    run: attacked(toKms, later(-3600)),
    told: hinted('Invalid TS'),
  },
  resolveAlgorithmsMatch: {
    what: '[rfc6043:12.1-11] a request with a 128-bit ticket under 256-bit algorithms',
    party: 'kms',
    run: attacked(
      toKms,
      policy((before) => ({ ...before, prfFunc: 0 })),
    ),
    told: hinted('Unspecified error'),
  },
  resolveNamesThisKms: {
    what: '[rfc6043:4.2.3.1-9] a request to another KMS',
    party: 'kms',
    run: attacked(toKms, renamed('IDRkms', 'sip:other-kms@example.com')),
    told: hinted('Auth failure'),
  },
  resolverKnown: {
    what: '[rfc6043:4.2.3.2-3] a request under a PSK that nobody shares',
    party: 'kms',
    run: attacked(toKms, renamed('IDRpsk', 'psk-nobody')),
    told: hinted('Auth failure'),
  },
  resolverKeyStrong: {
    what: '[rfc6043:12.1-4] a request under a PSK of 128 bits with 256-bit algorithms',
    why: 'all keys of a scenario fit its suite',
    step: () =>
      verifyResolveInit(env, asks, {
        kms,
        account: { key: secretOf(honest, 'PSK(bob-phone)').subarray(0, 16), identities: [phone], isKms: false },
        authority,
      }),
  },
  resolveMacValid: {
    what: '[rfc6043:4.2.3.2-6] a request with a wrong MAC',
    party: 'kms',
    run: () => played(standard(), { intercept: intercepting(toKms, ({ octets }) => [flipped(octets)]) }),
    told: hinted('Auth failure'),
  },
  resolverOwnsIdentity: {
    what: '[rfc6043:4.2.3-8] a request in the name of another endpoint',
    party: 'kms',
    run: attacked(toKms, renamed('IDRr', 'sip:bob@example.com')),
    told: told('Invalid ID'),
  },
  resolveRandLongEnough: {
    what: '[rfc6043:12.1-5] a request with a RANDRr shorter than the PSK',
    party: 'kms',
    run: attacked(toKms, (message) =>
      withPayloads(message, (payload) => [
        payload.kind === 'RANDR' ? { ...payload, rand: Buffer.alloc(16, 7) } : payload,
      ]),
    ),
    told: told('Unspecified error'),
  },
  resolveNotReplayed: {
    what: '[rfc3830:5.4-3] the same request again',
    party: 'kms',
    run: () => played(standard(), { intercept: intercepting(toKms, ({ octets }) => [octets, octets]) }),
    told: silence,
    answered: ['bob-phone'],
  },
} satisfies Partial<Record<CheckName, Refusal>>;
