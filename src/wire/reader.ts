/**
 * A reader that never leaves its input, knows where it is, and, if asked, takes down the layout.
 *
 * @module
 */
import { MikeyError, type MikeyErrorCode } from '../../model/error.ts';
import type { Field, Part } from './field.ts';
import type { LayoutNode } from './layout.ts';

/** A number for each of several fields. */
type Numbers<F extends readonly Field[]> = { readonly [I in keyof F]: number };

/** How a reader starts. */
export interface ReaderOptions {
  /** Offset of the first octet in the outermost input; 0 if this is the outermost one. */
  readonly offset?: number;
  /** Path of the surrounding field; empty if there is none. */
  readonly path?: string;
  /** Whether to take down the layout. */
  readonly record?: boolean;
}

/** Reads fields from left to right. Every failure is a MikeyError with code, clause, offset and path. */
export class Reader {
  readonly #octets: Uint8Array;
  readonly #base: number;
  readonly #names: string[];
  #position = 0;
  #limit: number;
  /** Where the field that was read last begins. */
  #fieldStart = 0;
  /** Nodes of the group that is being read; undefined if nothing is taken down. */
  #nodes: LayoutNode[] | undefined;

  /**
   * @param octets - the input; it is not changed, and what is read from it is copied
   * @param options - where the input lies, and whether to record
   */
  constructor(octets: Uint8Array, options: ReaderOptions = {}) {
    this.#octets = octets;
    this.#limit = octets.length;
    this.#base = options.offset ?? 0;
    this.#names = options.path ? [options.path] : [];
    this.#nodes = options.record ? [] : undefined;
  }

  /** Octets left in the innermost part of known length. */
  get remaining(): number {
    return this.#limit - this.#position;
  }

  /** The layout so far; empty unless recording. */
  get layout(): readonly LayoutNode[] {
    return this.#nodes ?? [];
  }

  /**
   * Reads an unsigned integer of whole octets.
   *
   * @throws MikeyError ERR_TRUNCATED
   */
  number(field: Field): number {
    const length = field.bits / 8;
    const value = this.#take(field, length);
    this.#nodes?.push({ ...place(field), offset: this.#base + this.#fieldStart, length, value, children: [] });
    return value;
  }

  /**
   * Reads fields that share octets, the first one in the most significant bits.
   *
   * @param fields - their widths add up to whole octets, four at most
   * @throws MikeyError ERR_TRUNCATED
   */
  packed<const F extends readonly Field[]>(fields: F): Numbers<F> {
    const width = fields.reduce((sum, field) => sum + field.bits, 0);
    const whole = this.#take(fields[0] ?? { name: '', clause: '' }, width / 8);
    let first = 0;
    const values = fields.map((field) => {
      // Division instead of shifts: 32-bit shifts would bring signs into play.
      const value = Math.floor(whole / 2 ** (width - first - field.bits)) % 2 ** field.bits;
      this.#nodes?.push({
        ...place(field),
        offset: this.#base + this.#fieldStart,
        length: width / 8,
        bits: { first, count: field.bits },
        value,
        children: [],
      });
      first += field.bits;
      return value;
    });
    return values as unknown as Numbers<F>;
  }

  /**
   * Reads octets.
   *
   * @param part - name and clause
   * @param length - how many
   * @returns a copy
   * @throws MikeyError ERR_TRUNCATED
   */
  bytes(part: Part, length: number): Uint8Array {
    this.#require(part, length);
    const value = new Uint8Array(this.#octets.subarray(this.#position, this.#position + length));
    this.#fieldStart = this.#position;
    this.#position += length;
    this.#nodes?.push({ ...place(part), offset: this.#base + this.#fieldStart, length, value, children: [] });
    return value;
  }

  /**
   * Reads a length field, and then that many octets.
   *
   * @throws MikeyError ERR_TRUNCATED
   */
  prefixed(lengthField: Field, part: Part): Uint8Array {
    return this.bytes(part, this.number(lengthField));
  }

  /**
   * Reads several fields as one named group.
   *
   * @param part - name and clause of the group
   * @param body - reads the fields
   */
  group<T>(part: Part, body: () => T): T {
    const start = this.#position;
    const outer = this.#nodes;
    const children: LayoutNode[] | undefined = outer && [];
    this.#nodes = children;
    this.#names.push(part.name);
    const result = body();
    this.#names.pop();
    this.#nodes = outer;
    if (children) {
      outer?.push({ ...place(part), offset: this.#base + start, length: this.#position - start, children });
    }
    return result;
  }

  /**
   * Reads a group of known length, which its fields must fill.
   *
   * @param part - name and clause of the group
   * @param length - length in octets
   * @throws MikeyError ERR_TRUNCATED if the group is longer than what is left, ERR_TRAILING if its fields end early
   */
  within<T>(part: Part, length: number, body: () => T): T {
    this.#require(part, length);
    const outerLimit = this.#limit;
    this.#limit = this.#position + length;
    const result = this.group(part, () => {
      const inner = body();
      this.end(part.clause);
      return inner;
    });
    this.#limit = outerLimit;
    return result;
  }

  /**
   * States that nothing is left.
   *
   * @throws MikeyError ERR_TRAILING
   */
  end(clause: string): void {
    if (this.remaining === 0) return;
    const octets = this.remaining === 1 ? '1 octet is' : `${this.remaining} octets are`;
    throw new MikeyError('ERR_TRAILING', `${octets} left over`, {
      clause,
      offset: this.#base + this.#position,
      path: this.#path(),
    });
  }

  /**
   * An error about the field that was read last, to be thrown at once.
   *
   * @param code - what kind of error
   * @param message - what is wrong with the value
   * @param part - the field
   */
  error(code: MikeyErrorCode, message: string, part: Part): MikeyError {
    return new MikeyError(code, message, {
      clause: part.clause,
      offset: this.#base + this.#fieldStart,
      path: this.#path(part.name),
    });
  }

  #take(part: Part, length: number): number {
    this.#require(part, length);
    this.#fieldStart = this.#position;
    let value = 0;
    for (let i = 0; i < length; i++) value = value * 256 + (this.#octets[this.#position + i] ?? 0);
    this.#position += length;
    return value;
  }

  #require(part: Part, length: number): void {
    if (length <= this.remaining) return;
    throw new MikeyError('ERR_TRUNCATED', `${part.name} takes ${length}, but ${this.remaining} octets are left`, {
      clause: part.clause,
      offset: this.#base + this.#position,
      path: this.#path(part.name),
    });
  }

  #path(name?: string): string {
    return [...this.#names, ...(name === undefined ? [] : [name])].join('.') || 'Message';
  }
}

function place({ name, clause }: Part): Part {
  return { name, clause };
}
