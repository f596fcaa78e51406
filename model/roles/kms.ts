/**
 * The KMS: one machine for one exchange. It authenticates first, and keeps nothing about users or tickets: keys and replay
 * verdicts come from a storage that it asks.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.4)
 * @see [RFC 6043, section 4.2.3.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.4)
 */
import { assign, setup } from 'xstate';
import {
  admitRequestInit,
  verifyRequestInit,
  type CredentialQuery,
  type VerifiedRequest,
} from '../exchange/requestInit.ts';
import { grantTicket, type Granted } from '../exchange/requestResp.ts';
import { admitResolveInit, verifyResolveInit, type VerifiedResolve } from '../exchange/resolveInit.ts';
import { resolveTicket, type Resolved } from '../exchange/resolveResp.ts';
import { attempt } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import type { Identity } from '../message/identity.ts';
import type { Message } from '../message/message.ts';
import type { Account, NamedKey } from '../policy/account.ts';
import type { GrantRules } from '../policy/grant.ts';
import type { ReplayEntry } from '../protection/freshness.ts';
import { noStep, present, settle, type StepResult } from './step.ts';

/** What the KMS starts with: its configuration, the same for every exchange. */
export interface KmsInput<B> {
  readonly rules: GrantRules<B>;
  /** The TPK that new tickets are sealed with. */
  readonly currentTPK: NamedKey<B>;
}

/** What the KMS remembers during one exchange. */
export interface KmsContext<B> extends KmsInput<B>, StepResult {
  readonly received: Message<B> | undefined;
  readonly query: CredentialQuery<B> | undefined;
  readonly account: Account<B> | undefined;
  readonly verifiedRequest: VerifiedRequest<B> | undefined;
  readonly verifiedResolve: VerifiedResolve<B> | undefined;
  /** What the replay cache said. */
  readonly fresh: boolean;
  readonly TPK: NamedKey<B> | undefined;
  readonly granted: Granted<B> | undefined;
  readonly resolved: Resolved<B> | undefined;
}

/** What can happen to the KMS. */
export type KmsEvent<B> =
  | { readonly type: 'REQUEST_INIT_PSK'; readonly message: Message<B> }
  | { readonly type: 'RESOLVE_INIT_PSK'; readonly message: Message<B> }
  | { readonly type: 'ACCOUNT'; readonly account: Account<B> | undefined }
  | { readonly type: 'REPLAY_VERDICT'; readonly fresh: boolean }
  | { readonly type: 'TICKET_KEY'; readonly key: NamedKey<B> | undefined };

