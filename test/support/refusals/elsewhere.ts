import { flipped, intercepting, renamed } from '../forger.ts';
import { played } from '../plays.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { encoded } from '../tamper.ts';
import { hinted, silence, without, type Refusal } from './refusal.ts';

const publicKey = builtIn('public-key');
const both = ['bob-phone', 'bob-laptop'];
const signed = { seenIn: 'test/exchange/signedInitRefusals.test.ts' };
const signedInit = { seenIn: 'test/exchange/signedInit.test.ts' };
const update = { seenIn: 'test/exchange/updateRefusals.test.ts' };
const supplied = { seenIn: 'test/exchange/suppliedKeys.test.ts' };

/** The same message twice, of which only the envelope is remembered: as a copy with another T and another signature would be. */
function envelopeAgain(type: string, check: CheckName): Refusal {
  return {
    what: 'an envelope key again, with the same RAND and CSB ID (weakness W1)',
    party: 'kms',
    run: () =>
      played(publicKey, {
        without: [check],
        intercept: intercepting({ type, to: 'kms' }, ({ octets }) => [octets, octets]),
      }),
    told: silence,
    answered: both,
  };
}

/** The checks of requests under public keys. */
export const publicKeyRefusals = {
  kmsCertificateValid: signed,
  kmsCertificateNamesKms: signed,
  requestCertificateTypesUsable: signed,
  requestSignatureTypeKnown: signed,
  requestEnvelopeNotCached: signed,
  requesterCertificateKnown: signedInit,
  requesterCertificateValid: signed,
  requestKmsKeyKnown: signed,
  requestSignatureValid: signed,
  requesterCertified: signed,
  requestEnvelopeFits: signed,
  requestEnvelopeNotReplayed: envelopeAgain('REQUEST_INIT_PK', 'requestNotReplayed'),
  resolveCertificateTypesUsable: signed,
  resolveSignatureTypeKnown: signed,
  resolveEnvelopeNotCached: signed,
  resolverCertificateKnown: {
    what: '[rfc6043:4.2.3.3-2] a request without certificates, of somebody whose certificate is not on file',
    party: 'kms',
    run: () =>
      played(publicKey, {
        intercept: intercepting({ type: 'RESOLVE_INIT_PK', to: 'kms' }, ({ message }) => {
          const bare = without(({ kind }) => kind === 'CERT')(message);
          return [encoded(renamed('IDRr', 'sip:nobody@example.com')(bare))];
        }),
      }),
    told: hinted('Auth failure'),
    answered: ['bob-laptop'],
  },
  resolverCertificateValid: signed,
  resolveKmsKeyKnown: signed,
  resolveSignatureValid: signed,
  resolverCertified: signed,
  resolveEnvelopeFits: signed,
  resolveEnvelopeNotReplayed: envelopeAgain('RESOLVE_INIT_PK', 'resolveNotReplayed'),
} satisfies Partial<Record<CheckName, Refusal>>;

/** The checks of CSB updates and of session keys that the parties supply. */
export const updateRefusals = {
  keysWithinRekeyInterval: update,
  updateOfThisBundle: update,
  updateAlgorithmsMatch: update,
  updateKeepsTicketAndRands: update,
  updateNamesBoth: update,
  updateStarterIsPeer: update,
  updateTimestampPrecise: update,
  updateTimestampFresh: update,
  updateNotReflected: update,
  updateTimestampUnused: update,
  updateMacValid: {
    what: '[rfc6043:5.2-13] an update with a wrong MAC',
    party: 'bob-phone',
    run: () =>
      played(builtIn('update'), {
        intercept: intercepting({ type: 'TRANSFER_INIT', to: 'bob-phone', nth: 2 }, ({ octets }) => [flipped(octets)]),
      }),
    told: silence,
    answered: both,
  },
  updateNotReplayed: update,
  updateAnswerAllowed: update,
  updateMapGeneric: update,
  updateKemacAllowed: update,
  suppliedAlgorithmsMatch: supplied,
  suppliedTimestampPrecise: supplied,
  suppliedKeysComplete: supplied,
  suppliedKeysStrong: supplied,
  updateRandLongEnough: update,
  updateSecurityPolicyAcceptable: update,
  updateSessionsComplete: update,
  updateSessionsConsistent: update,
  updateRespHeaderEchoed: update,
  updateRespFromPeer: update,
  updateRespMacValid: update,
} satisfies Partial<Record<CheckName, Refusal>>;
