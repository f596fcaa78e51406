/**
 * Builds vectors message by message, over bytes, without roles: every message can be changed before it gets its MAC.
 *
 * @module
 */
import type { Instant } from '../../../model/algebra/algebra.ts';
import { sessionKey } from '../../../model/exchange/newKeys.ts';
import { strictProfile, type Env } from '../../../model/guard/profile.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../../../model/keys/protectionKeys.ts';
import { suites, type Suite } from '../../../model/keys/suite.ts';
import { dataTypes } from '../../../spec/registry/header.ts';
import { keyDataTypes } from '../../../spec/registry/keyData.ts';
import { nameOf } from '../../../spec/registry/nameOf.ts';
import type { Header } from '../../../model/message/header.ts';
import { keyName, uri, type Identity } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { KeyDataPayload, Payload } from '../../../model/message/payload.ts';
import { one } from '../../../model/message/select.ts';
import { flagNames } from '../../../model/message/ticketPolicy.ts';
import { as64Bits, freshT, second } from '../../../model/message/timestamps.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import { sealKeys } from '../../../model/protection/keyTransport.ts';
import { createByteAlgebra } from '../../../src/crypto/byteAlgebra.ts';
import { seededSource } from '../../../src/crypto/random.ts';
import type { JudgedFork, JudgedVector } from '../../../src/judge/vectorFile.ts';
import { instantOfUnixMillis } from '../../../src/wire/time.ts';

export type Bytes = Uint8Array;
export const A = createByteAlgebra();
export const hex = (octets: Bytes): string => Buffer.from(octets).toString('hex');

/** What a test may do to a message before it gets its MAC or signature. */
export type Change = (draft: Message<Bytes>) => Message<Bytes>;

/** A message in the log. */
export interface Sent {
  readonly index: number;
  readonly message: Message<Bytes>;
  readonly from: string;
  readonly to: string;
}

/** A vector in the making. */
export class Scene {
  readonly suite: Suite;
  readonly env: Env<Bytes>;
  readonly messages: JudgedVector['messages'] = [];
  readonly secrets: JudgedVector['secrets'] & { psk_r: Record<string, string> } = { psk_r: {} };
  readonly forks: Record<string, JudgedFork> = {};
  readonly counts = new Map<string, number>();
  readonly mode: string;
  readonly letters: string;
  mpki = '';
  mpkr: string | null = null;
  context: JudgedVector['context'];
  #now: Instant = instantOfUnixMillis(Date.UTC(2026, 0, 1));

  constructor(mode: string, letters: string, suite: Suite['name'] = 'sha256') {
    this.mode = mode;
    this.letters = letters;
    this.suite = suites[suite];
    const source = seededSource(mode, letters, () => (this.#now += second));
    this.env = { algebra: A, source, profile: strictProfile };
  }

  /** Lets time pass. */
  wait(seconds: number): void {
    this.#now += BigInt(seconds) * second;
  }

  random(length: number = this.suite.keyLength): Bytes {
    return this.env.source.random(length, 'test');
  }

  id(name: string): Identity<Bytes> {
    return name.startsWith('sip:') ? uri(A, name) : keyName(A, name);
  }

  T(): Payload<Bytes> {
    return freshT(A, this.env.source.now());
  }

  now(): Instant {
    return this.env.source.now();
  }

  header(type: keyof typeof dataTypes, more: Partial<Header<Bytes>> = {}): Header<Bytes> {
    const { prfFunc } = this.suite;
    const fixed = { version: 1, dataType: dataTypes[type], v: true, prfFunc, csbId: this.random(4) };
    return { ...fixed, map: { type: 'Empty map' }, ...more };
  }

  /** A key of a type, with an SPI of its own. */
  key(type: keyof typeof keyDataTypes, key: Bytes = this.random()): KeyDataPayload<Bytes> {
    const wanted = { kind: 'Key data', type: keyDataTypes[type], key, kv: { kind: 'Null' } } as const;
    const salted = type.endsWith('SALT') ? { ...wanted, salt: new Uint8Array(14) } : wanted;
    return { ...sessionKey(this.env, salted), key };
  }

  /** Keys in a KEMAC of a message that has this T. */
  kemac(keys: readonly KeyDataPayload<Bytes>[], input: MessageKeyInput<Bytes>, T: Payload<Bytes>): Payload<Bytes> {
    const { encrAlg } = this.suite;
    const t = as64Bits(A, one([T], 'T'));
    const keying = { ...messageEncrKeys(A, encrAlg, input), csbId: input.csbId, t };
    return sealKeys(A, encrAlg, { keying, keys });
  }

  /** Adds V. */
  seal(
    draft: Message<Bytes>,
    input: MessageKeyInput<Bytes>,
    cover: (message: Message<Bytes>) => Bytes,
  ): Message<Bytes> {
    const { macAlg } = this.suite;
    const withMac = (mac: Bytes): Message<Bytes> => ({
      ...draft,
      payloads: [...draft.payloads, { kind: 'V', authAlg: macAlg, mac }],
    });
    const data = cover(withMac(new Uint8Array(0)));
    return withMac(A.mac(macAlg, messageAuthKey(A, macAlg, input), { data }));
  }

  /** Lists a message. */
  send(from: string, to: string, message: Message<Bytes>): Sent {
    const type = nameOf(dataTypes, message.header.dataType) ?? '?';
    this.messages.push({ type, from, to, hex: hex(A.encode({ kind: 'Message', message })) });
    return { index: this.messages.length - 1, message, from, to };
  }

  /** Takes down what a responder holds after an exchange. */
  holds(responder: string, fork: JudgedFork): void {
    const count = (this.counts.get(responder) ?? 0) + 1;
    this.counts.set(responder, count);
    const before = this.forks[responder];
    if (before) this.forks[`${responder}#${count - 1}`] = before;
    this.forks[responder] = fork;
  }

  #base(): Omit<JudgedVector, 'expected' | 'reject'> {
    const flags = flagsOf(this.letters);
    const policy = Object.fromEntries(flagNames.map((flag) => [flag, flags[flag]])) as typeof flags;
    const { mode, messages, context, secrets } = this;
    const base = { name: mode, mode, policy: { ...policy, prf: this.suite.prfFunc }, secrets, messages };
    return structuredClone(context ? { ...base, context } : base);
  }

  vector(): JudgedVector {
    const { mpki, mpkr, forks } = this;
    return { ...this.#base(), expected: { mpki, mpkr, forks } };
  }

  /** The same, to be turned down at a message. */
  rejected(message: number, clause = 'rfc6043:5.4-1'): JudgedVector {
    return { ...this.#base(), reject: { message, error: 'ERR', clause } };
  }
}
