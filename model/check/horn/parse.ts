/**
 * Terms, facts and clauses as text, for theories that people write: `att(enc(K,M)) & att(K) => att(M)`.
 *
 * A variable begins with a capital, a symbol with a small letter; `[A,B,C]` is a concatenation, that is data `t3(A,B,C)`.
 *
 * @module
 */
import { fact, type Clause, type Fact } from './clauses.ts';
import { apply, variable, type Term } from './terms.ts';

/** The symbol of a concatenation of so many parts. */
export function concatSymbol(parts: number): string {
  return `t${parts}`;
}

/** Reads a term. @throws SyntaxError with the place */
export function term(text: string): Term {
  return whole(text, readTerm);
}

/** Reads a fact. @throws SyntaxError with the place */
export function factOf(text: string): Fact {
  return whole(text, readFact);
}

/** Reads facts, joined by `&`; none if the text is empty. @throws SyntaxError with the place */
export function facts(text: string): readonly Fact[] {
  return text.trim() === '' ? [] : whole(text, readFacts);
}

/** Reads a clause. @throws SyntaxError with the place */
export function clauseOf(name: string, text: string): Clause {
  return whole(text, (reader) => {
    const first = readFacts(reader);
    const [only] = first;
    if (reader.take('=>')) return { name, hypotheses: first, conclusion: readFact(reader) };
    if (!only || first.length > 1) return reader.fail('=> is missing');
    return { name, hypotheses: [], conclusion: only };
  });
}

function whole<T>(text: string, read: (reader: Reader) => T): T {
  const reader = new Reader(text);
  const result = read(reader);
  reader.end();
  return result;
}

function readFacts(reader: Reader): readonly Fact[] {
  const found = [readFact(reader)];
  while (reader.take('&')) found.push(readFact(reader));
  return found;
}

function readFact(reader: Reader): Fact {
  const name = reader.name();
  return fact(name, ...(reader.take('(') ? readArgs(reader, ')') : []));
}

function readTerm(reader: Reader): Term {
  if (reader.take('[')) {
    const parts = readArgs(reader, ']');
    return apply(concatSymbol(parts.length), ...parts);
  }
  const name = reader.name();
  if (/^[A-Z]/u.test(name)) return variable(name);
  return apply(name, ...(reader.take('(') ? readArgs(reader, ')') : []));
}

function readArgs(reader: Reader, close: string): readonly Term[] {
  const args = [readTerm(reader)];
  while (reader.take(',')) args.push(readTerm(reader));
  if (!reader.take(close)) reader.fail(`${close} is missing`);
  return args;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  take(token: string): boolean {
    this.#space();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  name(): string {
    this.#space();
    const [found] = /^[A-Za-z][A-Za-z0-9_]*/u.exec(this.#text.slice(this.#at)) ?? [];
    if (found === undefined) return this.fail('a name is missing');
    this.#at += found.length;
    return found;
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) this.fail('there is more than expected');
  }

  fail(what: string): never {
    throw new SyntaxError(`${what}: ${this.#text.slice(0, this.#at)} <HERE> ${this.#text.slice(this.#at)}`);
  }

  #space(): void {
    while (/\s/u.test(this.#text.charAt(this.#at))) this.#at += 1;
  }
}
