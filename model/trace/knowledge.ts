/**
 * What can be computed from some keys and everything that was ever sent: the analysis behind the knowledge matrix.
 *
 * It is an attacker's view, not the roles': whoever holds keys tries them on every message of the run, also on those that were
 * meant for others. A key counts as right only where a MAC confirms it.
 *
 * @module
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import type { Algebra } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import { forkKey, type Modifier } from '../keys/forkedKeys.ts';
import { deriveMpk } from '../keys/mpk.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../keys/protectionKeys.ts';
import { deriveSessionKey } from '../keys/sessionKeys.ts';
import { saltKeyLength } from '../keys/suite.ts';
import { responseCoverage } from '../message/coverage.ts';
import type { Message } from '../message/message.ts';
import type { KeyDataPayload, TicketPayload } from '../message/payload.ts';
import { all, one, optional } from '../message/select.ts';
import { as64Bits } from '../message/timestamps.ts';
import { macHolds } from '../protection/authentication.ts';
import { isForked, isGenerating, isMpk, openKeys } from '../protection/keyTransport.ts';
import { openTicketKeys, readTicketData, ticketMacHolds } from '../ticket/baseTicket.ts';

/** A key that somebody knows, and what kind it is. */
export interface KnownKey<B> {
  readonly kind:
    | 'PSK'
    | 'ENV'
    | 'supplied key'
    | 'TPK'
    | 'MPK'
    | 'MPKi'
    | 'MPKr'
    | "MPKr'"
    | 'TGK'
    | "TGK'"
    | 'GTGK'
    | 'TEK'
    | 'SALT';
  readonly value: B;
}

/** Everything on the network, as an eavesdropper on all legs has it. */
export interface Overheard<B> {
  readonly tickets: readonly TicketPayload<B>[];
  /** Each response beside each initial message that it could belong to. */
  readonly exchanges: readonly { readonly initial: Message<B>; readonly response: Message<B> }[];
  readonly modifiers: readonly Modifier<B>[];
  readonly transfers: readonly OverheardTransfer<B>[];
}

/** A Ticket Transfer with a ticket. */
export interface OverheardTransfer<B> {
  readonly initial: Message<B>;
  readonly response: Message<B> | undefined;
  /** All messages of its crypto session bundle, those of updates included. */
  readonly bundle: readonly Message<B>[];
}

/** Sorts messages by what an eavesdropper can use them for. */
export function overhear<B>(
  A: Algebra<B>,
  messages: readonly Message<B>[],
  typeOf: (message: Message<B>) => string,
): Overheard<B> {
  const ofType = (prefix: string, suffix: string): readonly Message<B>[] =>
    messages.filter((message) => typeOf(message).startsWith(`${prefix}_${suffix}`));
  const pairs = (prefix: string): Overheard<B>['exchanges'] =>
    ofType(prefix, 'INIT').flatMap((initial) =>
      ofType(prefix, 'RESP')
        .filter((response) => A.equal(response.header.csbId, initial.header.csbId))
        .map((response) => ({ initial, response })),
    );
  const sameCsb = (a: Message<B>, b: Message<B>): boolean => A.equal(a.header.csbId, b.header.csbId);
  const hasTicket = ({ payloads }: Message<B>): boolean => payloads.some((payload) => payload.kind === 'TICKET');
  const transfers = pairs('TRANSFER').filter(({ initial }) => hasTicket(initial));
  const unanswered = ofType('TRANSFER', 'INIT').filter(
    (initial) => hasTicket(initial) && transfers.every((pair) => pair.initial !== initial),
  );
  const bundleOf = (initial: Message<B>): readonly Message<B>[] =>
    [...ofType('TRANSFER', 'INIT'), ...ofType('TRANSFER', 'RESP')].filter((message) => sameCsb(message, initial));
  return {
    tickets: messages.flatMap((message) => all(message.payloads, 'TICKET')),
    exchanges: [...pairs('REQUEST'), ...pairs('RESOLVE')],
    modifiers: messages.flatMap((message) => {
      const IDRr = optional(message.payloads, 'IDR', idRoles.IDRr);
      const RANDRkms = optional(message.payloads, 'RANDR', randRoles.RANDRkms);
      return IDRr && RANDRkms ? [{ idData: IDRr.data, RANDRkms: RANDRkms.rand }] : [];
    }),
    transfers: [...transfers, ...unanswered.map((initial) => ({ initial, response: undefined }))].map((transfer) => ({
      ...transfer,
      bundle: bundleOf(transfer.initial),
    })),
  };
}

