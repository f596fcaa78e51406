/**
 * The forking proxy: it carries messages between one caller and many endpoints, and understands none of them. It is not
 * trusted: what it sees is what any network entity sees.
 *
 * @module
 * @see [RFC 6043, section 3](https://www.rfc-editor.org/rfc/rfc6043.html#section-3)
 */
import { setup } from 'xstate';

/** What can happen to the proxy: it sees octets, nothing else. */
export type ProxyEvent<B> =
  | { readonly type: 'TRANSFER_INIT'; readonly octets: B }
  | { readonly type: 'TRANSFER_RESP'; readonly octets: B; readonly from: string }
  | { readonly type: 'END' };

/**
 * The machine of the proxy. It asks its surroundings to `fork` a message to all endpoints, and to `forward` an answer.
 *
 * @internal
 */
export function forkingProxyMachine<B>() {
  return setup({
    types: {
      events: {} as ProxyEvent<B>,
    },
    actions: {
      fork: (_, _params: { readonly octets: B | undefined }) => {},
      forward: (_, _params: { readonly octets: B | undefined }) => {},
      illegalEvent: (_, _params: { readonly event: string }) => {},
    },
  }).createMachine({
    id: 'forkingProxy',
    context: {},
    initial: 'idle',
    on: { '*': { actions: { type: 'illegalEvent', params: ({ event }) => ({ event: event.type }) } } },
    states: {
      idle: {
        on: {
          TRANSFER_INIT: {
            target: 'forking',
            actions: { type: 'fork', params: ({ event }) => ({ octets: event.octets }) },
            meta: { clause: 'rfc6043:12.2' },
          },
        },
      },
      forking: {
        on: {
          TRANSFER_RESP: {
            actions: { type: 'forward', params: ({ event }) => ({ octets: event.octets }) },
            meta: { clause: 'rfc6043:12.2' },
          },
          END: { target: 'ended' },
        },
      },
      ended: { type: 'final' },
    },
  });
}
