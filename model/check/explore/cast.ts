/**
 * The honest parties of an exploration: the real role machines, stepped through their tables, with storages and randomness of their own.
 *
 * Everything is a function of what came before in the same machine: fresh values bear the party, the session and the step in which they
 * were drawn, whatever else happens in the world. So a step that was made once need not be made again.
 *
 * @module
 */
import type { Algebra, Instant } from '../../algebra/algebra.ts';
import type { HeldTicket } from '../../exchange/requestResp.ts';
import type { TicketMemory, TicketMemoryQuery } from '../../exchange/chooseResolution.ts';
import type { Endpoint } from '../../exchange/transferInit.ts';
import type { CheckName } from '../../guard/catalogue.ts';
import { strictProfile, type Env, type Profile } from '../../guard/profile.ts';
import { suites, type Suite } from '../../keys/suite.ts';
import { uri } from '../../message/identity.ts';
import type { Message } from '../../message/message.ts';
import { second } from '../../message/timestamps.ts';
import { CallerSide } from '../../modes/callerSide.ts';
import { messageTypeName } from '../../modes/messageTypeName.ts';
import { Network, type Actor, type RoleEvent } from '../../modes/network.ts';
import { populate, type Device, type KmsStore, type Population } from '../../modes/population.ts';
import { localAuthority } from '../../modes/scenarioPolicy.ts';
import { findTicketKey } from '../../modes/storage.ts';
import { aesCm128HmacSha1, aesCm256HmacSha1, type SrtpPolicy } from '../../policy/securityPolicy.ts';
import type { NamedKey } from '../../policy/account.ts';
import type { ReplayEntry } from '../../protection/freshness.ts';
import { initiatorMachine, type InitiatorInput } from '../../roles/initiator.ts';
import { responderMachine } from '../../roles/responder.ts';
import type { Remembered, ResponderInput } from '../../roles/responderContext.ts';
import { mikeyBaseTicket } from '../../ticket/ticketType.ts';
import { KmsDesk, type Asked, type Exchange } from './kmsDesk.ts';
import type { CallerPlan, LeftOut, Setup } from './setup.ts';
import { checkReplay, emptyStorage, recallTicket, rememberTicket, storageKey, type Storage } from './storage.ts';
import { tableOf, type MachineTable, type Situation } from './table.ts';
import { weakened } from './weaken.ts';

/** An interpretation in which fresh values are functions of their names. */
export interface Universe<B> {
  readonly algebra: Algebra<B>;
  /** The fresh value with a name. @param name - such as `alice RANDRi 103` */
  readonly fresh: (
    name: { readonly party: string; readonly purpose: string; readonly serial: number },
    length: number,
  ) => B;
  /** When it all starts. */
  readonly start: Instant;
  /**
   * What counter mode lets anybody do without a key: the ciphertext of key data, with some bits of the last key in it flipped. What that
   * key is then, nobody knows who did not know it before.
   */
  readonly flipKey: (ciphertext: B) => B;
  /** A number that is the same for equal values only; undefined over bytes, where no step is made twice. */
  readonly idOf?: (value: B) => number;
}

/** A message that an honest party sent. */
export interface Sent<B> {
  /** Name of the machine. */
  readonly by: string;
  readonly type: string;
  readonly octets: B;
}

/** The machine of one session. */
export interface Local<B> {
  /** Such as `bob-phone#1`. */
  readonly id: string;
  readonly device: string;
  readonly role: 'initiator' | 'responder';
  readonly session: number;
  readonly situation: Situation;
  /** Steps made so far. */
  readonly depth: number;
  readonly sent: readonly Sent<B>[];
  /** Number of this local state: the same for the same history only. */
  readonly number: number;
  readonly memory: Map<string, Taken<B>>;
}

/** What somebody shows to the KMS. */
export interface Credential<B> {
  readonly identity: string;
  readonly psk: NamedKey<B> | undefined;
  /** The TPK with which it makes tickets. */
  readonly makerKey: NamedKey<B> | undefined;
}

