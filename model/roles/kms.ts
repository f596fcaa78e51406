/**
 * The KMS: one machine for one exchange. It authenticates first, and keeps nothing about users or tickets: keys and replay
 * verdicts come from a storage that it asks.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 */
import { assign, setup } from 'xstate';
import { acceptError } from '../exchange/acceptError.ts';
import { authOf } from '../exchange/errorMessage.ts';
import { answerForwarded, forwardResolve } from '../exchange/forwardResolve.ts';
import { hearRequest, hearResolve, verifyRequest, verifyResolve, type SenderQuery } from '../exchange/kmsListens.ts';
import { grantTicket } from '../exchange/requestResp.ts';
import { resolveTicket } from '../exchange/resolveResp.ts';
import { attempt } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import {
  replayQuestion,
  reportToSender,
  settingOf,
  ticketKeyChoice,
  type KmsContext,
  type KmsEvent,
  type KmsInput,
  type ReplayQuestion,
  type TicketKeyChoice,
} from './kmsContext.ts';
import { noStep, present, settle, settleError } from './step.ts';

/**
 * The machine of the KMS. It asks its surroundings to `send` a message, or to `forward` one to a partner KMS, to `findSender`, to
 * `chooseTicketKey` for a new ticket, to `findTicketKey` of a ticket, to `findPartner`, and to `checkReplay`, which must look an
 * entry up and remember it in one indivisible step.
 *
 * @internal
 */
