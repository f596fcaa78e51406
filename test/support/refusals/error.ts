import { acceptError } from '../../../model/exchange/acceptError.ts';
import { authOf, errorCoverage } from '../../../model/exchange/errorMessage.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import { appendV } from '../../../model/protection/authentication.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { flipped, intercepting } from '../forger.ts';
import { hop, played, secretOf, standard, withUser, type BytesPlayed } from '../plays.ts';
import { encoded, type Change } from '../tamper.ts';
import { env, later, silence, without, type Refusal } from './refusal.ts';

const refusedUser = withUser(standard(), 'alice', { mayRequest: false });
const honest = played(refusedUser);
const request = hop(honest, 'REQUEST_INIT_PSK').message;
const report = hop(honest, 'Error').message;

/** The KMS tells alice that she may have no ticket; somebody changes what it says, with a MAC that holds. */
function changedReport(change: Change): () => BytesPlayed {
  return () =>
    played(refusedUser, {
      intercept: intercepting({ type: 'Error', to: 'alice' }, ({ message }) => {
        const { header, payloads } = change(message);
        const bare = { header, payloads: payloads.filter(({ kind }) => kind !== 'V') };
        const auth = authOf(env, request, secretOf(honest, 'PSK(alice)'));
        return [encoded(appendV(bytes, bare, { ...auth, cover: (draft) => errorCoverage(bytes, draft) }))];
      }),
    });
}

/** One refusal for each check on an Error message. In each play the KMS refuses first, so that there is one. */
export const errorRefusals = {
  errorAnswersNoError: {
    what: '[rfc6043:5.4-5] an Error message about an Error message',
    why: 'no machine waits for an answer to an Error message',
    step: () => acceptError(env, report, { sent: report.header }),
  },
  errorHeaderEchoed: {
    what: '[rfc6043:5.4-12] an Error message with another PRF func',
    party: 'alice',
    run: changedReport(({ header, payloads }) => ({ header: { ...header, prfFunc: 0 }, payloads })),
    told: silence,
  },
  errorTimestampFresh: {
    what: '[rfc6043:5.4-15] an Error message of an hour ago',
    party: 'alice',
    run: changedReport(later(-3600)),
    told: silence,
  },
  errorMacValid: {
    what: '[rfc6043:5.5-13] [rfc6043:5.4-6] an Error message with a wrong MAC',
    party: 'alice',
    run: () =>
      played(refusedUser, {
        intercept: intercepting({ type: 'Error', to: 'alice' }, ({ octets }) => [flipped(octets)]),
      }),
    told: silence,
  },
  errorSignatureValid: { seenIn: 'test/exchange/signedError.test.ts' },
  errorNamesError: {
    what: '[rfc6043:5.4-7] an Error message without an ERR',
    party: 'alice',
    run: changedReport(without(({ kind }) => kind === 'ERR')),
    told: silence,
  },
} satisfies Partial<Record<CheckName, Refusal>>;
