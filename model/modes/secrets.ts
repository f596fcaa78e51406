/**
 * The secrets of a scenario that was played, by the names that the RFC gives them.
 *
 * @module
 */
import type { Algebra } from '../algebra/algebra.ts';
import { deriveMpk } from '../keys/mpk.ts';
import type { TicketPayload } from '../message/payload.ts';
import type { NamedKey } from '../policy/account.ts';
import { isForked, isGenerating, isMpk } from '../protection/keyTransport.ts';
import { openTicketKeys, readTicketData, ticketMacHolds } from '../ticket/baseTicket.ts';
import type { Agreement, Secret } from '../trace/trace.ts';
import type { Population } from './population.ts';

/** Where to look for the TPK of a ticket. */
export interface Keyring<B> {
  readonly A: Algebra<B>;
  readonly people: Population<B>;
}

/** The TPK that seals a ticket, whoever has it. */
export function sealingKey<B>({ A, people }: Keyring<B>, ticket: TicketPayload<B>): NamedKey<B> | undefined {
  const keys = [
    ...people.kmss.flatMap((kms) => [...kms.ticketKeys, ...kms.makerKeys, ...kms.responderKeys.map((key) => key.TPK)]),
    ...people.devices.flatMap((device) => device.ownTicketKeys),
  ];
  const data = readTicketData(A, ticket);
  return keys.find((TPK) => ticketMacHolds(A, ticket, { TPK: TPK.key, data }));
}

/** MPK, MPKi, MPKr and session keys of a ticket, opened with its TPK. */
export function ticketSecrets<B>(
  keyring: Keyring<B>,
  ticket: TicketPayload<B>,
  { index, count }: { readonly index: number; readonly count: number },
): readonly Secret<B>[] {
  const { A } = keyring;
  const TPK = sealingKey(keyring, ticket);
  if (!TPK) return [];
  const data = readTicketData(A, ticket);
  const { prfFunc, flags } = ticket.policy;
  const RAND = data.RAND.rand;
  const which = count > 1 ? `#${index + 1}` : '';
  const secret = (name: string, kind: string, value: B): Secret<B> => ({
    name: `${name}${which}`,
    kind,
    value,
    ticket: index,
  });
  const all = openTicketKeys(A, ticket, { TPK: TPK.key, data });
  const sessionKeys = all.filter((key) => !isMpk(key));
  return [
    ...all
      .filter((key) => isMpk(key))
      .flatMap(({ key: MPK }) => [
        secret('MPK', 'MPK', MPK),
        secret('MPKi', 'MPKi', deriveMpk(A, prfFunc, { MPK, RAND, as: 'MPKi' })),
        ...(flags.I ? [secret('MPKr', 'MPKr', deriveMpk(A, prfFunc, { MPK, RAND, as: 'MPKr' }))] : []),
      ]),
    ...sessionKeys.map((key, place) => {
      const kind = isForked(key) ? 'TGK' : isGenerating(key) ? 'GTGK' : 'TEK';
      return { ...secret(`${kind}${nth(place, sessionKeys)}`, kind, key.key), forked: flags.I && isForked(key) };
    }),
  ];
}

/** What belongs to one exchange: forked keys, TEKs, salts. */
export function exchangeSecrets<B>(A: Algebra<B>, agreement: Agreement<B>): readonly Secret<B>[] {
  const { responder: exchange, ticket, forked } = agreement;
  const secret = (name: string, kind: string, value: B, unique = forked): Secret<B> => ({
    name: `${name}(${exchange})`,
    kind,
    value,
    ticket,
    exchange,
    forked: unique,
  });
  return [
    ...(agreement.mpkr === null || agreement.update
      ? []
      : [
          secret("MPKr'", "MPKr'", agreement.mpkr, true),
          ...agreement.ticketTgks.map((value, index) =>
            secret(`TGK'${nth(index, agreement.ticketTgks)}`, "TGK'", value, true),
          ),
        ]),
    ...agreement.supplied.map((key, index) =>
      secret(`KEY${nth(index, agreement.supplied)}`, 'supplied key', key.value, key.forked),
    ),
    ...agreement.sessions
      .filter((session) => agreement.newSessions.includes(session.csId))
      .flatMap((session) => [
        secret(`TEK${session.csId}`, 'TEK', session.tek),
        // A TEK that came without salt leaves none.
        ...(A.length(session.salt) === 0
          ? []
          : [secret(`SALT${session.csId}`, 'SALT', session.salt, forked && !agreement.carriedSalt)]),
      ]),
  ];
}

/** Which one of several, as part of a name; nothing if there is one only. */
function nth(index: number, all: readonly unknown[]): string {
  return all.length > 1 ? `[${index}]` : '';
}
