/**
 * One side of an established crypto session bundle: it starts updates, answers those of the other side, and gives up keys that were not
 * replaced in time. One machine serves Initiator and Responder; there is one instance per bundle, so at the Initiator one per
 * endpoint that answered.
 *
 * If both sides start an update at once, each answers the other's while it waits for its own answer, and both updates come into
 * effect: a crypto session that both name belongs to the one with the later T, on both sides. An update that stays unanswered, as it
 * was lost, turned down, or overtook the message that it builds on, is superseded by the next one that this side starts.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { assign, setup } from 'xstate';
import type { Instant } from '../algebra/algebra.ts';
import type { Bundle } from '../exchange/bundle.ts';
import { rekeyDeadline, withinRekeyInterval } from '../exchange/commit.ts';
import { buildUpdate, verifyUpdate, type StartedUpdate } from '../exchange/updateInit.ts';
import { acceptUpdateResp, answerUpdate, withTOf } from '../exchange/updateResp.ts';
import type { UpdateRequest } from '../exchange/updateSessions.ts';
import { attempt } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Message } from '../message/message.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import { noStep, present, settle, type StepResult } from './step.ts';

/** What the machine starts with. */
export interface BundleInput<B> {
  readonly bundle: Bundle<B>;
  /** Session keys to bring when the other side leaves the choice to this one. */
  readonly supply: UpdateRequest<B>['keys'];
}

/** What the machine remembers. */
export interface BundleContext<B> extends BundleInput<B>, StepResult {
  /** The message that is being handled. */
  readonly received: Message<B> | undefined;
  readonly request: UpdateRequest<B> | undefined;
  /** The update that this side started last. */
  readonly started: StartedUpdate<B> | undefined;
  /** The update whose answer is awaited. */
  readonly pending: StartedUpdate<B> | undefined;
  readonly replay: ReplayEntry<B> | undefined;
  /** Whether the replay cache has been asked and has not answered yet. */
  readonly verdictPending: boolean;
  /** What the replay cache said about TRANSFER_INIT. */
  readonly fresh: boolean;
  /** TRANSFER_RESP to the update of the other side, if one is to be sent. */
  readonly answer: Message<B> | undefined;
}

/** What can happen to a bundle. */
export type BundleEvent<B> =
  | { readonly type: 'UPDATE'; readonly request: UpdateRequest<B> }
  | { readonly type: 'TRANSFER_INIT'; readonly message: Message<B> }
  | { readonly type: 'TRANSFER_RESP'; readonly message: Message<B> }
  | { readonly type: 'REPLAY_VERDICT'; readonly fresh: boolean }
  | { readonly type: 'REKEY_DUE' }
  | { readonly type: 'END' };

/**
 * The machine of one side of a bundle. It asks its surroundings to `send` a message, to `checkReplay`, which must look an entry up and
 * remember it in one indivisible step, and to `scheduleRekey`: to let REKEY_DUE happen at a time, which may be undefined if the ticket
 * sets none. The first such time is `rekeyDeadline` of the bundle that the machine starts with. Until the surroundings bring
 * REPLAY_VERDICT they hold messages back.
 *
 * @internal
 */
