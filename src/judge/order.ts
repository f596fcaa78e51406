/**
 * Which payloads a message has, and in which order (finding A17).
 *
 * @module
 * @see [RFC 6043, section 4.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2)
 */
import type { Payload, PayloadKind } from '../../model/message/payload.ts';
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { tsRoles } from '../../spec/registry/timestamps.ts';
import type { Findings, Subject } from './findings.ts';

/** One place in a grammar. */
interface Place {
  readonly kind: PayloadKind;
  readonly role?: number;
  /** As the RFC names it. */
  readonly name: string;
  readonly least: 0 | 1;
  readonly most: number;
}

/** A grammar: places in order, and the clause that defines it. */
interface Grammar {
  readonly clause: string;
  readonly places: readonly Place[];
}

/** Reads a place from the notation of the RFC: `[X]` optional, `{X}` any number, `(X)` one or more. */
function place(notation: string): Place {
  const name = notation.replace(/[[\](){}]/g, '');
  const least = notation.startsWith('[') || notation.startsWith('{') ? 0 : 1;
  const most = notation.startsWith('{') || notation.startsWith('(') ? Number.POSITIVE_INFINITY : 1;
  if (name in idRoles) return { kind: 'IDR', role: idRoles[name as keyof typeof idRoles], name, least, most };
  if (name in randRoles) return { kind: 'RANDR', role: randRoles[name as keyof typeof randRoles], name, least, most };
  if (name in tsRoles) return { kind: 'TR', role: tsRoles[name as keyof typeof tsRoles], name, least, most };
  return { kind: name as PayloadKind, name, least, most };
}

function grammar(clause: string, notation: string): Grammar {
  return { clause, places: notation.split(' ').map(place) };
}

/** The grammars of messages. HDR is always there. */
export const messageGrammars: ReadonlyMap<string, Grammar> = new Map([
  ['REQUEST_INIT_PSK', grammar('rfc6043:4.2.1-1', 'T RANDRi [IDRi] [IDRkms] TP [IDRpsk] V')],
  ['REQUEST_INIT_PK', grammar('rfc6043:4.2.1-3', 'T RANDRi [IDRi] {CERT} [IDRkms] TP [CHASH] PKE SIGN')],
  ['REQUEST_RESP', grammar('rfc6043:4.2.1-2', 'T [IDRkms] TICKET KEMAC V')],
  ['TRANSFER_INIT', grammar('rfc6043:4.2.2-1', 'T RANDRi [IDRi] [IDRr] {SP} TICKET [KEMAC] V')],
  ['TRANSFER_RESP', grammar('rfc6043:4.2.2-2', 'T [RANDRr] [IDRr] [RANDRkms] {SP} [KEMAC] V')],
  ['RESOLVE_INIT_PSK', grammar('rfc6043:4.2.3-5', 'T RANDRr [IDRr] [IDRkms] TICKET [IDRpsk] V')],
  ['RESOLVE_INIT_PK', grammar('rfc6043:4.2.3-7', 'T RANDRr [IDRr] {CERT} [IDRkms] TICKET [CHASH] PKE SIGN')],
  ['RESOLVE_RESP', grammar('rfc6043:4.2.3-6', 'T [IDRkms] KEMAC [IDRr] [RANDRkms] V')],
]);

/** The grammars of a CSB update, by who starts it. */
export const updateGrammars = {
  initiator: {
    initial: grammar('rfc6043:5.2-2', 'T [IDRi] [IDRr] {SP} [KEMAC] V'),
    response: grammar('rfc6043:5.2-3', 'T [IDRr] {SP} [KEMAC] V'),
  },
  responder: {
    initial: grammar('rfc6043:5.2-4', 'T [IDRr] [IDRi] {SP} [KEMAC] V'),
    response: grammar('rfc6043:5.2-5', 'T [IDRi] {SP} [KEMAC] V'),
  },
} as const;

/** The grammars of Error messages, but for the V or SIGN that may end them: with or without security policies. */
export const errorGrammars = {
  kms: grammar('rfc6043:5.4-7', 'T (ERR)'),
  transfer: grammar('rfc6043:5.4-11', 'T (ERR) {SP}'),
} as const;

/** The grammar of TP Data. */
export const tpDataGrammar: Grammar = grammar(
  'rfc6043:6.10-51',
  '[IDRkms] [IDRi] [TRs] [TRe] [TRr] [KEMAC] {IDRapp} (IDRr)',
);

/** The grammar of the Ticket Data of a base ticket, after THDR. */
export const ticketDataGrammar: Grammar = grammar('rfc6043:A-5', 'T RAND KEMAC [IDRpsk] V');

/** The grammar of Initiator Data. */
export const initiatorDataGrammar: Grammar = grammar('rfc6043:6.10-74', 'V V');

/** Judges a chain of payloads. General extensions may stand anywhere (rfc3830:6.15). @returns whether it is as it should be */
export function judgeOrder(
  chain: readonly Payload<Uint8Array>[],
  rule: Grammar,
  { subject, findings }: { readonly subject: Subject; readonly findings: Findings },
): boolean {
  const rest = chain.filter((payload) => payload.kind !== 'General Ext.');
  let next = 0;
  for (const expected of rule.places) {
    let count = 0;
    while (count < expected.most && matches(rest[next], expected)) {
      next += 1;
      count += 1;
    }
    if (count < expected.least) {
      const found = rest[next];
      const instead = found ? `, found ${nameOfPayload(found)}` : '';
      findings.error(subject, rule.clause, `${expected.name} is missing or out of order${instead}`);
      return false;
    }
  }
  const left = rest[next];
  if (left) findings.error(subject, rule.clause, `${nameOfPayload(left)} does not belong here`);
  return left === undefined;
}

function matches(payload: Payload<Uint8Array> | undefined, expected: Place): boolean {
  if (payload?.kind !== expected.kind) return false;
  return expected.role === undefined || ('role' in payload && payload.role === expected.role);
}

function nameOfPayload(payload: Payload<Uint8Array>): string {
  return 'role' in payload ? `${payload.kind} of role ${payload.role}` : payload.kind;
}