/**
 * The machine of the KMS. It asks its surroundings to `send` a message, to `findAccount`, to `findTicketKey`, and to
 * `checkReplay`, which must look an entry up and remember it in one indivisible step.
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
      keepAccount: assign(({ event }) => ({ account: 'account' in event ? event.account : undefined })),
      keepVerdict: assign(({ event }) => ({ fresh: 'fresh' in event && event.fresh })),
      keepTicketKey: assign(({ event }) => ({ TPK: 'key' in event ? event.key : undefined })),
      send: (_, _params: { readonly message: Message<B> }) => {},
      findAccount: (_, _params: { readonly query: CredentialQuery<B> }) => {},
      findTicketKey: (_, _params: { readonly id: Identity<B> | undefined }) => {},
      checkReplay: (_, _params: { readonly entry: ReplayEntry<B> }) => {},
      illegalEvent: (_, _params: { readonly event: string }) => {},
      admitRequest: assign(({ context }) =>
        settle(context, admitRequestInit(env, present(context.received, 'REQUEST_INIT'), { kms: context.rules.kms }), {
          keep: (query) => ({ query }),
        }),
      ),
      verifyRequest: assign(({ context }) =>
        settle(
          context,
          verifyRequestInit(env, present(context.received, 'REQUEST_INIT'), {
            kms: context.rules.kms,
            account: context.account,
          }),
          { keep: (verifiedRequest) => ({ verifiedRequest }) },
        ),
      ),
      judgeRequestReplay: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, (need) => need('requestNotReplayed', () => context.fresh)),
          { keep: () => ({}) },
        ),
      ),
      grant: assign(({ context }) => {
        const account = present(context.account, 'account');
        return settle(
          context,
          grantTicket(env, present(context.received, 'REQUEST_INIT'), {
            rules: context.rules,
            TPK: context.currentTPK,
            requester: present(context.verifiedRequest, 'verified request').requester,
            psk: account.key,
            mayRequest: account.mayRequest,
          }),
          { keep: (granted) => ({ granted }) },
        );
      }),
      admitResolve: assign(({ context }) =>
        settle(context, admitResolveInit(env, present(context.received, 'RESOLVE_INIT'), { kms: context.rules.kms }), {
          keep: (query) => ({ query }),
        }),
      ),
      verifyResolve: assign(({ context }) =>
        settle(
          context,
          verifyResolveInit(env, present(context.received, 'RESOLVE_INIT'), {
            kms: context.rules.kms,
            account: context.account,
          }),
          { keep: (verifiedResolve) => ({ verifiedResolve }) },
        ),
      ),
      judgeResolveReplay: assign(({ context }) =>
        settle(
          context,
          attempt(env.profile, (need) => need('resolveNotReplayed', () => context.fresh)),
          { keep: () => ({}) },
        ),
      ),
      resolve: assign(({ context }) => {
        const account = present(context.account, 'account');
        return settle(
          context,
          resolveTicket(env, present(context.received, 'RESOLVE_INIT'), {
            kms: context.rules.kms,
            TPK: context.TPK,
            resolver: present(context.verifiedResolve, 'verified resolver').resolver,
            psk: account.key,
            endpointOf: account.endpointOf,
          }),
          { keep: (resolved) => ({ resolved }) },
        );
      }),
    },
    guards: { accepted: ({ context }) => context.accepted },
  }).createMachine({
    id: 'kms',
    context: ({ input }) => ({
      ...input,
      ...noStep,
      received: undefined,
      query: undefined,
      account: undefined,
      verifiedRequest: undefined,
      verifiedResolve: undefined,
      fresh: false,
      TPK: undefined,
      granted: undefined,
      resolved: undefined,
    }),
    initial: 'idle',
    on: { '*': { actions: { type: 'illegalEvent', params: ({ event }) => ({ event: event.type }) } } },
    states: {
      idle: {
        on: {
          REQUEST_INIT_PSK: { target: 'admittingRequest', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.1.4' } },
          RESOLVE_INIT_PSK: { target: 'admittingResolve', actions: 'keepMessage', meta: { clause: 'rfc6043:4.2.3.4' } },
        },
      },
      admittingRequest: {
        entry: 'admitRequest',
        always: [
          {
            guard: 'accepted',
            target: 'findingRequester',
            actions: { type: 'findAccount', params: ({ context }) => ({ query: present(context.query, 'query') }) },
            meta: { clause: 'rfc6043:4.2.1.2' },
          },
          { target: 'refused', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      findingRequester: {
        on: { ACCOUNT: { target: 'verifyingRequest', actions: 'keepAccount', meta: { clause: 'rfc6043:4.2.1.2' } } },
      },
      verifyingRequest: {
        entry: 'verifyRequest',
        always: [
          {
            guard: 'accepted',
            target: 'checkingRequestReplay',
            actions: {
              type: 'checkReplay',
              params: ({ context }) => ({ entry: present(context.verifiedRequest, 'verified request').replay }),
            },
            meta: { clause: 'rfc3830:5.4' },
          },
          { target: 'refused', meta: { clause: 'rfc6043:5.4' } },
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
          { guard: 'accepted', target: 'grantingTicket', meta: { clause: 'rfc6043:12.4' } },
          { target: 'refused', meta: { clause: 'rfc6043:12.4' } },
        ],
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
          { target: 'refused', meta: { clause: 'rfc6043:4.2.1.4' } },
        ],
      },
      admittingResolve: {
        entry: 'admitResolve',
        always: [
          {
            guard: 'accepted',
            target: 'findingResolver',
            actions: { type: 'findAccount', params: ({ context }) => ({ query: present(context.query, 'query') }) },
            meta: { clause: 'rfc6043:4.2.3.2' },
          },
          { target: 'refused', meta: { clause: 'rfc6043:5.4' } },
        ],
      },
      findingResolver: {
        on: { ACCOUNT: { target: 'verifyingResolve', actions: 'keepAccount', meta: { clause: 'rfc6043:4.2.3.2' } } },
      },
      verifyingResolve: {
        entry: 'verifyResolve',
        always: [
          {
            guard: 'accepted',
            target: 'checkingResolveReplay',
            actions: {
              type: 'checkReplay',
              params: ({ context }) => ({ entry: present(context.verifiedResolve, 'verified resolver').replay }),
            },
            meta: { clause: 'rfc3830:5.4' },
          },
          { target: 'refused', meta: { clause: 'rfc6043:5.4' } },
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
            guard: 'accepted',
            target: 'findingTicketKey',
            actions: {
              type: 'findTicketKey',
              params: ({ context }) => ({ id: present(context.verifiedResolve, 'verified resolver').tpkId }),
            },
            meta: { clause: 'rfc6043:A.1' },
          },
          { target: 'refused', meta: { clause: 'rfc6043:12.4' } },
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
          { target: 'refused', meta: { clause: 'rfc6043:4.2.3.4' } },
        ],
      },
      answered: { type: 'final' },
      refused: { type: 'final' },
    },
  });
}