export function kmsMachine<B>(env: Env<B>) {
  return setup({
    types: {
      context: {} as KmsContext<B>,
      events: {} as KmsEvent<B>,
      input: {} as KmsInput<B>,
    },
    actions: {
      keepMessage: assign(({ event }) => ({ received: 'message' in event ? event.message : undefined })),
      keepResponse: assign(({ event }) => ({ response: 'message' in event ? event.message : undefined })),
      keepSender: assign(({ event }) => ({ sender: 'sender' in event ? event.sender : undefined })),
      keepVerdict: assign(({ event }) => ({
        fresh: 'fresh' in event && event.fresh,
        envelopeFresh: 'envelopeFresh' in event && event.envelopeFresh,
      })),
      keepTicketKey: assign(({ event }) => ({ TPK: 'key' in event ? event.key : undefined })),
      send: (_, _params: { readonly message: Message<B> }) => {},
      findSender: (_, _params: { readonly query: SenderQuery<B> }) => {},
      keepPartner: assign(({ event }) => ({ partner: 'partner' in event ? event.partner : undefined })),
      report: (_, _params: { readonly message: Message<B> }) => {},
      forward: (_, _params: { readonly message: Message<B>; readonly kms: Identity<B> }) => {},
      chooseTicketKey: (_, _params: TicketKeyChoice<B>) => {},
      findPartner: (_, _params: { readonly kms: Identity<B> }) => {},
      findTicketKey: (_, _params: { readonly id: Identity<B> | undefined }) => {},
      checkReplay: (_, _params: ReplayQuestion<B>) => {},
      illegalEvent: (_, _params: { readonly event: string }) => {},
      admitRequest: assign(({ context }) =>
        settle(context, hearRequest(env, present(context.received, 'REQUEST_INIT'), context), {
          keep: (query) => ({ query }),
        }),
      ),
      verifyRequest: assign(({ context }) =>
        settle(
          context,
          verifyRequest(env, present(context.received, 'REQUEST_INIT'), {
            ...settingOf(context),
            sender: present(context.sender, 'sender'),
          }),
          { keep: (verifiedRequest) => ({ verifiedRequest }) },
        ),
      ),
      judgeRequestReplay: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, (need) => {
            need('requestNotReplayed', () => context.fresh);
            need('requestEnvelopeNotReplayed', () => context.envelopeFresh);
            return ticketKeyChoice(context);
          }),
          { keep: (keyChoice) => ({ keyChoice }) },
        ),
      ),
      grant: assign(({ context }) => {
        const { requester, inkey } = present(context.verifiedRequest, 'verified request');
        const { kms, authority, TPK } = context;
        return settle(
          context,
          grantTicket(env, present(context.received, 'REQUEST_INIT'), { kms, authority, TPK, requester, inkey }),
          { keep: (granted) => ({ granted }) },
        );
      }),
      admitResolve: assign(({ context }) =>
        settle(context, hearResolve(env, present(context.received, 'RESOLVE_INIT'), context), {
          keep: (query) => ({ query }),
        }),
      ),
      verifyResolve: assign(({ context }) =>
        settle(
          context,
          verifyResolve(env, present(context.received, 'RESOLVE_INIT'), {
            ...settingOf(context),
            sender: present(context.sender, 'sender'),
          }),
          { keep: (verifiedResolve) => ({ verifiedResolve }) },
        ),
      ),
      judgeResolveReplay: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, (need) => {
            need('resolveNotReplayed', () => context.fresh);
            need('resolveEnvelopeNotReplayed', () => context.envelopeFresh);
          }),
          { keep: () => ({}) },
        ),
      ),
      resolve: assign(({ context }) => {
        const { resolver, partner, inkey } = present(context.verifiedResolve, 'verified resolver');
        return settle(
          context,
          resolveTicket(env, present(context.received, 'RESOLVE_INIT'), {
            kms: context.kms,
            authority: context.authority,
            TPK: context.TPK,
            resolver,
            partner,
            inkey,
          }),
          { keep: (resolved) => ({ resolved }) },
        );
      }),
      makeForwarded: assign(({ context }) =>
        settle(
          context,
          forwardResolve(env, present(context.received, 'RESOLVE_INIT'), {
            authority: context.authority,
            verified: present(context.verifiedResolve, 'verified resolver'),
            partner: context.partner,
          }),
          { keep: (forwarded) => ({ forwarded }) },
        ),
      ),
      checkForeignResp: assign(({ context }) =>
        settle(
          context,
          answerForwarded(env, present(context.response, 'RESOLVE_RESP'), {
            request: present(context.received, 'RESOLVE_INIT'),
            sent: present(context.forwarded, 'RESOLVE_INIT to the partner'),
            partner: present(context.partner, 'partner'),
            resolver: present(context.verifiedResolve, 'verified resolver').resolver,
            kms: context.kms,
            inkey: present(context.verifiedResolve, 'verified resolver').inkey,
          }),
          { keep: (resolved) => ({ resolved }) },
        ),
      ),
      checkForeignError: assign(({ context }) => {
        const sent = present(context.forwarded, 'RESOLVE_INIT to the partner');
        const inkey = present(context.partner, 'partner').psk.key;
        const message = present(context.response, 'Error');
        return settleError(context, acceptError(env, message, { sent: sent.header, auth: authOf(env, sent, inkey) }));
      }),
      makeReport: assign(({ context }) => ({ report: reportToSender(env, context) })),
    },
    guards: {
      reportToSend: ({ context }) => context.report !== undefined,
      accepted: ({ context }) => context.accepted,
      refused: ({ context }) => context.rejection?.authenticated === true,
      foreignTicket: ({ context }) => context.accepted && context.verifiedResolve?.foreignKms !== undefined,
    },
  }).createMachine({
    id: 'kms',
    context: ({ input }) => ({
      ...input,
      ...noStep,
      received: undefined,
      response: undefined,
      query: undefined,
      sender: undefined,
      verifiedRequest: undefined,
      verifiedResolve: undefined,
      fresh: false,
      envelopeFresh: false,
      keyChoice: undefined,
      TPK: undefined,
      partner: undefined,
      forwarded: undefined,
      peerErrors: [],
      report: undefined,
      granted: undefined,
      resolved: undefined,
    }),
    initial: 'idle',
    on: { '*': { actions: { type: 'illegalEvent', params: ({ event }) => ({ event: event.type }) } } },
    states: {
      idle: {
        on: {
          REQUEST_INIT_PSK: { target: 'admittingRequest', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.1.4' } },
          REQUEST_INIT_PK: { target: 'admittingRequest', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.1.4' } },
          RESOLVE_INIT_PSK: { target: 'admittingResolve', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.3.4' } },
          RESOLVE_INIT_PK: { target: 'admittingResolve', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.3.4' } },
        },
      },
      admittingRequest: {
        entry: 'admitRequest',
        always: [
          {
            guard: 'accepted',
            target: 'findingRequester',
            actions: { type: 'findSender', params: ({ context }) => ({ query: present(context.query, 'query') }) },
            meta: { clause: 'rfc6043:4.2.1.2' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      findingRequester: {
        on: { SENDER: { target: 'verifyingRequest', actions: 'keepSender', meta: { clause: 'rfc6043:4.2.1.2' } } },
      },
      verifyingRequest: {
        entry: 'verifyRequest',
        always: [
          {
            guard: 'accepted',
            target: 'checkingRequestReplay',
            actions: {
              type: 'checkReplay',
              params: ({ context }) => replayQuestion(present(context.verifiedRequest, 'verified request')),
            },
            meta: { clause: 'rfc3830:5.4' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      checkingRequestReplay: {
        on: {
          REPLAY_VERDICT: { target: 'judgingRequestReplay', actions: 'keepVerdict', meta: { clause: 'rfc3830:5.4' } },
        },
      },
      judgingRequestReplay: {
        entry: 'judgeRequestReplay',
        always: [
          {
            guard: 'accepted',
            target: 'choosingTicketKey',
            actions: { type: 'chooseTicketKey', params: ({ context }) => present(context.keyChoice, 'key choice') },
            meta: { clause: 'rfc6043:12.4' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:12.4' } },
        ],
      },
      choosingTicketKey: {
        on: { TICKET_KEY: { target: 'grantingTicket', actions: 'keepTicketKey', meta: { clause: 'rfc6043:4.1.1' } } },
      },
      grantingTicket: {
        entry: 'grant',
        always: [
          {
            guard: 'accepted',
            target: 'answered',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.granted, 'ticket').message }),
            },
            meta: { clause: 'rfc6043:4.2.1.5' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:4.2.1.4' } },
        ],
      },
      admittingResolve: {
        entry: 'admitResolve',
        always: [
          {
            guard: 'accepted',
            target: 'findingResolver',
            actions: { type: 'findSender', params: ({ context }) => ({ query: present(context.query, 'query') }) },
            meta: { clause: 'rfc6043:4.2.3.2' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      findingResolver: {
        on: { SENDER: { target: 'verifyingResolve', actions: 'keepSender', meta: { clause: 'rfc6043:4.2.3.2' } } },
      },
      verifyingResolve: {
        entry: 'verifyResolve',
        always: [
          {
            guard: 'accepted',
            target: 'checkingResolveReplay',
            actions: {
              type: 'checkReplay',
              params: ({ context }) => replayQuestion(present(context.verifiedResolve, 'verified resolver')),
            },
            meta: { clause: 'rfc3830:5.4' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      checkingResolveReplay: {
        on: {
          REPLAY_VERDICT: { target: 'judgingResolveReplay', actions: 'keepVerdict', meta: { clause: 'rfc3830:5.4' } },
        },
      },
      judgingResolveReplay: {
        entry: 'judgeResolveReplay',
        always: [
          {
            guard: 'foreignTicket',
            target: 'findingPartner',
            actions: {
              type: 'findPartner',
              params: ({ context }) => ({ kms: present(context.verifiedResolve?.foreignKms, 'other KMS') }),
            },
            meta: { clause: 'rfc6043:10' },
          },
          {
            guard: 'accepted',
            target: 'findingTicketKey',
            actions: {
              type: 'findTicketKey',
              params: ({ context }) => ({ id: present(context.verifiedResolve, 'verified resolver').tpkId }),
            },
            meta: { clause: 'rfc6043:A.1' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:12.4' } },
        ],
      },
      findingTicketKey: {
        on: { TICKET_KEY: { target: 'resolvingTicket', actions: 'keepTicketKey', meta: { clause: 'rfc6043:A.1' } } },
      },
      resolvingTicket: {
        entry: 'resolve',
        always: [
          {
            guard: 'accepted',
            target: 'answered',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.resolved, 'keys').message }),
            },
            meta: { clause: 'rfc6043:4.2.3.5' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:4.2.3.4' } },
        ],
      },
      findingPartner: {
        on: { PARTNER: { target: 'forwardingResolve', actions: 'keepPartner', meta: { clause: 'rfc6043:10' } } },
      },
      forwardingResolve: {
        entry: 'makeForwarded',
        always: [
          {
            guard: 'accepted',
            target: 'awaitingForeignResp',
            actions: {
              type: 'forward',
              params: ({ context }) => ({
                message: present(context.forwarded, 'RESOLVE_INIT to the partner'),
                kms: present(context.verifiedResolve?.foreignKms, 'other KMS'),
              }),
            },
            meta: { clause: 'rfc6043:10' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:10' } },
        ],
      },
      awaitingForeignResp: {
        on: {
          RESOLVE_RESP: { target: 'checkingForeignResp', actions: 'keepResponse', meta: { clause: 'rfc6043:10' } },
          Error: { target: 'checkingForeignError', actions: 'keepResponse', meta: { clause: 'rfc6043:5.4' } },
          END: { target: 'refused' },
        },
      },
      checkingForeignResp: {
        entry: 'checkForeignResp',
        always: [
          {
            guard: 'accepted',
            target: 'answered',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.resolved, 'keys').message }),
            },
            meta: { clause: 'rfc6043:10' },
          },
          { guard: 'refused', target: 'reporting', meta: { clause: 'rfc6043:4.2.3.6' } },
          // An unauthenticated message ends nothing: the genuine one may still come (RFC 3830, 5.1.2).
          { target: 'awaitingForeignResp', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      checkingForeignError: {
        entry: 'checkForeignError',
        always: [
          { guard: 'refused', target: 'reporting', meta: { clause: 'rfc6043:5.4' } },
          { target: 'awaitingForeignResp', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      reporting: {
        entry: 'makeReport',
        always: [
          {
            guard: 'reportToSend',
            target: 'refused',
            actions: { type: 'report', params: ({ context }) => ({ message: present(context.report, 'report') }) },
            meta: { clause: 'rfc6043:5.4' },
          },
          // Nothing is said to whoever sends a message twice, or an Error message.
          { target: 'refused', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      answered: { type: 'final' },
      refused: { type: 'final' },
    },
  });
}