/** What came of a message that was delivered to a machine. */
export interface Taken<B> {
  readonly local: Local<B>;
  readonly storage: Storage<B>;
}

/** Seconds by which time passes at once: more than the clock skew, less than the validity of tickets. */
const timeStep = 700n * second;

/** The honest parties. */
export class Cast<B extends object> {
  readonly algebra: Algebra<B>;
  readonly people: Population<B>;
  readonly kms: KmsStore<B>;
  readonly setup: Setup;
  readonly suite: Suite;
  readonly policies: readonly SrtpPolicy[];
  /** Checks that honest parties do not make. */
  readonly checksOff: ReadonlySet<CheckName>;
  readonly #universe: Universe<B>;
  readonly #profile: Profile;
  readonly #tables = new Map<string, MachineTable>();
  readonly #desk: KmsDesk<B>;
  readonly #storageKeys = new WeakMap<Storage<B>, string>();
  #cursor = { session: 0, depth: 0, epoch: 0, drawn: new Map<string, number>() };
  #locals = 0;
  /** Steps of machines that were really made. */
  steps = 0;

  constructor(universe: Universe<B>, setup: Setup, leftOut: LeftOut) {
    this.#universe = universe;
    this.setup = setup;
    this.checksOff = leftOut.checks;
    this.algebra = weakened(universe.algebra, leftOut.parts);
    const { scenario } = setup;
    this.suite = suites[scenario.suite];
    this.policies = [this.suite.strength === 256 ? aesCm256HmacSha1 : aesCm128HmacSha1];
    this.#profile = {
      ...strictProfile,
      keptResolutions: setup.keptResolutions,
      allow: new Set(scenario.allow),
      without: leftOut.checks,
    };
    const { source } = this.envOf('setup');
    const values = new Map<string, B>();
    const random = (length: number, purpose: string): B => {
      const name = setup.sameKeys[purpose] ?? purpose;
      const value = values.get(name) ?? source.random(length, name);
      values.set(name, value);
      return value;
    };
    this.people = populate(this.algebra, scenario, { source: { ...source, random }, issuer: undefined });
    const [kms] = this.people.kmss;
    if (!kms) throw new RangeError('there is no KMS');
    this.kms = kms;
    this.#desk = new KmsDesk(this);
  }

  /** What a party works with. The attacker makes no checks. */
  envOf(party: string, profile: Profile = this.#profile): Env<B> {
    const random = (length: number, purpose: string): B => {
      const { session, depth, drawn } = this.#cursor;
      const count = drawn.get(purpose) ?? 0;
      drawn.set(purpose, count + 1);
      const serial = (session * 100 + depth) * 10 + count;
      return this.#universe.fresh({ party, purpose, serial }, length);
    };
    return { algebra: this.algebra, source: { random, now: () => this.now() }, profile };
  }

  /** The time. */
  now(): Instant {
    return this.#universe.start + BigInt(this.#cursor.epoch) * timeStep;
  }

  /** A number of a value, if steps are remembered. */
  idOf(value: B): number | undefined {
    return this.#universe.idOf?.(value);
  }

  /** Flips bits of the last key in a ciphertext of key data. */
  flipKey(ciphertext: B): B {
    return this.#universe.flipKey(ciphertext);
  }

  /** Draws fresh values as the given session of a party from now on. */
  draw(at: { readonly session: number; readonly depth: number; readonly epoch: number }): void {
    this.#cursor = { ...at, drawn: new Map() };
  }

  /**
   * The device of that name.
   *
   * @throws RangeError if there is none
   */
  deviceOf(name: string): Device<B> {
    const found = this.people.devices.find((device) => device.party.name === name);
    if (!found) throw new RangeError(`nobody is called ${name}`);
    return found;
  }

  /** What a device, or another KMS, has to show to the KMS. */
  credentialOf(name: string): Credential<B> {
    const partner = this.people.kmss.find(({ party }) => party.name === name);
    if (partner) return { identity: partner.spec.identity, psk: partner.partners[0]?.psk, makerKey: undefined };
    const { spec, access, makerKey } = this.deviceOf(name);
    return { identity: spec.identity, psk: 'psk' in access ? access.psk : undefined, makerKey };
  }

  /** What an endpoint answers for. */
  endpointOf(device: Device<B>): Endpoint<B> {
    const groups = this.people.groups
      .filter(({ members }) => members.has(device.user.name))
      .map(({ spec }) => uri(this.algebra, spec.identity));
    return {
      identity: device.identity,
      answersFor: [uri(this.algebra, device.user.identity), device.identity, ...groups],
      groups,
      policies: this.policies,
      application: undefined,
    };
  }

  /** A machine that will take a call. */
  answerer(device: string, session: number): Local<B> {
    const found = this.deviceOf(device);
    const { access } = found;
    const input: ResponderInput<B> = {
      endpoint: this.endpointOf(found),
      request: { responder: found.identity, kms: this.kms.identity, ...access },
    };
    const table = this.#tableOf(device, 'responder');
    return this.#local({ id: `${device}#${session}`, device, role: 'responder', session }, table.start(input));
  }

  /** What a caller starts with: what the calling side of the modes makes of the call. */
  inputOf(plan: CallerPlan): InitiatorInput<B> {
    const device = this.deviceOf(plan.device);
    const env = this.envOf(plan.device);
    const inputs: unknown[] = [];
    const side = new CallerSide(new InputTaker(this.algebra, inputs), {
      device,
      env,
      kms: { party: this.kms.party, identity: this.kms.identity },
      proxy: this.people.proxy,
      suite: this.suite,
      policies: this.policies,
      ticketType: mikeyBaseTicket,
      localPolicy: localAuthority(device.user),
      resolved: () => undefined,
      isGroup: (identity) => this.people.groups.some(({ spec }) => spec.identity === identity),
    });
    side.call(plan.step, { dialog: 0, now: this.now() });
    return inputs[0] as InitiatorInput<B>;
  }

  /** A machine that makes its call at once. @param held - the ticket, if an earlier call got one */
  caller(plan: CallerPlan, session: number, held: HeldTicket<B> | undefined, epoch: number): Local<B> {
    this.draw({ session, depth: 0, epoch });
    const first = plan.step.ticket.from === 'held' ? this.#planOfTicket(plan) : plan;
    const { source, call } = this.inputOf(first);
    const input: InitiatorInput<B> = { call, source: held ? { from: 'held', held: { ...held, used: true } } : source };
    const table = this.#tableOf(plan.device, 'initiator');
    const idle = this.#local({ id: plan.id, device: plan.device, role: 'initiator', session }, table.start(input));
    return this.#take(idle, { type: 'CALL' }, { storage: emptyStorage, epoch }).local;
  }

  #planOfTicket(plan: CallerPlan): CallerPlan {
    const name = plan.step.ticket.name ?? 'ticket';
    const found = this.setup.callers.find(
      (other) =>
        other.device === plan.device &&
        other.step.ticket.from !== 'held' &&
        (other.step.ticket.name ?? 'ticket') === name,
    );
    if (!found) throw new RangeError(`${plan.device} never gets the ticket ${name}`);
    return found;
  }

  /** Delivers a message to a machine, and does what it asks for. */
  deliver(local: Local<B>, octets: B, world: { readonly storage: Storage<B>; readonly epoch: number }): Taken<B> {
    const id = this.idOf(octets);
    const key = id === undefined ? undefined : `${id}|${world.epoch}|${this.storageKey(world.storage)}`;
    const known = key === undefined ? undefined : local.memory.get(key);
    if (known) return known;
    const { message } = this.algebra.decode('Message', octets);
    const taken = this.#take(local, { type: messageTypeName(message.header.dataType), message }, world);
    if (key !== undefined) local.memory.set(key, taken);
    return taken;
  }

  /** A text that is the same for equal storages only, over terms. */
  storageKey(storage: Storage<B>): string {
    const known = this.#storageKeys.get(storage);
    if (known !== undefined) return known;
    const key = storageKey(storage, (value) => this.idOf(value));
    this.#storageKeys.set(storage, key);
    return key;
  }

  #take(
    local: Local<B>,
    first: RoleEvent,
    { storage: before, epoch }: { readonly storage: Storage<B>; readonly epoch: number },
  ): Taken<B> {
    const table = this.#tableOf(local.device, local.role);
    const events: RoleEvent[] = [first];
    let { situation, depth } = local;
    let storage = before;
    const sent = [...local.sent];
    for (let event = events.shift(); event; event = events.shift()) {
      this.draw({ session: local.session, depth, epoch });
      const stepped = table.step(situation, event);
      this.steps += 1;
      situation = { state: stepped.state, context: stepped.context };
      depth += 1;
      for (const { type, params } of stepped.requests) {
        if (type === 'send') {
          const message = params['message'] as Message<B>;
          const octets = this.algebra.encode({ kind: 'Message', message });
          sent.push({ by: local.id, type: messageTypeName(message.header.dataType), octets });
        } else if (type === 'rememberTicket') {
          storage = rememberTicket(this.algebra, storage, params as unknown as Remembered<B>);
        } else if (type === 'recallTicket') {
          events.push({ type: 'TICKET_MEMORY', memory: this.#recall(local.device, params['query'], storage) });
        } else if (type === 'checkReplay') {
          const lost = this.setup.lostCaches.includes(local.device);
          const entry = params['entry'] as ReplayEntry<B>;
          const verdict = checkReplay(this.algebra, storage, { entry, now: this.now(), lost });
          ({ storage } = verdict);
          events.push({ type: 'REPLAY_VERDICT', fresh: verdict.fresh });
        }
      }
      // Whoever is called takes the call.
      if (situation.state === 'ringing') events.push({ type: 'ANSWER' });
    }
    const { id, device, role, session } = local;
    return { local: this.#local({ id, device, role, session }, situation, depth, sent), storage };
  }

  #recall(device: string, query: unknown, storage: Storage<B>): TicketMemory<B> {
    const { key, tpkId } = query as TicketMemoryQuery<B>;
    const TPK = findTicketKey(this.algebra, this.deviceOf(device).ownTicketKeys, tpkId);
    return recallTicket(this.algebra, storage, { key, TPK });
  }

  #local(
    who: Pick<Local<B>, 'id' | 'device' | 'role' | 'session'>,
    situation: Situation,
    depth = 0,
    sent: readonly Sent<B>[] = [],
  ): Local<B> {
    this.#locals += 1;
    return { ...who, situation, depth, sent, number: this.#locals, memory: new Map() };
  }

  #tableOf(device: string, role: Local<B>['role']): MachineTable {
    const key = `${device} ${role}`;
    const known = this.#tables.get(key);
    if (known) return known;
    const env = this.envOf(device);
    const table = tableOf(role === 'initiator' ? initiatorMachine(env) : responderMachine(env));
    this.#tables.set(key, table);
    return table;
  }

  /** The KMS takes a message. */
  askKms(octets: B, asked: Asked): Exchange<B> {
    return this.#desk.ask(octets, asked);
  }
}

/** Takes what a machine would be started with, and starts none. */
class InputTaker<B> extends Network<B> {
  readonly #inputs: unknown[];

  constructor(algebra: Algebra<B>, inputs: unknown[]) {
    super(algebra, messageTypeName);
    this.#inputs = inputs;
  }

  override start(party: Actor['party'], { input }: { readonly input: unknown }): Actor {
    this.#inputs.push(input);
    return { party, state: () => 'idle', context: () => ({}), handling: () => undefined, take: () => undefined };
  }
}
