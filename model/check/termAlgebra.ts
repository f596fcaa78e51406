/**
 * The algebra over terms: every operation builds a term, and none can be undone without the key.
 *
 * @module
 */
import { tsTypes } from '../../spec/registry/timestamps.ts';
import type { Algebra, Instant, Keying, Source } from '../algebra/algebra.ts';
import { MikeyError } from '../error.ts';
import { suiteOfEncr, suiteOfMac, suiteOfPrf } from '../keys/suite.ts';
import type { Omission, Syntax, SyntaxKind, SyntaxOf } from '../message/message.ts';
import type { Payload, TicketPayload } from '../message/payload.ts';
import { isTerm, showTerm, type Term, type Terms } from './term.ts';

/** The algebra over a universe of terms. */
export function termAlgebra(terms: Terms): Algebra<Term> {
  const constant = (hex: string): Term => terms.intern({ op: 'constant', hex }, hex.length / 2);
  const nonceOf = (keying: Keying<Term>): Term => concat([keying.salt, keying.csbId, keying.t]);

  /** One term for one concatenation: flat, without empty parts, neighbouring constants merged. */
  function concat(parts: readonly Term[]): Term {
    const flat: Term[] = [];
    for (const part of parts.flatMap((term) => (term.shape.op === 'concat' ? term.shape.parts : [term]))) {
      const last = flat.at(-1);
      if (part.shape.op === 'constant' && part.shape.hex === '') continue;
      if (last?.shape.op === 'constant' && part.shape.op === 'constant') {
        flat.splice(-1, 1, constant(last.shape.hex + part.shape.hex));
      } else flat.push(part);
    }
    const [first] = flat;
    if (!first) return constant('');
    if (flat.length === 1) return first;
    return terms.intern(
      { op: 'concat', parts: flat },
      flat.reduce((sum, part) => sum + part.length, 0),
    );
  }

  /** Its length is no more than a sign that it is not empty: the model does not know how long encodings are. */
  function encoding(syntax: Syntax<Term>, omit: string): Term {
    const parts = termsIn(syntax);
    return terms.intern({ op: 'encoding', syntax, omit, parts }, parts.length === 0 ? 0 : 1);
  }

  return {
    octets: constant,
    text: (value) => constant(hexOfText(value)),
    asText: ({ shape }) => (shape.op === 'constant' ? textOfHex(shape.hex) : undefined),
    concat,
    length: (value) => value.length,
    number: (value) => {
      const { shape } = value;
      if (shape.op === 'constant' && shape.hex.length > 0 && shape.hex.length <= 8)
        return Number.parseInt(shape.hex, 16);
      throw new MikeyError('ERR_MALFORMED', `${showTerm(value)} is no number`);
    },
    equal: (a, b) => a === b,
    prf: (prfFunc, inkey, { label, length }) => {
      suiteOfPrf(prfFunc);
      return terms.intern({ op: 'prf', prfFunc, inkey, label }, length);
    },
    mac: (macAlg, key, { data }) => terms.intern({ op: 'mac', macAlg, key, data }, suiteOfMac(macAlg).macLength),
    encrypt: (encrAlg, keying, { data }) => {
      suiteOfEncr(encrAlg);
      return terms.intern({ op: 'enc', encrAlg, key: keying.key, nonce: nonceOf(keying), data }, data.length);
    },
    decrypt: (encrAlg, keying, { data }) => {
      suiteOfEncr(encrAlg);
      const nonce = nonceOf(keying);
      const { shape } = data;
      const fits = shape.op === 'enc' && shape.encrAlg === encrAlg && shape.key === keying.key && shape.nonce === nonce;
      return fits ? shape.data : terms.intern({ op: 'dec', encrAlg, key: keying.key, nonce, data }, data.length);
    },
    encode: (syntax, omit = []) => {
      const kept = withoutOmitted(syntax, omit, { nothing: constant(''), encoding });
      return encoding(kept, omit.join(' and '));
    },
    decode: <K extends SyntaxKind>(kind: K, value: Term): SyntaxOf<Term, K> => {
      const { shape } = value;
      if (shape.op === 'encoding' && shape.omit === '' && shape.syntax.kind === kind) {
        return shape.syntax as SyntaxOf<Term, K>;
      }
      throw new MikeyError('ERR_MALFORMED', `${showTerm(value)} is no ${kind}`);
    },
    timestamp: (tsType, instant) => {
      if (tsType === tsTypes.COUNTER) throw new MikeyError('ERR_TIMESTAMP', 'a COUNTER carries no time of day');
      const short = tsType === tsTypes['NTP-UTC-32'];
      const shown = short ? (instant >> 32n) << 32n : instant;
      return terms.intern({ op: 'time', tsType, instant: shown }, short ? 4 : 8);
    },
    instant: (tsType, value) =>
      value.shape.op === 'time' && value.shape.tsType === tsType ? value.shape.instant : undefined,
  };
}

