import { acceptAnswer } from '../../../model/exchange/acceptAnswer.ts';
import type { HeldTicket } from '../../../model/exchange/requestResp.ts';
import type { Call } from '../../../model/exchange/transferInit.ts';
import { answerOffer, type AnswerInput } from '../../../model/exchange/transferResp.ts';
import { newSessionKeys } from '../../../model/exchange/suppliedKeys.ts';
import { aesCm256HmacSha1 } from '../../../model/policy/securityPolicy.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import type { Message } from '../../../model/message/message.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { flipped, intercepting } from '../forger.ts';
import { call, hop, people, played, standard } from '../plays.ts';
import { only } from '../runs.ts';
import { withPayloads, type Change } from '../tamper.ts';
import {
  attacked,
  env,
  forger,
  hinted,
  honest,
  later,
  otherCsb,
  silence,
  told,
  without,
  type Refusal,
} from './refusal.ts';

const toAlice = { type: 'TRANSFER_RESP', to: 'alice' };
const kemac = only(hop(honest, 'REQUEST_RESP').message, 'KEMAC');
/** A KEMAC before V, where none belongs. */
const withKemac: Change = (message) =>
  withPayloads(message, (payload) => (payload.kind === 'V' ? [kemac, payload] : [payload]));
/** An SRTP policy with an authentication tag of 32 bits. */
const weakPolicy: Change = (message) =>
  withPayloads(message, (payload) => [
    payload.kind === 'SP'
      ? {
          ...payload,
          params: payload.params.map((param) => (param.type === 11 ? { ...param, value: Buffer.from([4]) } : param)),
        }
      : payload,
  ]);
const isRand =
  (role: keyof typeof randRoles) =>
  (payload: Message<Uint8Array>['payloads'][number]): boolean =>
    payload.kind === 'RANDR' && payload.role === randRoles[role];
const shortRand =
  (role: keyof typeof randRoles): Change =>
  (message) =>
    withPayloads(
      message,
      (payload) => [isRand(role)(payload) ? { ...payload, rand: Buffer.alloc(8, 7) } : payload] as never,
    );

/** Refusals of an Initiator: one for each check on TRANSFER_RESP. */
export const answerRefusals = {
  answerMaySupplyKeys: {
    what: '[rfc6043:6.10-43] an answer with keys of the own making, though M is 0',
    why: 'an endpoint of a scenario brings keys only if M lets it',
    step: () => {
      const { offer, admitted, resolved } = honest.endpoints[0]!.context() as unknown as Omit<
        AnswerInput<Uint8Array>,
        'policies' | 'supplied'
      >;
      const input = { offer, admitted, resolved, policies: [aesCm256HmacSha1] };
      return answerOffer(env, { ...input, supplied: newSessionKeys(env, ['TGK'], { length: 32, tekLength: 32 }) });
    },
  },
  answerHeaderEchoed: {
    what: '[rfc6043:4.2.2.3-1] an answer with another CSB ID',
    party: 'alice',
    run: attacked(toAlice, otherCsb),
    told: hinted('Auth failure'),
  },
  answerTimestampFresh: {
    what: '[rfc6043:4.2.2.3-9] an answer of an hour ago',
    party: 'alice',
    run: attacked(toAlice, later(-3600)),
    told: hinted('Invalid TS'),
  },
  answerModifierPresent: {
    what: '[rfc6043:4.2.2.3-14] an answer without RANDRkms',
    party: 'alice',
    run: attacked(toAlice, without(isRand('RANDRkms'))),
    told: hinted('Unspecified error'),
  },
  answerRandIffG: {
    what: '[rfc6043:6.10-24] an answer without RANDRr, though G is 1',
    party: 'alice',
    run: attacked(toAlice, without(isRand('RANDRr'))),
    told: hinted('Unspecified error'),
  },
  answerMacValid: {
    what: '[rfc6043:4.2.2.3-22] an answer with a wrong MAC, before the genuine one',
    party: 'alice',
    run: () => played(standard(), { intercept: intercepting(toAlice, ({ octets }) => [flipped(octets), octets]) }),
    told: hinted('Auth failure'),
    answered: ['bob-phone'],
  },
  answerRandLongEnough: {
    what: '[rfc6043:12.1-5] an answer with RANDs of 64 bits on both sides',
    why: 'the Initiator itself draws a RANDRi that is long enough',
    step: () => {
      const offer = shortRand('RANDRi')(hop(honest, 'TRANSFER_INIT', { to: 'proxy' }).message);
      const original = hop(honest, 'TRANSFER_RESP', { to: 'alice' }).message;
      const sent = hop(honest, 'TRANSFER_INIT', { to: 'proxy' }).message;
      const response = forger.sign(original, shortRand('RANDRr')(original), { seen: [sent], initial: offer })!;
      const { held, call: made } = honest.callers[0]!.context() as {
        readonly held: HeldTicket<Uint8Array>;
        readonly call: Call<Uint8Array>;
      };
      return acceptAnswer(env, response, { sent: offer, held, call: made, earlier: [] });
    },
  },
  answererAcceptable: {
    what: '[rfc6043:4.2.2.3-13] an answer of another responder of the ticket than the callee',
    party: 'alice',
    run: () =>
      played(
        standard(
          {},
          {
            users: [...standard().users, ...people('carol')],
            steps: [
              call(
                { from: 'KMS', responders: ['sip:bob@example.com', 'sip:carol@example.com'] },
                { reach: ['carol'], answer: ['carol'] },
              ),
            ],
          },
        ),
        { without: ['offerAddressedToMe'] },
      ),
    told: told('Invalid ID'),
  },
  answerNotRepeated: {
    what: '[rfc6043:12.4-1] the same answer again',
    party: 'alice',
    run: () => played(standard(), { intercept: intercepting(toAlice, ({ octets }) => [octets, octets]) }),
    told: silence,
    answered: ['bob-phone'],
  },
  answerKemacAllowed: {
    what: '[rfc6043:6.10-43] an answer with keys of the Responder, though M is 0',
    party: 'alice',
    run: attacked(toAlice, withKemac),
    told: told('Invalid TPpar'),
  },
  answerSessionsComplete: {
    what: '[rfc6043:4.2.2.3-4] an answer without one of the crypto sessions',
    party: 'alice',
    run: attacked(toAlice, ({ header, payloads }) => {
      if (header.map.type !== 'GENERIC-ID') throw new Error(header.map.type);
      return { header: { ...header, map: { ...header.map, sessions: header.map.sessions.slice(1) } }, payloads };
    }),
    told: told('Invalid SPpar'),
  },
  answerSecurityPolicyAcceptable: {
    what: '[rfc6043:4.2.2.4-1] an answer that puts a weaker security policy under the number of the offered one',
    party: 'alice',
    run: attacked(toAlice, (message) => {
      const offered = only(hop(honest, 'TRANSFER_INIT', { to: 'proxy' }).message, 'SP');
      const own = weakPolicy({ ...message, payloads: [offered] }).payloads;
      return withPayloads(message, (payload) => (payload.kind === 'V' ? [...own, payload] : [payload]));
    }),
    told: told('Invalid SPpar'),
  },
} satisfies Partial<Record<CheckName, Refusal>>;
