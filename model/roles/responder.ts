/**
 * The Responder: rejects early what it will not accept, has the ticket resolved, verifies the caller, and answers.
 *
 * @module
 * @see [RFC 6043, section 4.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1), Figure 1
 */
import { assign, setup } from 'xstate';
import { acceptError } from '../exchange/acceptError.ts';
import { chooseResolution, ticketMemoryQuery, type TicketMemoryQuery } from '../exchange/chooseResolution.ts';
import { authOf } from '../exchange/errorMessage.ts';
import { askForKeys } from '../exchange/kmsAccess.ts';
import { admitOffer } from '../exchange/transferInit.ts';
import { answerOffer, ownAnswerAuth } from '../exchange/transferResp.ts';
import { acceptKeptResolution, acceptOwnTicketKey, acceptResolveResp } from '../exchange/verifyOffer.ts';
import { attempt } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Message } from '../message/message.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import {
  remembered,
  reportToCaller,
  waiting,
  type Remembered,
  type ResponderContext,
  type ResponderEvent,
  type ResponderInput,
} from './responderContext.ts';
import { noStep, present, settle, settleError } from './step.ts';

/**
 * The machine of one endpoint that may answer. It asks its surroundings to `send` a message, to `recallTicket`, to `rememberTicket`, and
 * to `checkReplay`, which must look an entry up and remember it in one indivisible step.
 *
 * @internal
 */