/**
 * Everything that follows from some keys and what was overheard.
 *
 * @param given - the keys to start from
 * @returns them and all others
 */
export function derivable<B>(
  A: Algebra<B>,
  given: readonly KnownKey<B>[],
  overheard: Overheard<B>,
): readonly KnownKey<B>[] {
  const known: KnownKey<B>[] = [];
  const fresh = [...given];
  for (let key = fresh.shift(); key; key = fresh.shift()) {
    const { kind, value } = key;
    if (known.some((other) => other.kind === kind && A.equal(other.value, value))) continue;
    known.push(key);
    fresh.push(...consequences(A, key, overheard));
  }
  return known;
}

/** What one key opens or derives by itself. */
function consequences<B>(A: Algebra<B>, key: KnownKey<B>, overheard: Overheard<B>): readonly KnownKey<B>[] {
  switch (key.kind) {
    case 'TPK':
      return overheard.tickets.flatMap((ticket) => fromTicket(A, ticket, key.value));
    case 'PSK':
    case 'ENV':
      return overheard.exchanges.flatMap((exchange) => fromResponse(A, exchange, key.value));
    case 'MPKr':
    case 'TGK':
      return [
        ...forks(A, key, overheard),
        ...(key.kind === 'TGK' ? overheard.transfers.flatMap((transfer) => fromTransfer(A, transfer, key.value)) : []),
      ];
    case "TGK'":
    case 'GTGK':
    case 'supplied key':
      return overheard.transfers.flatMap((transfer) => fromTransfer(A, transfer, key.value));
    case 'MPKi':
    case "MPKr'":
      return overheard.transfers.flatMap((transfer) => fromBroughtKeys(A, transfer, key.value));
    // MPKi and MPKr of an MPK come with it, as the RAND stands in the same ticket.
    case 'MPK':
    case 'TEK':
    case 'SALT':
      return [];
  }
}

function forks<B>(A: Algebra<B>, key: KnownKey<B>, overheard: Overheard<B>): readonly KnownKey<B>[] {
  const as = key.kind === 'MPKr' ? "MPKr'" : "TGK'";
  const prfs = new Set(overheard.tickets.map((ticket) => ticket.policy.prfFunc));
  return [...prfs].flatMap((prfFunc) =>
    overheard.modifiers.map((modifier): KnownKey<B> => ({
      kind: as,
      value: forkKey(A, prfFunc, { inkey: key.value, as, modifier }),
    })),
  );
}

/** Opens a ticket, if this is its TPK. */
function fromTicket<B>(A: Algebra<B>, ticket: TicketPayload<B>, TPK: B): readonly KnownKey<B>[] {
  const data = readTicketData(A, ticket);
  if (!ticketMacHolds(A, ticket, { TPK, data })) return [];
  const RAND = data.RAND.rand;
  const { prfFunc } = ticket.policy;
  return openTicketKeys(A, ticket, { TPK, data }).flatMap((key): readonly KnownKey<B>[] =>
    isMpk(key)
      ? [
          { kind: 'MPK', value: key.key },
          { kind: 'MPKi', value: deriveMpk(A, prfFunc, { MPK: key.key, RAND, as: 'MPKi' }) },
          { kind: 'MPKr', value: deriveMpk(A, prfFunc, { MPK: key.key, RAND, as: 'MPKr' }) },
        ]
      : sessionKey(key, { forked: false }),
  );
}

/** Opens the KEMAC of REQUEST_RESP or RESOLVE_RESP, if this PSK protects it. */
function fromResponse<B>(
  A: Algebra<B>,
  { initial, response }: { readonly initial: Message<B>; readonly response: Message<B> },
  PSK: B,
): readonly KnownKey<B>[] {
  const input: MessageKeyInput<B> = {
    prfFunc: initial.header.prfFunc,
    inkey: PSK,
    direction: 'response',
    csbId: initial.header.csbId,
    RANDRi: optional(initial.payloads, 'RANDR', randRoles.RANDRi)?.rand,
    RANDRr: optional(initial.payloads, 'RANDR', randRoles.RANDRr)?.rand,
  };
  const V = one(response.payloads, 'V');
  const authKey = messageAuthKey(A, V.authAlg, input);
  if (!macHolds(A, V, { authKey, data: responseCoverage(A, response, initial) })) return [];
  const KEMAC = one(response.payloads, 'KEMAC');
  const t = as64Bits(A, one(response.payloads, 'T'));
  const keying = { ...messageEncrKeys(A, KEMAC.encrAlg, input), csbId: initial.header.csbId, t };
  const keys = openKeys(A, KEMAC, keying);
  // To the Initiator go MPKi and MPKr, to a Responder MPKi and MPKr', and forked TGKs.
  const forked = optional(response.payloads, 'RANDR', randRoles.RANDRkms) !== undefined;
  const second = forked ? "MPKr'" : 'MPKr';
  const mpks = keys.filter((key) => isMpk(key));
  return [
    ...mpks.map((key, index): KnownKey<B> => ({ kind: index === 0 ? 'MPKi' : second, value: key.key })),
    ...keys.filter((key) => !isMpk(key)).flatMap((key) => sessionKey(key, { forked })),
  ];
}

