/**
 * A writer that refuses values which do not fit their fields.
 *
 * @module
 */
import { MikeyError, type MikeyErrorCode } from '../../model/error.ts';
import type { Field, Part } from './field.ts';

/** Writes fields from left to right. Every failure is a MikeyError with code, clause, offset in the output, and path. */
export class Writer {
  #octets = new Uint8Array(256);
  #length = 0;
  readonly #names: string[] = [];

  /** Octets written so far. */
  get length(): number {
    return this.#length;
  }

  /** A copy of what has been written. */
  result(): Uint8Array {
    return this.#octets.slice(0, this.#length);
  }

  /**
   * Writes an unsigned integer of whole octets.
   *
   * @throws MikeyError ERR_MALFORMED if it does not fit
   */
  number(value: number, field: Field): void {
    this.#check(value, field);
    this.#put(value, field.bits / 8);
  }

  /**
   * Writes fields that share octets, the first one in the most significant bits.
   *
   * @param values - pairs of value and field; the widths add up to whole octets, four at most
   * @throws MikeyError ERR_MALFORMED if a value does not fit
   */
  packed(values: readonly (readonly [value: number, field: Field])[]): void {
    let whole = 0;
    let width = 0;
    for (const [value, field] of values) {
      this.#check(value, field);
      whole = whole * 2 ** field.bits + value;
      width += field.bits;
    }
    this.#put(whole, width / 8);
  }

  /**
   * Writes octets whose number is fixed.
   *
   * @throws MikeyError ERR_MALFORMED if there are more or fewer than `length`
   */
  bytes(octets: Uint8Array, part: Part, length: number): void {
    if (octets.length !== length) {
      throw this.error('ERR_MALFORMED', `${part.name} is ${octets.length} octets long instead of ${length}`, part);
    }
    this.raw(octets);
  }

  /**
   * Writes a length field, and then the octets.
   *
   * @throws MikeyError ERR_MALFORMED if the length does not fit its field
   */
  prefixed(octets: Uint8Array, lengthField: Field): void {
    this.number(octets.length, lengthField);
    this.raw(octets);
  }

  /**
   * Writes a length field, and then whatever `body` writes.
   *
   * @throws MikeyError ERR_MALFORMED if the length does not fit its field
   */
  measured(lengthField: Field, body: () => void): void {
    const at = this.#length;
    this.#put(0, lengthField.bits / 8);
    const start = this.#length;
    body();
    const end = this.#length;
    this.#length = at;
    this.number(end - start, lengthField);
    this.#length = end;
  }

  /** Writes octets as they are. */
  raw(octets: Uint8Array): void {
    this.#reserve(octets.length);
    this.#octets.set(octets, this.#length);
    this.#length += octets.length;
  }

  /** Writes a group; its name becomes part of the path of errors. */
  group(part: Part, body: () => void): void {
    this.#names.push(part.name);
    body();
    this.#names.pop();
  }

  /** An error about the value that is to be written next. */
  error(code: MikeyErrorCode, message: string, part: Part): MikeyError {
    const path = [...this.#names, part.name].join('.');
    return new MikeyError(code, message, { clause: part.clause, offset: this.#length, path });
  }

  #check(value: number, field: Field): void {
    if (Number.isInteger(value) && value >= 0 && value < 2 ** field.bits) return;
    throw this.error('ERR_MALFORMED', `${value} does not fit the ${field.bits} bits of ${field.name}`, field);
  }

  #put(value: number, length: number): void {
    this.#reserve(length);
    for (let i = 0; i < length; i++) {
      this.#octets[this.#length + i] = Math.floor(value / 256 ** (length - 1 - i)) % 256;
    }
    this.#length += length;
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#octets.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#octets.length));
    grown.set(this.#octets.subarray(0, this.#length));
    this.#octets = grown;
  }
}
