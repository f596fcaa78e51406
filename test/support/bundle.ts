/**
 * Bundles of finished calls, and two machines that update one over a wire in the hands of the test.
 *
 * @module
 */
import { initialTransition, transition, type AnyMachineSnapshot } from 'xstate';
import type { Algebra } from '../../model/algebra/algebra.ts';
import type { AcceptedAnswer } from '../../model/exchange/acceptAnswer.ts';
import type { ResolvedOffer } from '../../model/exchange/verifyOffer.ts';
import { openBundle, type Bundle, type EstablishedCall, type Side } from '../../model/exchange/bundle.ts';
import type { HeldTicket } from '../../model/exchange/requestResp.ts';
import type { AdmittedOffer } from '../../model/exchange/transferInit.ts';
import type { Answer } from '../../model/exchange/transferResp.ts';
import type { UpdateRequest } from '../../model/exchange/updateSessions.ts';
import type { Rejection } from '../../model/guard/checker.ts';
import type { CheckName } from '../../model/guard/catalogue.ts';
import { strictProfile, type Env, type Profile } from '../../model/guard/profile.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { responseCoverage, transferInitCoverage } from '../../model/message/coverage.ts';
import type { Message } from '../../model/message/message.ts';
import { lastV } from '../../model/message/select.ts';
import { second } from '../../model/message/timestamps.ts';
import { messageTypeName } from '../../model/modes/messageTypeName.ts';
import type { Actor, Interpretation, RoleEvent } from '../../model/modes/network.ts';
import { runStandard, type StandardOptions } from '../../model/modes/standard.ts';
import { ReplayCache } from '../../model/modes/storage.ts';
import { flagsOf } from '../../model/policy/flags.ts';
import { aesCm128HmacSha1, aesCm256HmacSha1 } from '../../model/policy/securityPolicy.ts';
import { appendV } from '../../model/protection/authentication.ts';
import { readTpData, writeTpData } from '../../model/policy/tpData.ts';
import { bundleMachine, type BundleContext } from '../../model/roles/bundle.ts';
import { interpretation } from '../../src/run/byteRun.ts';

/** The strict flags, and L and M: both sides may bring session keys. */
export const bothBringKeys = 'DEFGHIJLMNO';

/** What can be chosen about a pair. */
export interface PairOptions extends StandardOptions {
  /** Checks that both sides leave out in updates. */
  readonly without?: readonly CheckName[];
  /** Session keys that each side brings when the other leaves the choice to it. */
  readonly supply?: UpdateRequest<never>['keys'];
  /** A change of the bundles before the machines start. */
  readonly change?: <T extends Bundle<never>>(bundle: T) => T;
  /** TRr in the ticket, in seconds. */
  readonly TRr?: number;
  /** What is allowed beyond the strict profile and what the flags need. */
  readonly allow?: Profile['allow'];
}

/** One side. */
interface End<B> {
  readonly env: Env<B>;
  snapshot: AnyMachineSnapshot;
  readonly cache: ReplayCache<B>;
  /** What it has sent and nobody has delivered yet. */
  outbox: B[];
  /** Everything that it has sent. */
  readonly sent: B[];
  readonly asked: { readonly type: string; readonly params: Readonly<Record<string, unknown>> }[];
  readonly rejections: Rejection[];
}

/** Both sides of one bundle. */
export class BundlePair<B> {
  readonly A: Algebra<B>;
  readonly #ends: Readonly<Record<Side, End<B>>>;
  readonly #skipped: Record<Side, bigint> = { initiator: 0n, responder: 0n };
  /** TRANSFER_INIT and TRANSFER_RESP of the initial exchange. */
  readonly initial: { readonly offer: Message<B>; readonly answer: Message<B> | undefined };

  constructor(reading: Interpretation<B>, options: PairOptions = {}) {
    this.A = reading.algebra;
    const run = runStandard(reading, { ...options, flags: options.flags ?? bothBringKeys });
    const flags = flagsOf(options.flags ?? bothBringKeys);
    const needed = (['I', 'F', 'G', 'H'] as const).filter((flag) => !flags[flag]).map((flag) => `${flag}=0` as const);
    const profile: Profile = {
      ...strictProfile,
      allow: new Set([...needed, ...(options.allow ?? [])]),
      without: new Set(options.without ?? []),
    };
    const endpoint = run.endpoints[0]!;
    const calls = callsOf(reading, { caller: run.caller, endpoint });
    this.initial = { offer: calls.responder.offer, answer: calls.responder.answer };
    const start = (side: Side): End<B> => {
      const source = reading.sourceOf(side === 'initiator' ? run.caller.party.name : endpoint.party.name);
      const env = {
        algebra: this.A,
        source: {
          random: (length: number, purpose: string) => source.random(length, purpose),
          now: () => source.now() + this.#skipped[side],
        },
        profile,
      };
      const offer = withTRr(this.A, calls[side].offer, options.TRr);
      const bundle = openBundle(this.A, { ...calls[side], offer, at: env.source.now() });
      const changed = options.change ? options.change(bundle as never) : bundle;
      const input = { bundle: changed, supply: options.supply ?? [] };
      const [snapshot] = initialTransition(bundleMachine(env), input as never) as unknown as [AnyMachineSnapshot];
      return { env, snapshot, cache: new ReplayCache(this.A), outbox: [], sent: [], asked: [], rejections: [] };
    };
    this.#ends = { initiator: start('initiator'), responder: start('responder') };
  }

