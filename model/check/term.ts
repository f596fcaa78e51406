/**
 * Hash-consed terms: the second interpretation of a bit string. Two terms are the same bit string if and only if they are the
 * same object, which is the perfect-cryptography assumption.
 *
 * @module
 */
import type { EnvelopePadding, SignatureHash } from '../algebra/publicKeys.ts';
import type { Syntax } from '../message/message.ts';

/** What a term is made of. */
export type Shape =
  /** A public constant, by its octets in hexadecimal. */
  | { readonly op: 'constant'; readonly hex: string }
  /** A fresh value, by what makes it unique: who drew it, for what, and which one it was. */
  | { readonly op: 'name'; readonly party: string; readonly purpose: string; readonly serial: number }
  /** A time. */
  | { readonly op: 'time'; readonly tsType: number; readonly instant: bigint }
  /** A concatenation of at least two terms, none of them a concatenation, no two constants side by side. */
  | { readonly op: 'concat'; readonly parts: readonly Term[] }
  | { readonly op: 'prf'; readonly prfFunc: number; readonly inkey: Term; readonly label: Term }
  | { readonly op: 'mac'; readonly macAlg: number; readonly key: Term; readonly data: Term }
  /** Ciphertext; `nonce` is what the initialization vector depends on, besides the key. */
  | { readonly op: 'enc'; readonly encrAlg: number; readonly key: Term; readonly nonce: Term; readonly data: Term }
  /** What comes out if a ciphertext is opened with a key or nonce that does not fit. */
  | { readonly op: 'dec'; readonly encrAlg: number; readonly key: Term; readonly nonce: Term; readonly data: Term }
  /** The public key of a private key. */
  | { readonly op: 'public key'; readonly privateKey: Term }
  /** A signature; `salt` is empty but for PSS. */
  | {
      readonly op: 'signature';
      readonly sType: number;
      readonly hash: SignatureHash;
      readonly privateKey: Term;
      readonly salt: Term;
      readonly data: Term;
    }
  /** An envelope key under a public key; `random` is its padding. */
  | {
      readonly op: 'envelope';
      readonly padding: EnvelopePadding;
      readonly publicKey: Term;
      readonly random: Term;
      readonly data: Term;
    }
  /** What comes out if an envelope is opened with a private key or padding that does not fit. */
  | { readonly op: 'opened'; readonly padding: EnvelopePadding; readonly privateKey: Term; readonly data: Term }
  /** The hash of a certificate. */
  | { readonly op: 'hash'; readonly hashFunc: number; readonly data: Term }
  /** A certificate. Everybody can read all of it but `issuer`, the private key that signed it. */
  | {
      readonly op: 'certificate';
      readonly publicKey: Term;
      readonly identities: readonly Term[];
      readonly ca: boolean;
      readonly from: bigint;
      readonly until: bigint;
      readonly issuer: Term;
    }
  /** An encoding. The syntax keeps the terms in it apart; `omit` says what was left out. */
  | { readonly op: 'encoding'; readonly syntax: Syntax<Term>; readonly omit: string; readonly parts: readonly Term[] };

/** A term. Compare with `===`. */
export interface Term {
  /** Number in the order of creation: unique in its universe. */
  readonly id: number;
  readonly shape: Shape;
  /** Length in octets; 1 for encodings and what contains them, since the model does not know how long they are. */
  readonly length: number;
}

/** A set of terms in which equal shapes are one object. */
export class Terms {
  readonly #byKey = new Map<string, Term>();

  /** How many different terms there are. */
  get size(): number {
    return this.#byKey.size;
  }

  /**
   * The term of a shape.
   *
   * @param length - in octets
   */
  intern(shape: Shape, length: number): Term {
    const key = keyOf(shape, length);
    const known = this.#byKey.get(key);
    if (known) return known;
    const term: Term = { id: this.#byKey.size, shape, length };
    this.#byKey.set(key, term);
    return term;
  }
}

/** A string that is the same for equal shapes only: terms inside stand there by id. The most frequent shapes have a short form. */
function keyOf(shape: Shape, length: number): string {
  if (shape.op === 'constant') return `c${length}:${shape.hex}`;
  if (shape.op === 'concat') return `k${length}:${shape.parts.map((part) => part.id).join()}`;
  if (shape.op === 'prf') return `p${length}:${shape.prfFunc}:${shape.inkey.id}:${shape.label.id}`;
  if (shape.op === 'mac') return `m${length}:${shape.macAlg}:${shape.key.id}:${shape.data.id}`;
  if (shape.op === 'enc' || shape.op === 'dec') {
    return `${shape.op}${length}:${shape.encrAlg}:${shape.key.id}:${shape.nonce.id}:${shape.data.id}`;
  }
  return `[${length}]${textOf(shape)}`;
}

/** A value as text; faster than JSON with a replacer, which is what most of the time of an exploration went into. */
function textOf(value: unknown): string {
  if (isTerm(value)) return `#${value.id}`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (Array.isArray(value)) return `[${value.map((one: unknown) => textOf(one)).join()}]`;
  let text = '{';
  for (const [name, one] of Object.entries(value)) if (one !== undefined) text += `${name}:${textOf(one)},`;
  return `${text}}`;
}

/** Whether a value is a term. */
export function isTerm(value: unknown): value is Term {
  return typeof value === 'object' && value !== null && 'id' in value && 'shape' in value;
}

/** A term as text, for a person; `depth` bounds how far it goes down. */
export function showTerm(term: Term, depth = 3): string {
  const { shape } = term;
  const show = (inner: Term): string => (depth > 0 ? showTerm(inner, depth - 1) : '…');
  switch (shape.op) {
    case 'constant':
      return shape.hex === '' ? 'ε' : `0x${shape.hex}`;
    case 'name':
      return `${shape.purpose}@${shape.party}#${shape.serial}`;
    case 'time':
      return `time(${shape.instant >> 32n})`;
    case 'concat':
      return shape.parts.map(show).join(' || ');
    case 'prf':
      return `PRF(${show(shape.inkey)}, ${show(shape.label)})`;
    case 'mac':
      return `MAC(${show(shape.key)}, ${show(shape.data)})`;
    case 'enc':
      return `E(${show(shape.key)}, ${show(shape.data)})`;
    case 'dec':
      return `D(${show(shape.key)}, ${show(shape.data)})`;
    case 'public key':
      return `pub(${show(shape.privateKey)})`;
    case 'signature':
      return `SIGN(${show(shape.privateKey)}, ${show(shape.data)})`;
    case 'envelope':
      return `PKE(${show(shape.publicKey)}, ${show(shape.data)})`;
    case 'opened':
      return `open(${show(shape.privateKey)}, ${show(shape.data)})`;
    case 'hash':
      return `H(${show(shape.data)})`;
    case 'certificate':
      return `CERT(${[shape.publicKey, ...shape.identities].map(show).join(', ')})`;
    case 'encoding':
      return `<${shape.syntax.kind}${shape.omit === '' ? '' : ` without ${shape.omit}`}>`;
  }
}
