/**
 * A played scenario with somebody dishonest on its network: she sees all messages, sends what she likes, and holds what she was given or
 * got out of the protocol. The other parties are the real machines.
 *
 * @module
 */
import type { Instant } from '../../model/algebra/algebra.ts';
import type { AcceptedAnswer } from '../../model/exchange/acceptAnswer.ts';
import type { HeldTicket } from '../../model/exchange/requestResp.ts';
import type { AdmittedOffer } from '../../model/exchange/transferInit.ts';
import type { Answer } from '../../model/exchange/transferResp.ts';
import type { ResolvedOffer } from '../../model/exchange/verifyOffer.ts';
import { allowances, strictProfile, type Env, type Profile } from '../../model/guard/profile.ts';
import type { Message } from '../../model/message/message.ts';
import { second } from '../../model/message/timestamps.ts';
import type { Actor, Intercept } from '../../model/modes/network.ts';
import { play, type Played } from '../../model/modes/play.ts';
import { requireName, type Device, type KmsStore } from '../../model/modes/population.ts';
import type { Scenario } from '../../model/modes/scenario.ts';
import type { NamedKey } from '../../model/policy/account.ts';
import type { PublicKeyAccess } from '../../model/policy/certified.ts';
import type { Party, TracedMessage, TracedStep } from '../../model/trace/trace.ts';
import { createPublicKeyAlgebra } from '../crypto/publicKeyAlgebra.ts';
import { analyse, type Analysis } from '../run/analysis.ts';
import { bytes, interpretation } from '../run/byteRun.ts';

/** What an endpoint remembers of a call that it took. */
export interface TakenCall {
  readonly offer: Message<Uint8Array>;
  readonly admitted: AdmittedOffer<Uint8Array>;
  readonly resolved: ResolvedOffer<Uint8Array>;
  readonly answer: Answer<Uint8Array>;
}

/** What a caller remembers of a call. */
export interface MadeCall {
  readonly requestInit: Message<Uint8Array>;
  /** The PSK or envelope key of that request. */
  readonly requestKey: Uint8Array;
  readonly transferInit: Message<Uint8Array>;
  readonly held: HeldTicket<Uint8Array>;
  readonly answers: readonly AcceptedAnswer<Uint8Array>[];
}

/** A played scenario, and what can be tried afterwards. */
export class Lab {
  readonly played: Played<Uint8Array>;
  readonly #reading = interpretation();
  readonly #waited: Instant;
  #analysis: Analysis | undefined;

