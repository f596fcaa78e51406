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
  // The caller tells one endpoint that its answer was turned down (rfc6043:5.4).
  | { readonly type: 'Error'; readonly octets: B; readonly to: string | undefined }
  | { readonly type: 'END' };

/**
 * The machine of the proxy. It asks its surroundings to `fork` a message to all endpoints, to `forward` an answer, and to `return` to an
 * endpoint what the caller says to its answer.
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
      return: (_, _params: { readonly octets: B | undefined; readonly to: string | undefined }) => {},
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
          Error: {
            actions: { type: 'return', params: ({ event }) => ({ octets: event.octets, to: event.to }) },
            meta: { clause: 'rfc6043:5.4' },
          },
          END: { target: 'ended' },
        },
      },
      ended: { type: 'final' },
    },
  });
}