/**
 * Session keys that were brought in KEMACs of a bundle, tried with MPKi or MPKr' as the key of either direction. Under a wrong key the plaintext
 * is garbage, which hardly ever is a chain of key data and never a key that somebody uses.
 */
function fromBroughtKeys<B>(
  A: Algebra<B>,
  { initial, bundle }: OverheardTransfer<B>,
  inkey: B,
): readonly KnownKey<B>[] {
  const RANDRi = one(initial.payloads, 'RANDR', randRoles.RANDRi).rand;
  const RANDRrs = [undefined, ...bundle.map(({ payloads }) => all(payloads, 'RANDR', randRoles.RANDRr)[0]?.rand)];
  const { prfFunc, csbId } = initial.header;
  const inputs = RANDRrs.flatMap((RANDRr) =>
    (['initial', 'response'] as const).map((direction) => ({ prfFunc, inkey, direction, csbId, RANDRi, RANDRr })),
  );
  return bundle.flatMap(({ payloads }) =>
    all(payloads, 'KEMAC').flatMap((KEMAC) =>
      inputs.flatMap((input) => {
        const keying = { ...messageEncrKeys(A, KEMAC.encrAlg, input), csbId, t: as64Bits(A, one(payloads, 'T')) };
        return readable(() => openKeys(A, KEMAC, keying)).flatMap((key): readonly KnownKey<B>[] => [
          { kind: isGenerating(key) ? 'supplied key' : 'TEK', value: key.key },
          ...(key.salt === undefined ? [] : [{ kind: 'SALT', value: key.salt } as const]),
        ]);
      }),
    ),
  );
}

function readable<T>(open: () => readonly T[]): readonly T[] {
  try {
    return open();
  } catch (error) {
    if (error instanceof MikeyError) return [];
    throw error;
  }
}

/** Session keys of a transfer, with TEKs of both lengths, whatever policy was agreed; those that updates added too. */
function fromTransfer<B>(
  A: Algebra<B>,
  { initial, response, bundle }: OverheardTransfer<B>,
  inkey: B,
): readonly KnownKey<B>[] {
  const { flags } = one(initial.payloads, 'TICKET').policy;
  const { prfFunc } = initial.header;
  const RANDRi = flags.H ? one(initial.payloads, 'RANDR', randRoles.RANDRi).rand : undefined;
  const RANDRr = flags.G && response ? optional(response.payloads, 'RANDR', randRoles.RANDRr)?.rand : undefined;
  const csIds = bundle.flatMap(({ header: { map } }) =>
    map.type === 'GENERIC-ID' ? map.sessions.map((session) => session.csId) : [],
  );
  return [...new Set(csIds)].flatMap((csId): readonly KnownKey<B>[] => {
    const input = { prfFunc, inkey, csId, RANDRi, RANDRr };
    return [
      { kind: 'TEK', value: deriveSessionKey(A, 'TEK', { input, length: 16 }) },
      { kind: 'TEK', value: deriveSessionKey(A, 'TEK', { input, length: 32 }) },
      { kind: 'SALT', value: deriveSessionKey(A, 'salting', { input, length: saltKeyLength }) },
    ];
  });
}

function sessionKey<B>(key: KeyDataPayload<B>, { forked }: { readonly forked: boolean }): readonly KnownKey<B>[] {
  const kind = isForked(key) ? (forked ? "TGK'" : 'TGK') : isGenerating(key) ? 'GTGK' : 'TEK';
  const salt: readonly KnownKey<B>[] = key.salt === undefined ? [] : [{ kind: 'SALT', value: key.salt }];
  return [{ kind, value: key.key }, ...salt];
}