/** Sources over terms: fresh values are names, and all clocks show the same time, moving on by one unit at each look. */
export function termSources(terms: Terms, start: Instant): (party: string) => Source<Term> {
  const serials = new Map<string, number>();
  let now = start;
  return (party) => ({
    random: (length, purpose) => {
      const key = `${party} ${purpose}`;
      const serial = serials.get(key) ?? 0;
      serials.set(key, serial + 1);
      return terms.intern({ op: 'name', party, purpose, serial }, length);
    },
    now: () => (now += 1n),
  });
}

/** What is needed to leave something out: the empty term, and a way to encode what remains. */
interface Blanks {
  readonly nothing: Term;
  readonly encoding: (syntax: Syntax<Term>, omit: string) => Term;
}

/** The syntax with what is left out replaced by nothing, so that it makes no difference to the term. */
function withoutOmitted(syntax: Syntax<Term>, omit: readonly Omission[], blanks: Blanks): Syntax<Term> {
  const dropMac = omit.includes('MAC field');
  const dropInitiatorData = omit.includes('Initiator Data');
  const blank = (chain: readonly Payload<Term>[]): readonly Payload<Term>[] =>
    chain.map((payload, index) => {
      if (payload.kind === 'TICKET' && dropInitiatorData) return { ...payload, initiatorData: blanks.nothing };
      if (!dropMac || index < chain.length - 1) return payload;
      if (payload.kind === 'V') return { ...payload, mac: blanks.nothing };
      if (payload.kind === 'SIGN') return { ...payload, signature: blanks.nothing };
      return payload;
    });
  switch (syntax.kind) {
    case 'Message':
      return { kind: 'Message', message: { ...syntax.message, payloads: blank(syntax.message.payloads) } };
    case 'Initiator Data':
    case 'Ticket Data':
      return { ...syntax, payloads: blank(syntax.payloads) };
    case 'TICKET': {
      const ticket = dropInitiatorData ? { ...syntax.ticket, initiatorData: blanks.nothing } : syntax.ticket;
      return { kind: 'TICKET', ticket: dropMac ? withoutTicketMac(ticket, blanks) : ticket };
    }
    case 'Key data':
      return syntax;
  }
}

/** The MAC of a ticket is that of the last V inside its Ticket Data. */
function withoutTicketMac(ticket: TicketPayload<Term>, blanks: Blanks): TicketPayload<Term> {
  const { shape } = ticket.ticketData;
  if (shape.op !== 'encoding' || shape.syntax.kind !== 'Ticket Data') return ticket;
  const kept = withoutOmitted(shape.syntax, ['MAC field'], blanks);
  return { ...ticket, ticketData: blanks.encoding(kept, 'MAC field') };
}

/** The terms that stand in a syntax, in the order of their fields. */
function termsIn(value: unknown, found: Term[] = []): readonly Term[] {
  if (isTerm(value)) found.push(value);
  else if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) termsIn(inner, found);
  }
  return found;
}

/** UTF-8 octets of a text, in hexadecimal. */
function hexOfText(value: string): string {
  return encodeURIComponent(value).replace(
    /%([0-9A-F]{2})|(.)/gsu,
    (_, escaped: string | undefined, plain: string | undefined) =>
      escaped === undefined ? (plain ?? '').charCodeAt(0).toString(16).padStart(2, '0') : escaped.toLowerCase(),
  );
}

/** The text that octets stand for; undefined if they are no UTF-8. */
function textOfHex(hex: string): string | undefined {
  try {
    return decodeURIComponent(hex.replaceAll(/../g, '%$&'));
  } catch {
    return undefined;
  }
}