export function bundleMachine<B>(env: Env<B>) {
  const deadline = ({ context }: { readonly context: BundleContext<B> }): { readonly at: Instant | undefined } => ({
    at: rekeyDeadline(env.algebra, context.bundle),
  });
  return setup({
    types: {
      context: {} as BundleContext<B>,
      events: {} as BundleEvent<B>,
      input: {} as BundleInput<B>,
    },
    actions: {
      keepMessage: assign(({ event }) => ({ received: 'message' in event ? event.message : undefined })),
      keepRequest: assign(({ event }) => ({ request: 'request' in event ? event.request : undefined })),
      keepVerdict: assign(({ event }) => ({ fresh: 'fresh' in event && event.fresh, verdictPending: false })),
      send: (_, _params: { readonly message: Message<B> }) => {},
      checkReplay: (_, _params: { readonly entry: ReplayEntry<B> }) => {},
      scheduleRekey: (_, _params: { readonly at: Instant | undefined }) => {},
      illegalEvent: (_, _params: { readonly event: string }) => {},
      makeUpdate: assign(({ context }) =>
        settle(context, buildUpdate(env, context.bundle, present(context.request, 'request')), {
          keep: ({ bundle, started }) => ({
            bundle,
            started,
            pending: started.request.answered ? started : undefined,
          }),
        }),
      ),
      checkUpdateInit: assign(({ context }) =>
        settle(context, verifyUpdate(env, present(context.received, 'TRANSFER_INIT'), context.bundle), {
          keep: ({ bundle, replay }) => ({ bundle, replay, verdictPending: true }),
        }),
      ),
      judgeReplay: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, (need) => need('updateNotReplayed', () => context.fresh)),
          { keep: () => ({}) },
        ),
      ),
      makeAnswer: assign(({ context }) =>
        settle(
          context,
          answerUpdate(env, context.bundle, {
            message: present(context.received, 'TRANSFER_INIT'),
            supply: context.supply,
          }),
          { keep: ({ bundle, message }) => ({ bundle, answer: message }) },
        ),
      ),
      checkUpdateResp: assign(({ context }) => {
        const response = present(context.received, 'TRANSFER_RESP');
        const started = present(context.pending, 'started update');
        const outcome = acceptUpdateResp(env, response, { bundle: context.bundle, started });
        const result = settle(context, outcome, { keep: (bundle) => ({ bundle, pending: undefined }) });
        if (outcome.accepted || !outcome.rejection.authenticated) return result;
        // The other side did answer, and there will be no other answer: the update is given up.
        return { ...result, bundle: withTOf(env, context.bundle, response), pending: undefined };
      }),
      judgeKeyAge: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, (need) =>
            need('keysWithinRekeyInterval', () => withinRekeyInterval(env, context.bundle)),
          ),
          { keep: () => ({}) },
        ),
      ),
    },
    guards: {
      accepted: ({ context }) => context.accepted,
      refused: ({ context }) => context.rejection?.authenticated === true,
      waiting: ({ context }) => context.pending !== undefined,
      acceptedWaiting: ({ context }) => context.accepted && context.pending !== undefined,
      answerToSend: ({ context }) => context.accepted && context.answer !== undefined,
      answerToSendWaiting: ({ context }) =>
        context.accepted && context.answer !== undefined && context.pending !== undefined,
      verdictStillPending: ({ context }) => context.accepted && context.verdictPending,
    },
  }).createMachine({
    id: 'bundle',
    context: ({ input }) => ({
      ...input,
      ...noStep,
      received: undefined,
      request: undefined,
      started: undefined,
      pending: undefined,
      replay: undefined,
      verdictPending: false,
      fresh: false,
      answer: undefined,
    }),
    initial: 'established',
    on: { '*': { actions: { type: 'illegalEvent', params: ({ event }) => ({ event: event.type }) } } },
    states: {
      established: {
        on: {
          UPDATE: { target: 'makingUpdate', actions: 'keepRequest', meta: { clause: 'rfc6043:5.2' } },
          TRANSFER_INIT: { target: 'checkingUpdateInit', actions: 'keepMessage', meta: { clause: 'rfc6043:5.2' } },
          REKEY_DUE: { target: 'rekeyOverdue', meta: { clause: 'rfc6043:6.10' } },
          END: { target: 'ended' },
        },
      },
      makingUpdate: {
        entry: 'makeUpdate',
        always: [
          {
            guard: 'acceptedWaiting',
            target: 'awaitingUpdateResp',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.started, 'update').message }),
            },
            meta: { clause: 'rfc6043:5.2' },
          },
          {
            guard: 'accepted',
            target: 'established',
            actions: [
              {
                type: 'send',
                params: ({ context }) => ({ message: present(context.started, 'update').message }),
              },
              { type: 'scheduleRekey', params: deadline },
            ],
            meta: { clause: 'rfc6043:5.2' },
          },
          { guard: 'waiting', target: 'awaitingUpdateResp', meta: { clause: 'rfc6043:5.4' } },
          { target: 'established', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      awaitingUpdateResp: {
        on: {
          TRANSFER_RESP: { target: 'checkingUpdateResp', actions: 'keepMessage', meta: { clause: 'rfc6043:5.2' } },
          // Both sides have started an update at once: this one is answered, and one's own goes on.
          TRANSFER_INIT: { target: 'checkingUpdateInit', actions: 'keepMessage', meta: { clause: 'rfc6043:5.2' } },
          // No answer came: another update, with another T, takes its place.
          UPDATE: { target: 'makingUpdate', actions: 'keepRequest', meta: { clause: 'rfc6043:5.2' } },
          REKEY_DUE: { target: 'rekeyOverdue', meta: { clause: 'rfc6043:6.10' } },
          END: { target: 'ended' },
        },
      },
      checkingUpdateResp: {
        entry: 'checkUpdateResp',
        always: [
          {
            guard: 'accepted',
            target: 'established',
            actions: { type: 'scheduleRekey', params: deadline },
            meta: { clause: 'rfc6043:5.2' },
          },
          { guard: 'refused', target: 'established', meta: { clause: 'rfc6043:4.2.2.4' } },
          // An unauthenticated message ends nothing: the genuine one may still come (RFC 3830, 5.1.2).
          { target: 'awaitingUpdateResp', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      checkingUpdateInit: {
        entry: 'checkUpdateInit',
        always: [
          {
            guard: 'accepted',
            target: 'checkingReplay',
            actions: { type: 'checkReplay', params: ({ context }) => ({ entry: present(context.replay, 'entry') }) },
            meta: { clause: 'rfc3830:5.4' },
          },
          { guard: 'waiting', target: 'awaitingUpdateResp', meta: { clause: 'rfc3830:5.1.2' } },
          { target: 'established', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      checkingReplay: {
        on: {
          REPLAY_VERDICT: { target: 'judgingReplay', actions: 'keepVerdict', meta: { clause: 'rfc3830:5.4' } },
          REKEY_DUE: { target: 'rekeyOverdue', meta: { clause: 'rfc6043:6.10' } },
          END: { target: 'ended' },
        },
      },
      judgingReplay: {
        entry: 'judgeReplay',
        always: [
          { guard: 'accepted', target: 'answeringUpdate', meta: { clause: 'rfc6043:12.4' } },
          { guard: 'waiting', target: 'awaitingUpdateResp', meta: { clause: 'rfc6043:12.4' } },
          { target: 'established', meta: { clause: 'rfc6043:12.4' } },
        ],
      },
      answeringUpdate: {
        entry: 'makeAnswer',
        always: [
          {
            guard: 'answerToSendWaiting',
            target: 'awaitingUpdateResp',
            actions: [
              { type: 'send', params: ({ context }) => ({ message: present(context.answer, 'TRANSFER_RESP') }) },
              { type: 'scheduleRekey', params: deadline },
            ],
            meta: { clause: 'rfc6043:5.2' },
          },
          {
            guard: 'answerToSend',
            target: 'established',
            actions: [
              { type: 'send', params: ({ context }) => ({ message: present(context.answer, 'TRANSFER_RESP') }) },
              { type: 'scheduleRekey', params: deadline },
            ],
            meta: { clause: 'rfc6043:5.2' },
          },
          {
            guard: 'acceptedWaiting',
            target: 'awaitingUpdateResp',
            actions: { type: 'scheduleRekey', params: deadline },
            meta: { clause: 'rfc6043:5.2' },
          },
          {
            guard: 'accepted',
            target: 'established',
            actions: { type: 'scheduleRekey', params: deadline },
            meta: { clause: 'rfc6043:5.2' },
          },
          { guard: 'waiting', target: 'awaitingUpdateResp', meta: { clause: 'rfc6043:5.4' } },
          { target: 'established', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      rekeyOverdue: {
        entry: 'judgeKeyAge',
        // A time that was set for keys which have been replaced since means nothing.
        always: [
          {
            guard: 'verdictStillPending',
            target: 'checkingReplay',
            actions: { type: 'scheduleRekey', params: deadline },
            meta: { clause: 'rfc6043:6.10' },
          },
          {
            guard: 'acceptedWaiting',
            target: 'awaitingUpdateResp',
            actions: { type: 'scheduleRekey', params: deadline },
            meta: { clause: 'rfc6043:6.10' },
          },
          {
            guard: 'accepted',
            target: 'established',
            actions: { type: 'scheduleRekey', params: deadline },
            meta: { clause: 'rfc6043:6.10' },
          },
          { target: 'keysExpired', meta: { clause: 'rfc6043:6.10' } },
        ],
      },
      ended: { type: 'final' },
      keysExpired: { type: 'final' },
    },
  });
}
