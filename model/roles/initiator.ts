/**
 * The Initiator: asks for a ticket, calls, and takes every genuine answer. After a refusal it may start over, with another request or
 * another call: nothing of what was refused is kept.
 *
 * Statements: rfc6043:4.2.1.6-5; rfc6043:4.2.2.4-3; rfc3830:5.1.1-2.
 *
 * @module
 * @see [RFC 6043, section 4.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1), Figure 1
 */
import { assign, setup } from 'xstate';
import { askForTicket, type AnyTicketRequest } from '../exchange/kmsAccess.ts';
import { acceptRequestResp, type HeldTicket } from '../exchange/requestResp.ts';
import { buildTransferInit, type Call } from '../exchange/transferInit.ts';
import { createTicket, type TicketCreation } from '../exchange/createTicket.ts';
import { acceptError, type ReportedError } from '../exchange/acceptError.ts';
import { authOf, buildError, isReportable } from '../exchange/errorMessage.ts';
import { acceptAnswer, answerAuth, keysWithoutAnswer, type AcceptedAnswer } from '../exchange/acceptAnswer.ts';
import { attempt } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Message } from '../message/message.ts';
import { noStep, present, settle, settleError, type StepResult } from './step.ts';

/** Where the Initiator gets the ticket from: it asks the KMS, it has one, or it makes one itself. */
export type TicketSource<B> =
  | { readonly from: 'KMS'; readonly request: AnyTicketRequest<B> }
  | { readonly from: 'held'; readonly held: HeldTicket<B> }
  | { readonly from: 'self'; readonly creation: TicketCreation<B> };

/** What the Initiator starts with. */
export interface InitiatorInput<B> {
  readonly source: TicketSource<B>;
  readonly call: Call<B>;
}

/** What the Initiator remembers. */
export interface InitiatorContext<B> extends InitiatorInput<B>, StepResult {
  /** The message that is being handled. */
  readonly received: Message<B> | undefined;
  /** REQUEST_INIT as sent. */
  readonly requestInit: Message<B> | undefined;
  /** The PSK or the envelope key of that message. */
  readonly requestKey: B | undefined;
  readonly held: HeldTicket<B> | undefined;
  /** TRANSFER_INIT as sent. */
  readonly transferInit: Message<B> | undefined;
  /** Error messages of the KMS and of endpoints. */
  readonly peerErrors: readonly ReportedError<B>[];
  /** The Error message that tells an endpoint why its answer was turned down; undefined if it is told nothing. */
  readonly report: Message<B> | undefined;
  /** One for each endpoint that answered. */
  readonly answers: readonly AcceptedAnswer<B>[];
}

/** What can happen to the Initiator. */
export type InitiatorEvent<B> =
  | { readonly type: 'CALL' }
  | { readonly type: 'REQUEST_RESP'; readonly message: Message<B> }
  | { readonly type: 'TRANSFER_RESP'; readonly message: Message<B> }
  | { readonly type: 'Error'; readonly message: Message<B> }
  | { readonly type: 'END' };

/**
 * The machine of the Initiator. It asks its surroundings to `send` a message, and reports an `illegalEvent` that a state
 * does not expect.
 *
 * @internal
 */
