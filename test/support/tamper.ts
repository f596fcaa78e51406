/**
 * Changing messages on their way: with the keys of a run at hand also in such a way that their MACs hold again.
 *
 * Runs with one seed draw the same keys, so the keys of a first, honest run fit the second, attacked one.
 *
 * @module
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { sealInitiatorData } from '../../model/ticket/initiatorData.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { initialCoverage, responseCoverage, transferInitCoverage } from '../../model/message/coverage.ts';
import type { Message } from '../../model/message/message.ts';
import type { Payload } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import type { Intercept } from '../../model/modes/network.ts';
import type { StandardRun } from '../../model/modes/standard.ts';
import { appendV } from '../../model/protection/authentication.ts';
import { bytes } from '../../src/run/byteRun.ts';
import { only, secret, type Hop } from './runs.ts';

/** A message as a test wants it. */
export type Change = (message: Message<Uint8Array>) => Message<Uint8Array>;

/** Replaces the payloads of a message; V comes back with {@link resign}. */
export function withPayloads(
  message: Message<Uint8Array>,
  change: (payload: Payload<Uint8Array>) => readonly Payload<Uint8Array>[],
): Message<Uint8Array> {
  return { header: message.header, payloads: message.payloads.flatMap(change) };
}

/** Identity texts that MACs cover where the payloads are left out. */
const names = { alice: 'sip:alice@example.com', bob: 'sip:bob@example.com', kms: 'sip:kms@example.com' } as const;

/** Identity of a role in a message, or the one that everybody takes for granted. */
function identity(
  message: Message<Uint8Array>,
  role: number,
  otherwise: string,
): { readonly idType: number; readonly data: Uint8Array } {
  return all(message.payloads, 'IDR', role)[0] ?? { idType: 1, data: Buffer.from(otherwise) };
}

/**
 * Makes the MAC of a changed message hold again, as somebody could who has the keys.
 *
 * @param run - the honest run whose secrets are used
 * @param hop - the hop that is changed; of it only type and parties count
 * @param initial - for responses: the initial message
 */
export function resign(
  run: Pick<StandardRun<Uint8Array>, 'trace'>,
  hop: Pick<Hop, 'type' | 'from' | 'to'>,
  { message, initial }: { readonly message: Message<Uint8Array>; readonly initial?: Message<Uint8Array> },
): Message<Uint8Array> {
  const macAlg = all(message.payloads, 'V')[0]!.authAlg;
  const bare = { header: message.header, payloads: message.payloads.filter((payload) => payload.kind !== 'V') };
  const first = initial ?? message;
  const keys = {
    prfFunc: first.header.prfFunc,
    csbId: first.header.csbId,
    RANDRi: all(first.payloads, 'RANDR', randRoles.RANDRi)[0]?.rand,
    RANDRr: all(first.payloads, 'RANDR', randRoles.RANDRr)[0]?.rand,
  };
  const sign = (inkey: Uint8Array, cover: (draft: Message<Uint8Array>) => Uint8Array): Message<Uint8Array> => {
    const direction = initial ? ('response' as const) : ('initial' as const);
    return appendV(bytes, bare, {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, { ...keys, inkey, direction }),
      cover,
    });
  };
  const kms = identity(first, idRoles.IDRkms, names.kms);
  switch (hop.type) {
    case 'REQUEST_INIT_PSK':
      return sign(secret(run, 'PSK(alice)'), (draft) =>
        initialCoverage(bytes, draft, [identity(first, idRoles.IDRi, names.alice), kms]),
      );
    case 'RESOLVE_INIT_PSK': {
      const resolver = identity(first, idRoles.IDRr, `sip:${hop.from}@example.com`);
      return sign(secret(run, `PSK(${hop.from})`), (draft) => initialCoverage(bytes, draft, [resolver, kms]));
    }
    case 'REQUEST_RESP':
      return sign(secret(run, 'PSK(alice)'), (draft) => responseCoverage(bytes, draft, initial!));
    case 'RESOLVE_RESP':
      return sign(secret(run, `PSK(${hop.to})`), (draft) => responseCoverage(bytes, draft, initial!));
    case 'TRANSFER_INIT': {
      const parties = [identity(first, idRoles.IDRi, names.alice), identity(first, idRoles.IDRr, names.bob)];
      const signed = sign(secret(run, 'MPKi'), (draft) => transferInitCoverage(bytes, draft, parties));
      const ticket = only(signed, 'TICKET');
      if (!ticket.policy.flags.I) return signed;
      const initiatorData = sealInitiatorData(bytes, only(signed, 'V'), {
        prfFunc: ticket.policy.prfFunc,
        MPKr: secret(run, 'MPKr'),
      });
      return withPayloads(signed, (payload) => [payload.kind === 'TICKET' ? { ...payload, initiatorData } : payload]);
    }
    case 'TRANSFER_RESP': {
      const RANDRr = all(message.payloads, 'RANDR', randRoles.RANDRr)[0]?.rand;
      const device = hop.from === 'proxy' ? 'bob-phone' : hop.from;
      const inkey = run.trace.secrets.some((one) => one.name === `MPKr'(${device})`)
        ? secret(run, `MPKr'(${device})`)
        : secret(run, 'MPKi');
      const authKey = messageAuthKey(bytes, macAlg, { ...keys, RANDRr, inkey, direction: 'response' });
      return appendV(bytes, bare, { macAlg, authKey, cover: (draft) => responseCoverage(bytes, draft, initial!) });
    }
    default:
      throw new Error(`cannot sign ${hop.type}`);
  }
}

/** An interceptor that changes the first message of a type that goes to a party, and passes on everything else. */
export function changing(type: string, to: string, change: (hop: Hop) => readonly Uint8Array[]): Intercept<Uint8Array> {
  let done = false;
  return (hop) => {
    if (done || hop.type !== type || hop.to !== to) return [hop.octets];
    done = true;
    return change(hop);
  };
}

/** Octets of a message. */
export function encoded(message: Message<Uint8Array>): Uint8Array {
  return bytes.encode({ kind: 'Message', message });
}