export function responderMachine<B>(env: Env<B>) {
  return setup({
    types: {
      context: {} as ResponderContext<B>,
      events: {} as ResponderEvent<B>,
      input: {} as ResponderInput<B>,
    },
    actions: {
      keepMessage: assign(({ event }) => ({ received: 'message' in event ? event.message : undefined })),
      keepOffer: assign(({ event }) => ({ offer: 'message' in event ? event.message : undefined })),
      keepVerdict: assign(({ event }) => ({ fresh: 'fresh' in event && event.fresh })),
      keepMemory: assign(({ event }) => ({ memory: 'memory' in event ? event.memory : undefined })),
      send: (_, _params: { readonly message: Message<B> }) => {},
      report: (_, _params: { readonly message: Message<B> }) => {},
      recallTicket: (_, _params: { readonly query: TicketMemoryQuery<B> }) => {},
      rememberTicket: (_, _params: Remembered<B>) => {},
      checkReplay: (_, _params: { readonly entry: ReplayEntry<B> }) => {},
      illegalEvent: (_, _params: { readonly event: string }) => {},
      checkOffer: assign(({ context }) =>
        settle(context, admitOffer(env, present(context.offer, 'TRANSFER_INIT'), { endpoint: context.endpoint }), {
          keep: (admitted) => ({ admitted, query: ticketMemoryQuery(env, admitted) }),
        }),
      ),
      chooseWay: assign(({ context }) =>
        settle(
          context,
          chooseResolution(env, present(context.admitted, 'offer'), {
            memory: present(context.memory, 'memory'),
            endpoint: context.endpoint,
          }),
          { keep: (way) => ({ way }) },
        ),
      ),
      checkOfferWithKept: assign(({ context }) => {
        const way = present(context.way?.from === 'kept' ? context.way : undefined, 'kept resolution');
        return settle(context, acceptKeptResolution(env, way.resolution, waiting(context)), {
          keep: (resolved) => ({ resolved }),
        });
      }),
      openTicket: assign(({ context }) => {
        const way = present(context.way?.from === 'ticket key' ? context.way : undefined, 'TPK');
        const responder = context.endpoint.identity;
        return settle(context, acceptOwnTicketKey(env, way.TPK, { ...waiting(context), responder }), {
          keep: (resolved) => ({ resolved }),
        });
      }),
      makeResolveInit: assign(({ context }) =>
        settle(context, askForKeys(env, context.request, present(context.admitted, 'offer').ticket), {
          keep: ({ message, inkey }) => ({ resolveInit: message, resolveKey: inkey }),
        }),
      ),
      checkResolveResp: assign(({ context }) =>
        settle(
          context,
          acceptResolveResp(env, present(context.received, 'RESOLVE_RESP'), {
            ...waiting(context),
            sent: present(context.resolveInit, 'RESOLVE_INIT'),
            request: context.request,
            inkey: present(context.resolveKey, 'key of the request'),
          }),
          { keep: (resolved) => ({ resolved }) },
        ),
      ),
      judgeReplay: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, (need) => need('offerNotReplayed', () => context.fresh)),
          { keep: () => ({}) },
        ),
      ),
      makeAnswer: assign(({ context }) =>
        settle(
          context,
          answerOffer(env, {
            offer: present(context.offer, 'TRANSFER_INIT'),
            admitted: present(context.admitted, 'offer'),
            resolved: present(context.resolved, 'keys'),
            policies: context.endpoint.policies,
            supplied: context.endpoint.supplied ?? [],
          }),
          { keep: (answer) => ({ answer }) },
        ),
      ),
      checkResolveError: assign(({ context }) => {
        const sent = present(context.resolveInit, 'RESOLVE_INIT');
        const auth = authOf(env, sent, present(context.resolveKey, 'key of the request'));
        return settleError(context, acceptError(env, present(context.received, 'Error'), { sent: sent.header, auth }));
      }),
      checkCallerError: assign(({ context }) => {
        const answer = context.answer?.message;
        const sent = answer ?? present(context.offer, 'TRANSFER_INIT');
        const auth =
          answer && ownAnswerAuth(env, answer, { ...waiting(context), resolved: present(context.resolved, 'keys') });
        const message = present(context.received, 'Error');
        return settleError(context, acceptError(env, message, { sent: sent.header, ...(auth ? { auth } : {}) }));
      }),
      makeReport: assign(({ context }) => ({ report: reportToCaller(env, context) })),
    },
    guards: {
      accepted: ({ context }) => context.accepted,
      refused: ({ context }) => context.rejection?.authenticated === true,
      reportToSend: ({ context }) => context.report !== undefined,
      hasKept: ({ context }) => context.accepted && context.way?.from === 'kept',
      hasTicketKey: ({ context }) => context.accepted && context.way?.from === 'ticket key',
      answerToSend: ({ context }) => context.accepted && context.answer?.message !== undefined,
    },
  }).createMachine({
    id: 'responder',
    context: ({ input }) => ({
      ...input,
      ...noStep,
      received: undefined,
      offer: undefined,
      admitted: undefined,
      query: undefined,
      memory: undefined,
      way: undefined,
      resolveInit: undefined,
      resolveKey: undefined,
      resolved: undefined,
      fresh: false,
      answer: undefined,
      peerErrors: [],
      report: undefined,
    }),
    initial: 'idle',
    on: { '*': { actions: { type: 'illegalEvent', params: ({ event }) => ({ event: event.type }) } } },
    states: {
      idle: {
        on: {
          TRANSFER_INIT: { target: 'checkingTransferInit', actions: 'keepOffer', meta: { clause: 'rfc6043:4.2.2.2' } },
        },
      },
      checkingTransferInit: {
        entry: 'checkOffer',
        always: [
          {
            guard: 'accepted',
            target: 'recallingTicket',
            actions: { type: 'recallTicket', params: ({ context }) => ({ query: present(context.query, 'query') }) },
            meta: { clause: 'rfc6043:4.2.2.2' },
          },
          // The early reject: the KMS never hears of it (rfc6043:4.2.2.2-3).
          { target: 'reporting', meta: { clause: 'rfc6043:4.2.2.2' } },
        ],
      },
      recallingTicket: {
        on: {
          TICKET_MEMORY: { target: 'choosingResolution', actions: 'keepMemory', meta: { clause: 'rfc6043:5.3' } },
          END: { target: 'ended' },
        },
      },
      choosingResolution: {
        entry: 'chooseWay',
        always: [
          { guard: 'hasKept', target: 'usingKeptResolution', meta: { clause: 'rfc6043:5.3' } },
          { guard: 'hasTicketKey', target: 'openingTicket', meta: { clause: 'rfc6043:4.1.1' } },
          { guard: 'accepted', target: 'resolvingTicket', meta: { clause: 'rfc6043:4.2.3' } },
          { target: 'reporting', meta: { clause: 'rfc6043:5.3' } },
        ],
      },
      usingKeptResolution: {
        entry: 'checkOfferWithKept',
        always: [
          {
            guard: 'accepted',
            target: 'checkingReplay',
            actions: {
              type: 'checkReplay',
              params: ({ context }) => ({ entry: present(context.resolved, 'keys').replay }),
            },
            meta: { clause: 'rfc6043:5.3' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:4.2.3.6' } },
        ],
      },
      openingTicket: {
        entry: 'openTicket',
        always: [
          {
            guard: 'accepted',
            target: 'checkingReplay',
            actions: {
              type: 'checkReplay',
              params: ({ context }) => ({ entry: present(context.resolved, 'keys').replay }),
            },
            meta: { clause: 'rfc6043:4.1.1' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:4.2.3.6' } },
        ],
      },
      resolvingTicket: {
        entry: 'makeResolveInit',
        always: [
          {
            guard: 'accepted',
            target: 'awaitingResolveResp',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.resolveInit, 'RESOLVE_INIT') }),
            },
            meta: { clause: 'rfc6043:4.2.3.2' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      awaitingResolveResp: {
        on: {
          RESOLVE_RESP: { target: 'checkingResolveResp', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.3.6' } },
          Error: { target: 'checkingResolveError', actions: 'keepMessage', meta: { clause: 'rfc6043:5.4' } },
          END: { target: 'ended' },
        },
      },
      checkingResolveError: {
        entry: 'checkResolveError',
        always: [
          { guard: 'refused', target: 'reporting', meta: { clause: 'rfc6043:5.4' } },
          { target: 'awaitingResolveResp', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      checkingResolveResp: {
        entry: 'checkResolveResp',
        always: [
          {
            guard: 'accepted',
            target: 'checkingReplay',
            actions: {
              type: 'checkReplay',
              params: ({ context }) => ({ entry: present(context.resolved, 'keys').replay }),
            },
            meta: { clause: 'rfc3830:5.4' },
          },
          { guard: 'refused', target: 'reporting', meta: { clause: 'rfc6043:4.2.3.6' } },
          // An unauthenticated message ends nothing: the genuine one may still come (RFC 3830, 5.1.2).
          { target: 'awaitingResolveResp', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      checkingReplay: {
        on: {
          REPLAY_VERDICT: { target: 'judgingReplay', actions: 'keepVerdict', meta: { clause: 'rfc3830:5.4' } },
          END: { target: 'ended' },
        },
      },
      judgingReplay: {
        entry: 'judgeReplay',
        always: [
          {
            guard: 'accepted',
            target: 'ringing',
            actions: { type: 'rememberTicket', params: ({ context }) => remembered(context) },
            meta: { clause: 'rfc6043:12.4' },
          },
          { target: 'reporting', meta: { clause: 'rfc6043:12.4' } },
        ],
      },
      ringing: {
        on: {
          ANSWER: { target: 'answering', meta: { clause: 'rfc6043:4.2.2.3' } },
          END: { target: 'ended' },
        },
      },
      answering: {
        entry: 'makeAnswer',
        always: [
          {
            guard: 'answerToSend',
            target: 'established',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.answer?.message, 'TRANSFER_RESP') }),
            },
            meta: { clause: 'rfc6043:4.2.2.3' },
          },
          { guard: 'accepted', target: 'established', meta: { clause: 'rfc6043:6.10' } },
          { target: 'reporting', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      established: {
        on: {
          Error: { target: 'checkingCallerError', actions: 'keepMessage', meta: { clause: 'rfc6043:5.4' } },
          END: { target: 'ended' },
        },
      },
      checkingCallerError: {
        entry: 'checkCallerError',
        always: [
          // The caller turned the answer down, in an Error message that only it can have made.
          { guard: 'refused', target: 'rejected', meta: { clause: 'rfc6043:5.4' } },
          { target: 'established', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      reporting: {
        entry: 'makeReport',
        always: [
          {
            guard: 'reportToSend',
            target: 'rejected',
            actions: { type: 'report', params: ({ context }) => ({ message: present(context.report, 'report') }) },
            meta: { clause: 'rfc6043:5.4' },
          },
          { target: 'rejected', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      ended: { type: 'final' },
      rejected: { type: 'final' },
    },
  });
}