  /** @param options - profile of all honest parties; who stands in the middle while the scenario is played */
  constructor(
    scenario: Scenario,
    { profile, intercept }: { readonly profile: Profile; readonly intercept?: Intercept<Uint8Array> },
  ) {
    this.played = play(this.#reading, scenario, { profile, ...(intercept ? { intercept } : {}) });
    const seconds = scenario.steps.map((step) => (step.do === 'wait' ? step.seconds : 0));
    this.#waited = BigInt(seconds.reduce((sum, one) => sum + one, 0)) * second;
  }

  /** All messages so far, each hop. */
  get messages(): readonly TracedMessage<Uint8Array>[] {
    return this.played.network.messages;
  }

  /** What somebody dishonest works with: no check of her own stands in her way. */
  env(name: string): Env<Uint8Array> {
    return envOf(name, this.#waited);
  }

  /** An endpoint of the scenario, and what it holds. @throws RangeError if nobody has this name */
  device(name: string): Device<Uint8Array> {
    const device = this.played.people.devices.find(({ party }) => party.name === name);
    if (!device) throw new RangeError(`nobody is called ${name}`);
    return device;
  }

  /** The PSK of an endpoint, by which it is known to the KMS. */
  psk(name: string): NamedKey<Uint8Array> {
    const { access } = this.device(name);
    if ('psk' in access) return access.psk;
    throw new RangeError(`${name} has a certificate and no PSK`);
  }

  /** The certificate of an endpoint, and what it knows of the KMS. */
  certified(name: string): PublicKeyAccess<Uint8Array> {
    const { access } = this.device(name);
    if ('access' in access) return access.access;
    throw new RangeError(`${name} has a PSK and no certificate`);
  }

  /** A KMS of the scenario, and what its storage holds. @throws RangeError if none has this name */
  kms(name = 'kms'): KmsStore<Uint8Array> {
    const spec = requireName(
      name,
      this.played.people.kmss.map((store) => store.spec),
    );
    return this.played.people.kmss.find((store) => store.spec === spec) as KmsStore<Uint8Array>;
  }

  /** Sends a message in the name of a party; everything that it brings about happens before this returns. */
  send(from: string, to: string, message: Message<Uint8Array>): void {
    this.sendOctets(from, to, bytes.encode({ kind: 'Message', message }));
  }

  /** Sends octets in the name of a party. */
  sendOctets(from: string, to: string, octets: Uint8Array): void {
    this.played.network.forward(this.#party(from), to, { octets, at: this.env(from).source.now() });
    this.played.network.run();
  }

  /** The latest message of a type that a party sent. */
  lastFrom(party: string, type: string): Message<Uint8Array> {
    const hop = this.messages.findLast((one) => one.from === party && one.type === type);
    if (!hop) throw new RangeError(`${party} has sent no ${type}`);
    return hop.message;
  }

  /** How many messages of a type a party has sent. */
  sent(party: string, type: string): number {
    return this.messages.filter((one) => one.from === party && one.type === type).length;
  }

  /** The machine of the latest call that reached an endpoint. */
  endpoint(name: string): Actor {
    const actor = this.played.sides.find((side) => side.device.party.name === name)?.actors.at(-1);
    if (!actor) throw new RangeError(`no call has reached ${name}`);
    return actor;
  }

  /** Lets an endpoint that rings answer. @returns whether it rang */
  answer(name: string): boolean {
    const actor = this.endpoint(name);
    if (actor.state() !== 'ringing') return false;
    actor.take({ type: 'ANSWER' });
    this.played.network.run();
    return actor.state() === 'established';
  }

  /** What an endpoint remembers of the latest call. */
  taken(name: string): TakenCall {
    return this.endpoint(name).context() as unknown as TakenCall;
  }

  /** What the caller of a call remembers; the first call unless told otherwise. */
  made(index = 0): MadeCall {
    return this.caller(index).context() as unknown as MadeCall;
  }

  /** The machine of a caller. */
  caller(index = 0): Actor {
    const actor = this.played.callers[index];
    if (!actor) throw new RangeError(`there is no call ${index}`);
    return actor;
  }

  /** Whether a party can compute a secret of the played scenario from what it was given and what was sent. */
  derives(party: string, secretName: string): boolean {
    this.#analysis ??= analyse(bytes, this.played.trace);
    return this.#analysis.knows(party, secretName) !== 'no';
  }

  /** A secret of the played scenario. */
  secret(name: string): Uint8Array {
    const found = this.played.trace.secrets.find((one) => one.name === name);
    if (!found) throw new RangeError(`there is no secret ${name}`);
    return found.value;
  }

  /** How many steps were made so far, to tell later ones. */
  get now(): number {
    return this.played.network.steps.length;
  }

  /** The latest rejection of a party. @param since - a value of {@link now}: only later steps count */
  turnedDown(party: string, since = 0): TracedStep['rejection'] {
    return this.played.network.steps.slice(since).findLast((step) => step.party === party && step.rejection)?.rejection;
  }

  #party(name: string): Party {
    const { devices, kmss, proxy } = this.played.people;
    return requireName(name, [...devices.map(({ party }) => party), ...kmss.map(({ party }) => party), proxy]);
  }
}

/** What somebody works with who is bound by nothing. @param ahead - by how much her clock is ahead of the machine's */
export function envOf(name: string, ahead: Instant = 0n): Env<Uint8Array> {
  const source = interpretation().sourceOf(name);
  return {
    algebra: bytes,
    publicKeys: createPublicKeyAlgebra(),
    source: { random: (length, purpose) => source.random(length, purpose), now: () => source.now() + ahead },
    profile: {
      ...strictProfile,
      allow: new Set(allowances),
      without: new Set([
        'calleeInTicket',
        'heldTicketValidNow',
        'heldTicketReusable',
        'heldGroupVerified',
        'creationAllowed',
        'grantedPolicyAcceptable',
      ] as const),
    },
  };
}
