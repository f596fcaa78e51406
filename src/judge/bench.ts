/**
 * What every part of the judge works with.
 *
 * @module
 */
import type { Algebra, Keying } from '../../model/algebra/algebra.ts';
import { MikeyError } from '../../model/error.ts';
import type { MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import type { KemacPayload, KeyDataPayload } from '../../model/message/payload.ts';
import { openKeys } from '../../model/protection/keyTransport.ts';
import { initializationVector } from '../crypto/keyTransport.ts';
import type { Findings, Subject } from './findings.ts';
import type { JudgedVector } from './vectorFile.ts';

/** Octets of a hexadecimal text. */
export function octetsOf(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

/** The first octets of a value, for a person: enough to tell values apart, not enough to be a key. */
export function brief(value: Uint8Array): string {
  const text = Buffer.from(value.subarray(0, 4)).toString('hex');
  return `${text}.. (${value.length} octets)`;
}

/** The surroundings of one vector. */
export class Bench {
  readonly vector: JudgedVector;
  readonly findings: Findings;
  readonly A: Algebra<Uint8Array>;
  /** What the keys of each message are derived from, by its index: an Error about it is authenticated with them. */
  readonly keyInputs = new Map<number, MessageKeyInput<Uint8Array>>();
  /** Ciphertexts by key and initialization vector. */
  readonly #keystreams = new Map<string, string>();

  constructor(vector: JudgedVector, findings: Findings, A: Algebra<Uint8Array>) {
    this.vector = vector;
    this.findings = findings;
    this.A = A;
  }

  /** Runs a part; what cannot be read becomes a finding about its subject. @returns undefined then */
  attempt<T>(subject: Subject, clause: string, body: () => T): T | undefined {
    try {
      return body();
    } catch (error) {
      if (!(error instanceof MikeyError)) throw error;
      this.findings.error(subject, error.clause ?? clause, error.message);
      return undefined;
    }
  }

  /** Compares a value with what it should be. @returns whether they are the same */
  same(
    found: Uint8Array,
    expected: Uint8Array,
    about: { readonly subject: Subject; readonly clause: string; readonly name: string },
  ): boolean {
    const holds = this.A.equal(found, expected);
    if (!holds) {
      const { subject, clause, name } = about;
      this.findings.error(subject, clause, `${name} is wrong: found ${brief(found)}, expected ${brief(expected)}`);
    }
    return holds;
  }

  /** Decrypts a KEMAC, and takes down its keystream: no two different ones may share it (findings A1, C2). */
  open(
    KEMAC: KemacPayload<Uint8Array>,
    keying: Keying<Uint8Array>,
    about: { readonly subject: Subject; readonly clause: string },
  ): readonly KeyDataPayload<Uint8Array>[] | undefined {
    const { subject, clause } = about;
    return this.attempt(subject, clause, () => {
      const iv = initializationVector(keying);
      const stream = `${Buffer.from(keying.key).toString('hex')}/${Buffer.from(iv).toString('hex')}`;
      const data = Buffer.from(KEMAC.encrData).toString('hex');
      const other = this.#keystreams.get(stream);
      if (other !== undefined && other !== data) {
        this.findings.error(subject, 'C2', 'another KEMAC has the same key and initialization vector: a two-time pad');
      }
      this.#keystreams.set(stream, data);
      return openKeys(this.A, KEMAC, keying);
    });
  }
}