export function initiatorMachine<B>(env: Env<B>) {
  return setup({
    types: {
      context: {} as InitiatorContext<B>,
      events: {} as InitiatorEvent<B>,
      input: {} as InitiatorInput<B>,
    },
    actions: {
      keepMessage: assign(({ event }) => ({ received: 'message' in event ? event.message : undefined })),
      report: (_, _params: { readonly message: Message<B> | undefined }) => {},
      send: (_, _params: { readonly message: Message<B> }) => {},
      illegalEvent: (_, _params: { readonly event: string }) => {},
      makeRequestInit: assign(({ context }) =>
        settle(context, askForTicket(env, requestOf(context)), {
          keep: ({ message, inkey }) => ({ requestInit: message, requestKey: inkey }),
        }),
      ),
      makeTicket: assign(({ context }) =>
        settle(context, createTicket(env, creationOf(context)), { keep: (held) => ({ held }) }),
      ),
      keepTicket: assign(({ context }) => ({
        held: context.source.from === 'held' ? context.source.held : undefined,
      })),
      checkRequestResp: assign(({ context }) =>
        settle(
          context,
          acceptRequestResp(env, present(context.received, 'REQUEST_RESP'), {
            sent: present(context.requestInit, 'REQUEST_INIT'),
            request: requestOf(context),
            inkey: present(context.requestKey, 'key of the request'),
          }),
          { keep: (held) => ({ held }) },
        ),
      ),
      makeTransferInit: assign(({ context }) =>
        settle(context, buildTransferInit(env, context.call, present(context.held, 'ticket')), {
          keep: (transferInit) => ({ transferInit }),
        }),
      ),
      deriveKeys: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, () =>
            keysWithoutAnswer(env, context.call, {
              sent: present(context.transferInit, 'TRANSFER_INIT'),
              held: present(context.held, 'ticket'),
            }),
          ),
          { keep: (keys) => ({ answers: [{ keys, modifier: undefined, mac: undefined, message: undefined }] }) },
        ),
      ),
      checkTransferResp: assign(({ context }) =>
        settle(
          context,
          acceptAnswer(env, present(context.received, 'TRANSFER_RESP'), {
            sent: present(context.transferInit, 'TRANSFER_INIT'),
            held: present(context.held, 'ticket'),
            call: context.call,
            earlier: context.answers,
          }),
          { keep: (answer) => ({ answers: [...context.answers, answer] }) },
        ),
      ),
      checkRequestError: assign(({ context }) => {
        const sent = present(context.requestInit, 'REQUEST_INIT');
        const auth = authOf(env, sent, present(context.requestKey, 'key of the request'));
        return settleError(context, acceptError(env, present(context.received, 'Error'), { sent: sent.header, auth }));
      }),
      checkTransferError: assign(({ context }) => {
        const sent = present(context.transferInit, 'TRANSFER_INIT');
        const auth = authOf(env, sent, present(context.held, 'ticket').MPKi);
        return settleError(context, acceptError(env, present(context.received, 'Error'), { sent: sent.header, auth }));
      }),
      makeReport: assign(({ context }) => {
        const failed = present(context.received, 'TRANSFER_RESP');
        const rejection = present(context.rejection, 'rejection');
        if (!isReportable(failed.header, rejection)) return { report: undefined };
        // Only with its key at hand: an answer that was turned down after authentication was protected by a key that its modifier makes.
        const auth = answerAuth(env, failed, {
          sent: present(context.transferInit, 'TRANSFER_INIT'),
          held: present(context.held, 'ticket'),
        });
        return { report: buildError(env, { failed: failed.header, rejection, ...(auth ? { auth } : {}) }) };
      }),
    },
    guards: {
      accepted: ({ context }) => context.accepted,
      refused: ({ context }) => context.rejection?.authenticated === true,
      answerExpected: ({ context }) => context.accepted && context.held?.ticket.policy.flags.F === true,
      answered: ({ context }) => context.answers.length > 0,
      holdsTicket: ({ context }) => context.source?.from === 'held',
      makesTicket: ({ context }) => context.source?.from === 'self',
    },
  }).createMachine({
    id: 'initiator',
    context: ({ input }) => ({
      ...input,
      ...noStep,
      received: undefined,
      requestInit: undefined,
      requestKey: undefined,
      held: undefined,
      transferInit: undefined,
      peerErrors: [],
      report: undefined,
      answers: [],
    }),
    initial: 'idle',
    on: { '*': { actions: { type: 'illegalEvent', params: ({ event }) => ({ event: event.type }) } } },
    states: {
      idle: {
        on: {
          CALL: [
            // A ticket is used again (5.3), or came by another way than Ticket Request (4.1.1).
            {
              guard: 'holdsTicket',
              target: 'transferringTicket',
              actions: 'keepTicket',
              meta: { clause: 'rfc6043:5.3' },
            },
            { guard: 'makesTicket', target: 'creatingTicket', meta: { clause: 'rfc6043:4.1.1' } },
            { target: 'requestingTicket', meta: { clause: 'rfc6043:4.2.1' } },
          ],
        },
      },
      creatingTicket: {
        entry: 'makeTicket',
        always: [
          { guard: 'accepted', target: 'transferringTicket', meta: { clause: 'rfc6043:4.1.1' } },
          { target: 'failed', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      requestingTicket: {
        entry: 'makeRequestInit',
        always: [
          {
            guard: 'accepted',
            target: 'awaitingRequestResp',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.requestInit, 'REQUEST_INIT') }),
            },
            meta: { clause: 'rfc6043:4.2.1.2' },
          },
          { target: 'failed', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      awaitingRequestResp: {
        on: {
          REQUEST_RESP: { target: 'checkingRequestResp', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.1.6' } },
          Error: { target: 'checkingRequestError', actions: 'keepMessage', meta: { clause: 'rfc6043:5.4' } },
          END: { target: 'ended' },
        },
      },
      checkingRequestError: {
        entry: 'checkRequestError',
        always: [
          { guard: 'refused', target: 'failed', meta: { clause: 'rfc6043:5.4' } },
          // An unauthenticated Error message is a hint, and may be forged (RFC 3830, 5.1.2; weakness W16).
          { target: 'awaitingRequestResp', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      checkingRequestResp: {
        entry: 'checkRequestResp',
        always: [
          { guard: 'accepted', target: 'transferringTicket', meta: { clause: 'rfc6043:4.2.1.6' } },
          { guard: 'refused', target: 'failed', meta: { clause: 'rfc6043:4.2.1.6' } },
          // An unauthenticated message ends nothing: the genuine one may still come (RFC 3830, 5.1.2).
          { target: 'awaitingRequestResp', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      transferringTicket: {
        entry: 'makeTransferInit',
        always: [
          {
            guard: 'answerExpected',
            target: 'awaitingTransferResp',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.transferInit, 'TRANSFER_INIT') }),
            },
            meta: { clause: 'rfc6043:4.2.2.1' },
          },
          {
            guard: 'accepted',
            target: 'derivingKeys',
            actions: {
              type: 'send',
              params: ({ context }) => ({ message: present(context.transferInit, 'TRANSFER_INIT') }),
            },
            meta: { clause: 'rfc6043:6.10' },
          },
          { target: 'failed', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      derivingKeys: {
        entry: 'deriveKeys',
        always: [
          { guard: 'accepted', target: 'established', meta: { clause: 'rfc6043:5.1.3' } },
          { target: 'failed', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      awaitingTransferResp: {
        on: {
          TRANSFER_RESP: {
            target: 'checkingTransferResp',
            actions: 'keepMessage',
            meta: { clause: 'rfc6043:4.2.2.4' },
          },
          Error: { target: 'noticingError', actions: 'keepMessage', meta: { clause: 'rfc6043:5.4' } },
          END: { target: 'ended' },
        },
      },
      checkingTransferResp: {
        entry: 'checkTransferResp',
        // A bad answer is discarded, whoever sent it: another endpoint may still answer (rfc6043:4.2.2.4-2).
        always: [
          { guard: 'accepted', target: 'established', meta: { clause: 'rfc6043:4.2.2.4' } },
          { target: 'reportingAnswer', meta: { clause: 'rfc6043:4.2.2.4' } },
        ],
      },
      reportingAnswer: {
        entry: 'makeReport',
        always: [
          {
            guard: 'answered',
            target: 'established',
            actions: { type: 'report', params: ({ context }) => ({ message: context.report }) },
            meta: { clause: 'rfc6043:5.4' },
          },
          {
            target: 'awaitingTransferResp',
            actions: { type: 'report', params: ({ context }) => ({ message: context.report }) },
            meta: { clause: 'rfc6043:5.4' },
          },
        ],
      },
      // That one endpoint does not want the call ends nothing, however sure it is: another endpoint may still answer.
      noticingError: {
        entry: 'checkTransferError',
        always: [
          { guard: 'answered', target: 'established', meta: { clause: 'rfc3830:5.1.2' } },
          { target: 'awaitingTransferResp', meta: { clause: 'rfc3830:5.1.2' } },
        ],
      },
      established: {
        on: {
          Error: { target: 'noticingError', actions: 'keepMessage', meta: { clause: 'rfc6043:5.4' } },
          TRANSFER_RESP: { target: 'checkingTransferResp', actions: 'keepMessage', meta: { clause: 'rfc6043:12.2' } },
          END: { target: 'ended' },
        },
      },
      ended: { type: 'final' },
      failed: { type: 'final' },
    },
  });
}

function requestOf<B>({ source }: InitiatorInput<B>): AnyTicketRequest<B> {
  return present(source.from === 'KMS' ? source.request : undefined, 'request');
}

function creationOf<B>({ source }: InitiatorInput<B>): TicketCreation<B> {
  return present(source.from === 'self' ? source.creation : undefined, 'creation');
}
