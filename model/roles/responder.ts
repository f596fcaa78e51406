/**
 * The Responder: rejects early what it will not accept, has the ticket resolved, verifies the caller, and answers.
 *
 * @module
 * @see [RFC 6043, section 4.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1), Figure 1
 */
import { assign, setup } from 'xstate';
import { acceptResolveResp, type ResolvedOffer } from '../exchange/acceptResolveResp.ts';
import { buildResolveInit, type ResolveRequest } from '../exchange/resolveInit.ts';
import { admitOffer, type AdmittedOffer, type Endpoint } from '../exchange/transferInit.ts';
import { answerOffer, type Answer } from '../exchange/transferResp.ts';
import { attempt } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Message } from '../message/message.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import { noStep, present, settle, type StepResult } from './step.ts';

/** What the Responder starts with. */
export interface ResponderInput<B> {
  readonly endpoint: Endpoint<B>;
  readonly request: ResolveRequest<B>;
}

/** What the Responder remembers. */
export interface ResponderContext<B> extends ResponderInput<B>, StepResult {
  /** The message that is being handled. */
  readonly received: Message<B> | undefined;
  /** TRANSFER_INIT as received. */
  readonly offer: Message<B> | undefined;
  readonly admitted: AdmittedOffer<B> | undefined;
  /** RESOLVE_INIT_PSK as sent. */
  readonly resolveInit: Message<B> | undefined;
  readonly resolved: ResolvedOffer<B> | undefined;
  /** What the replay cache said about TRANSFER_INIT. */
  readonly fresh: boolean;
  readonly answer: Answer<B> | undefined;
}

/** What can happen to the Responder. */
export type ResponderEvent<B> =
  | { readonly type: 'TRANSFER_INIT'; readonly message: Message<B> }
  | { readonly type: 'RESOLVE_RESP'; readonly message: Message<B> }
  | { readonly type: 'REPLAY_VERDICT'; readonly fresh: boolean }
  | { readonly type: 'ANSWER' }
  | { readonly type: 'END' };

/**
 * The machine of one endpoint that may answer. It asks its surroundings to `send` a message and to `checkReplay`, which must look
 * an entry up and remember it in one indivisible step.
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
      send: (_, _params: { readonly message: Message<B> }) => {},
      checkReplay: (_, _params: { readonly entry: ReplayEntry<B> }) => {},
      illegalEvent: (_, _params: { readonly event: string }) => {},
      checkOffer: assign(({ context }) =>
        settle(context, admitOffer(env, present(context.offer, 'TRANSFER_INIT'), { endpoint: context.endpoint }), {
          keep: (admitted) => ({ admitted }),
        }),
      ),
      makeResolveInit: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, () => buildResolveInit(env, context.request, present(context.admitted, 'offer').ticket)),
          { keep: (resolveInit) => ({ resolveInit }) },
        ),
      ),
      checkResolveResp: assign(({ context }) =>
        settle(
          context,
          acceptResolveResp(env, present(context.received, 'RESOLVE_RESP'), {
            offer: present(context.offer, 'TRANSFER_INIT'),
            admitted: present(context.admitted, 'offer'),
            sent: present(context.resolveInit, 'RESOLVE_INIT'),
            request: context.request,
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
          }),
          { keep: (answer) => ({ answer }) },
        ),
      ),
    },
    guards: {
      accepted: ({ context }) => context.accepted,
      refused: ({ context }) => context.rejection?.authenticated === true,
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
      resolveInit: undefined,
      resolved: undefined,
      fresh: false,
      answer: undefined,
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
          { guard: 'accepted', target: 'resolvingTicket', meta: { clause: 'rfc6043:4.2.2.2' } },
          // The early reject: the KMS never hears of it (rfc6043:4.2.2.2-3).
          { target: 'rejected', meta: { clause: 'rfc6043:4.2.2.2' } },
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
          { target: 'rejected', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      awaitingResolveResp: {
        on: {
          RESOLVE_RESP: { target: 'checkingResolveResp', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.3.6' } },
          END: { target: 'ended' },
        },
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
          { guard: 'refused', target: 'rejected', meta: { clause: 'rfc6043:4.2.3.6' } },
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
          { guard: 'accepted', target: 'ringing', meta: { clause: 'rfc6043:12.4' } },
          { target: 'rejected', meta: { clause: 'rfc6043:12.4' } },
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
          { target: 'rejected', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      established: { on: { END: { target: 'ended' } } },
      ended: { type: 'final' },
      rejected: { type: 'final' },
    },
  });
}
