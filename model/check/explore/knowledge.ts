/**
 * What an attacker can compute: a Dolev-Yao attacker over hash-consed terms, with perfect cryptography.
 *
 * Analysis takes apart what was heard: encodings, concatenations, and ciphertexts whose key can be made. Synthesis asks whether a term can be
 * made out of what analysis left. A value of this class is never changed: hearing something more gives a new one.
 *
 * Limits of the abstraction: a ciphertext cannot be changed without its key, but for the bits that a recipe flips; lengths and time leak
 * nothing; a key stream that is used twice leaks nothing.
 *
 * @module
 */
import type { Shape, Term } from '../term.ts';

type Ciphertext = Extract<Shape, { readonly op: 'enc' }>;

/** What the attacker knows. */
export class Knowledge {
  /** What was heard, and all that it falls apart into. */
  readonly #parts: ReadonlySet<Term>;
  /** Ciphertexts that could not be opened so far. */
  readonly #closed: readonly Term[];
  /** Who draws fresh values for the attacker. */
  readonly #self: string;
  readonly #made = new Map<Term, boolean>();

  private constructor(parts: ReadonlySet<Term>, closed: readonly Term[], self: string) {
    this.#parts = parts;
    this.#closed = closed;
    this.#self = self;
  }

  /** Knows what everybody knows, and what it draws itself under the name of a party. */
  static of(self: string): Knowledge {
    return new Knowledge(new Set(), [], self);
  }

  /** How many terms analysis gave. */
  get size(): number {
    return this.#parts.size;
  }

  /** Everything that analysis gave. */
  get parts(): ReadonlySet<Term> {
    return this.#parts;
  }

  /** The knowledge after hearing more. */
  learn(heard: readonly Term[]): Knowledge {
    if (heard.every((term) => this.#parts.has(term))) return this;
    const parts = new Set(this.#parts);
    let closed = [...this.#closed];
    const fresh = [...heard];
    for (;;) {
      for (let term = fresh.pop(); term; term = fresh.pop()) {
        if (parts.has(term)) continue;
        parts.add(term);
        if (term.shape.op === 'enc' || term.shape.op === 'envelope') closed.push(term);
        else fresh.push(...contents(term.shape));
      }
      // A key that came late opens what was heard before.
      const now = new Knowledge(parts, closed, this.#self);
      const opened = closed.filter((term) => now.#opens(term));
      if (opened.length === 0) return now;
      closed = closed.filter((term) => !opened.includes(term));
      for (const { shape } of opened) if (shape.op === 'enc' || shape.op === 'envelope') fresh.push(shape.data);
    }
  }

  /** Whether the attacker can make a term. */
  canDerive(term: Term): boolean {
    const known = this.#made.get(term);
    if (known !== undefined) return known;
    const made = this.#parts.has(term) || this.#canBuild(term);
    this.#made.set(term, made);
    return made;
  }

  #opens({ shape }: Term): boolean {
    if (shape.op === 'enc') return this.canDerive(shape.key) && this.canDerive((shape satisfies Ciphertext).nonce);
    return shape.op === 'envelope' && [...this.#parts].some((part) => isPrivateKeyOf(part, shape.publicKey));
  }

  #canBuild({ shape }: Term): boolean {
    const all = (terms: readonly Term[]): boolean => terms.every((one) => this.canDerive(one));
    switch (shape.op) {
      case 'constant':
      case 'time':
        return true;
      case 'name':
        return shape.party === this.#self;
      case 'concat':
      case 'encoding':
        return all(shape.parts);
      case 'prf':
        return all([shape.inkey, shape.label]);
      case 'mac':
        return all([shape.key, shape.data]);
      case 'enc':
      case 'dec':
        return all([shape.key, shape.nonce, shape.data]);
      case 'public key':
        return this.canDerive(shape.privateKey);
      case 'signature':
        return all([shape.privateKey, shape.salt, shape.data]);
      case 'envelope':
        return all([shape.publicKey, shape.random, shape.data]);
      case 'opened':
        return all([shape.privateKey, shape.data]);
      case 'hash':
        return this.canDerive(shape.data);
      case 'certificate':
        return all([shape.publicKey, ...shape.identities, shape.issuer]);
    }
  }
}

/** What a term falls apart into without any key. */
function contents(shape: Shape): readonly Term[] {
  if (shape.op === 'concat' || shape.op === 'encoding') return shape.parts;
  if (shape.op === 'signature') return [shape.data];
  return shape.op === 'certificate' ? [shape.publicKey, ...shape.identities] : [];
}

function isPrivateKeyOf(term: Term, publicKey: Term): boolean {
  return publicKey.shape.op === 'public key' && publicKey.shape.privateKey === term;
}