  /** What a side remembers. */
  context(side: Side): BundleContext<B> {
    return this.#ends[side].snapshot.context as BundleContext<B>;
  }

  bundle(side: Side): Bundle<B> {
    return this.context(side).bundle;
  }

  state(side: Side): string {
    return String(this.#ends[side].snapshot.value);
  }

  env(side: Side): Env<B> {
    return this.#ends[side].env;
  }

  /** What a side asked of its surroundings. */
  asked(side: Side, type: string): readonly Readonly<Record<string, unknown>>[] {
    return this.#ends[side].asked.filter((one) => one.type === type).map((one) => one.params);
  }

  /** Checks at which a side turned messages down, or codes where there is no check. */
  refusals(side: Side): readonly string[] {
    return this.#ends[side].rejections.map((rejection) => rejection.check ?? rejection.code);
  }

  lastRejection(side: Side): Rejection | undefined {
    return this.#ends[side].rejections.at(-1);
  }

  /** Messages that a side has sent, oldest first. */
  sent(side: Side): readonly B[] {
    return this.#ends[side].sent;
  }

  /** The message in octets. */
  message(octets: B): Message<B> {
    return this.A.decode('Message', octets).message;
  }

  /** Lets time pass: on both sides, or by the clock of one only. */
  elapse(seconds: number, on: readonly Side[] = ['initiator', 'responder']): void {
    for (const side of on) this.#skipped[side] += BigInt(seconds) * second;
  }

  /** Lets a side take an event. */
  take(side: Side, event: RoleEvent): void {
    const end = this.#ends[side];
    const before = this.context(side).rejection;
    const [after, actions] = transition(bundleMachine(end.env), end.snapshot as never, event as never) as unknown as [
      AnyMachineSnapshot,
      End<B>['asked'],
    ];
    end.snapshot = after;
    const { rejection } = this.context(side);
    if (rejection && rejection !== before) end.rejections.push(rejection);
    for (const action of actions) {
      end.asked.push(action);
      if (action.type === 'send') {
        const message = action.params['message'] as Message<B>;
        const octets = this.A.encode({ kind: 'Message', message });
        end.outbox.push(octets);
        end.sent.push(octets);
      } else if (action.type === 'checkReplay') {
        const entry = action.params['entry'] as never;
        this.take(side, { type: 'REPLAY_VERDICT', fresh: end.cache.remember(entry, end.env.source.now()) });
      }
    }
  }

  /** Starts an update; the request is for no keys and an answer unless it says otherwise. */
  update(side: Side, request: Partial<UpdateRequest<B>> = {}): void {
    this.take(side, { type: 'UPDATE', request: { keys: [], streams: 0, answered: true, ...request } });
  }

  /** Hands octets to a side, as anybody on the network can. */
  inject(to: Side, octets: B): void {
    const message = this.message(octets);
    this.take(to, { type: messageTypeName(message.header.dataType), message });
  }

  /** Takes the oldest message of a side off the wire. */
  intercept(from: Side): B {
    const octets = this.#ends[from].outbox.shift();
    if (octets === undefined) throw new Error(`the ${from} has sent nothing`);
    return octets;
  }

  /** Whether a message of a side is on the wire. */
  underway(from: Side): boolean {
    return this.#ends[from].outbox.length > 0;
  }

  /** Delivers the oldest message of a side. */
  deliver(from: Side): void {
    this.inject(from === 'initiator' ? 'responder' : 'initiator', this.intercept(from));
  }

  /** Delivers everything, in turn, until nothing is under way. */
  run(): void {
    while (this.underway('initiator') || this.underway('responder')) {
      if (this.underway('initiator')) this.deliver('initiator');
      if (this.underway('responder')) this.deliver('responder');
    }
  }
}

/** A pair over bytes with a seed of its own. */
export function bytePair(options: PairOptions = {}): BundlePair<Uint8Array> {
  return new BundlePair(interpretation('bundle'), options);
}

/** What both sides must have in common: crypto sessions, their keys, and the session keys, by SPI. */
export function shared(pair: BundlePair<Uint8Array>, side: Side): unknown {
  const { sessions, keys, sessionKeys } = pair.bundle(side);
  const hex = (value: Uint8Array | undefined): string => Buffer.from(value ?? []).toString('hex');
  return {
    sessions: sessions.map(({ session, policy }) => ({
      csId: session.csId,
      data: hex(session.sessionData),
      spi: hex(session.spi),
      policies: session.policies,
      policy,
    })),
    keys: keys.map((key) => ({ csId: key.csId, tek: hex(key.tek), salt: hex(key.salt), spi: hex(key.spi) })),
    sessionKeys: sessionKeys
      .filter(({ leftAt }) => leftAt === undefined)
      .map(({ key }) => `${key.kv.kind === 'SPI' ? hex(key.kv.spi) : ''} ${key.type} ${hex(key.key)} ${hex(key.salt)}`)
      .sort(),
  };
}

/** TEKs of a side, in hexadecimal, by CS ID. */
export function teks(pair: BundlePair<Uint8Array>, side: Side = 'initiator'): Readonly<Record<number, string>> {
  return Object.fromEntries(
    pair.bundle(side).keys.map(({ csId, tek }) => [csId, Buffer.from(tek).toString('hex')] as const),
  );
}

/** Both sides of the call between the caller and one endpoint, from what their machines remember. */
function callsOf<B>(
  { algebra: A }: Interpretation<B>,
  { caller, endpoint }: { readonly caller: Actor; readonly endpoint: Actor },
): Readonly<Record<Side, Omit<EstablishedCall<B>, 'at'>>> {
  const mine = caller.context();
  const theirs = endpoint.context();
  const held = mine['held'] as HeldTicket<B>;
  const resolved = theirs['resolved'] as ResolvedOffer<B>;
  const admitted = theirs['admitted'] as AdmittedOffer<B>;
  const response = (theirs['answer'] as Answer<B>).message;
  const answers = mine['answers'] as readonly AcceptedAnswer<B>[];
  const accepted = answers.find(
    ({ mac }) => response === undefined || (mac !== undefined && A.equal(mac, lastV(response.payloads).mac)),
  )!;
  const received = theirs['offer'] as Message<B>;
  const is256 = A.length(held.MPKi) === 32;
  const policies = [is256 ? aesCm256HmacSha1 : aesCm128HmacSha1, ...(is256 ? [aesCm128HmacSha1] : [])];
  return {
    initiator: {
      side: 'initiator',
      initiator: admitted.caller,
      responder: accepted.keys.peer,
      offer: mine['transferInit'] as Message<B>,
      answer: response,
      MPKi: held.MPKi,
      MPKr: accepted.keys.MPKr,
      sessionKeys: accepted.keys.sessionKeys,
      policies,
    },
    responder: {
      side: 'responder',
      initiator: admitted.caller,
      responder: (response && resolved.IDRr) ?? admitted.callee,
      offer: received,
      answer: response,
      MPKi: resolved.MPKi,
      MPKr: resolved.MPKr,
      sessionKeys: resolved.sessionKeys,
      policies,
    },
  };
}

/** TRANSFER_INIT with a rekeying interval in its ticket. */
function withTRr<B>(A: Algebra<B>, offer: Message<B>, TRr: number | undefined): Message<B> {
  const payloads = offer.payloads.map((payload) => {
    if (payload.kind !== 'TICKET' || TRr === undefined) return payload;
    const tpData = writeTpData(A, { ...readTpData(A, payload.policy.tpData), TRr });
    return { ...payload, policy: { ...payload.policy, tpData } };
  });
  return { header: offer.header, payloads };
}

/**
 * A message changed by somebody who has the keys of the bundle: its MAC holds again.
 *
 * @param options - for a response the initial message; an algorithm for V, if not that of the bundle
 */
export function forged(
  pair: BundlePair<Uint8Array>,
  message: Message<Uint8Array>,
  options: { readonly initial?: Message<Uint8Array>; readonly macAlg?: number } = {},
): Uint8Array {
  const { A } = pair;
  const { keyInput, suite, initiator, responder } = pair.bundle('initiator');
  const macAlg = options.macAlg ?? suite.macAlg;
  const bare = { header: message.header, payloads: message.payloads.filter((payload) => payload.kind !== 'V') };
  const signed = appendV(A, bare, {
    macAlg,
    authKey: messageAuthKey(A, macAlg, keyInput),
    cover: (draft) =>
      options.initial
        ? responseCoverage(A, draft, options.initial)
        : transferInitCoverage(A, draft, [initiator, responder]),
  });
  return A.encode({ kind: 'Message', message: signed });
}

/** Octets with one bit flipped. */
export function flipped(octets: Uint8Array, octet: number, bit: number): Uint8Array {
  return octets.map((value, index) => (index === octet ? value ^ (1 << bit) : value));
}
