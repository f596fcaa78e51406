/**
 * Plays a scenario: puts its parties on a network in memory, lets happen what it says, step by step, and traces everything.
 *
 * @module
 */
import type { Instant, Source } from '../algebra/algebra.ts';
import { strictProfile, type Env, type Profile } from '../guard/profile.ts';
import { suites } from '../keys/suite.ts';
import { sameIdentity, uri } from '../message/identity.ts';
import { second } from '../message/timestamps.ts';
import { aesCm128HmacSha1, aesCm256HmacSha1 } from '../policy/securityPolicy.ts';
import { forkingProxyMachine } from '../roles/forkingProxy.ts';
import { mikeyBaseTicket, threeGppBaseTicket } from '../ticket/ticketType.ts';
import type { Party, Trace } from '../trace/trace.ts';
import { Bundles, type SetUpSide } from './bundles.ts';
import { CallerSide } from './callerSide.ts';
import { EndpointSide } from './endpointSide.ts';
import { ImpossibleStep } from './impossibleStep.ts';
import { attachKms, type KmsBooks } from './kmsService.ts';
import { messageTypeName } from './messageTypeName.ts';
import { Network, type Actor, type Intercept, type Interpretation, type Passage } from './network.ts';
import { outcomeOf, type CallOutcome } from './outcome.ts';
import { populate, requireName, type Device, type KmsStore, type Population } from './population.ts';
import { traceOf } from './recount.ts';
import type { CallStep, Scenario, Step } from './scenario.ts';
import { kmsAuthority, localAuthority } from './scenarioPolicy.ts';

/** What surrounds a scenario. */
export interface Surroundings<B> {
  /** Who stands in the middle of the network; default: nobody. */
  readonly intercept?: Intercept<B>;
  /** Which of so many parcels under way arrives next; default: the first. */
  readonly pick?: (underway: number) => number;
  /** Hears of everything that a machine does, before its surroundings do what it asks for; default: nobody. */
  readonly watch?: (passage: Passage) => void;
  /** Profile of all parties, to which the allowances of the scenario are added; default: the strict one. */
  readonly profile?: Profile;
  /** Is told each time that a step is done. @param step - its place among the steps, from 0 */
  readonly afterStep?: (step: number) => void;
}

/** A scenario that was played. */
export interface Played<B> {
  readonly trace: Trace<B>;
  /** What came out of each call, in order. */
  readonly outcomes: readonly CallOutcome[];
  /** The calling machines, one for each call. */
  readonly callers: readonly Actor[];
  /** The machines of the endpoints: for each call those of the endpoints that it was to reach. */
  readonly endpoints: readonly Actor[];
  readonly kmss: readonly KmsBooks<B>[];
  readonly sides: readonly EndpointSide<B>[];
  /** The network, with all parties still on it: whoever wants to try something afterwards can send there. */
  readonly network: Network<B>;
  /** The parties and what they share. */
  readonly people: Population<B>;
}

/** A call under way. */
interface StartedCall {
  readonly step: CallStep;
  readonly caller: Actor;
  /** The machines of the endpoints that it is to reach. */
  readonly expected: readonly Actor[];
  readonly reached: readonly string[];
  /** Its number, from 0. */
  readonly call: number;
}

/**
 * Plays a scenario.
 *
 * @throws RangeError if the scenario names somebody or something that does not exist, which `scenarioProblems` finds beforehand
 * @throws ImpossibleStep if a call is to be made with a ticket that the caller did not get
 */
export function play<B>(
  interpretation: Interpretation<B>,
  scenario: Scenario,
  surroundings: Surroundings<B> = {},
): Played<B> {
  const A = interpretation.algebra;
  const suite = suites[scenario.suite];
  const ticketType = scenario.ticketType === '3GPP' ? threeGppBaseTicket() : mikeyBaseTicket;
  const base = surroundings.profile ?? strictProfile;
  const profile: Profile = {
    ...base,
    ticketTypes: scenario.ticketType === 'MIKEY' ? base.ticketTypes : [ticketType],
    allow: new Set([...base.allow, ...scenario.allow]),
  };
  const policies = [suite.strength === 256 ? aesCm256HmacSha1 : aesCm128HmacSha1];
  /** How far the time of everybody was moved on by waiting. */
  let waited: Instant = 0n;
  const setup = shifted(interpretation.sourceOf('setup'), () => waited);
  const certifying = scenario.users.some((user) => user.access === 'certificate');
  const issuer = certifying ? interpretation.infrastructure?.() : undefined;
  const people = populate(A, scenario, { source: setup, issuer });
  const env = (name: string, clockOffset = 0): Env<B> => ({
    algebra: interpretation.algebraOf?.(name) ?? A,
    source: shifted(interpretation.sourceOf(name), () => waited + BigInt(clockOffset) * second),
    profile,
    publicKeys: issuer?.algebra,
  });
  /** The call that each dialog belongs to: its set-up, or updates of it later on. */
  const callOf: { readonly call: number; readonly update?: boolean }[] = [];
  const within = (dialog: number | undefined): { readonly call?: number } => callOf[dialog ?? -1] ?? {};
  const network = new Network(A, messageTypeName, { ...surroundings, within });
  const bundles = new Bundles(network, { proxy: people.proxy, policies });
  const proxyClock = shifted(interpretation.sourceOf(people.proxy.name), () => waited);
  const addressOf = (identity: KmsStore<B>['identity']): string => {
    const store = people.kmss.find((kms) => sameIdentity(A, kms.identity, identity));
    if (!store) throw new RangeError('no KMS has this identity');
    return store.party.name;
  };
  const kmss = people.kmss.map((store) =>
    attachKms(network, {
      env: env(store.party.name),
      store,
      authority: kmsAuthority(scenario, store.spec, people.groups),
      addressOf,
    }),
  );
  const kmsOf = (device: Device<B>): KmsStore<B> =>
    people.kmss.find((kms) => kms.spec.name === device.user.kms) as KmsStore<B>;
  const sides = people.devices.map((device) => {
    const mine = env(device.party.name, device.user.clockOffset);
    const setting = { device, env: mine, kms: kmsOf(device), proxy: people.proxy, suite };
    const endpoint = new EndpointSide(network, { ...setting, endpoint: () => endpointOf(device) });
    const caller = new CallerSide(network, {
      ...setting,
      policies,
      ticketType,
      localPolicy: localAuthority(device.user),
      resolved: () => endpoint.resolvedTicket(),
      isGroup: (identity) => people.groups.some(({ spec }) => spec.identity === identity),
    });
    network.attach(device.party.name, (parcel, message) => {
      const pair = bundles.pairOf(parcel.dialog);
      if (pair) return bundles.receive(pair, device.party.name, { parcel, message });
      const type = messageTypeName(message.header.dataType);
      const calling = caller.actorFor(message);
      const answering =
        type === 'TRANSFER_INIT' || type === 'RESOLVE_RESP' || (type === 'Error' && endpoint.concerns(message));
      if (calling && !answering) calling.take({ type, message }, parcel.index);
      else endpoint.receive(parcel, message);
      return undefined;
    });
    return { device, env: mine, endpoint, caller };
  });
  const proxyMachine = forkingProxyMachine<B>();
  /** What the proxy does in each call set-up; within an established dialog it only passes on. */
  const dialogs: ({ readonly proxy: Actor; readonly caller: Device<B> } | { readonly between: readonly Party[] })[] =
    [];
  /** Which endpoint an answer is from, by the index of the hop from the proxy to the caller. */
  const answeredBy = new Map<number, string>();
  network.attach(people.proxy.name, (parcel, message) => {
    const dialog = dialogs[parcel.dialog ?? -1];
    if (!dialog) return;
    if ('between' in dialog) {
      const other = dialog.between.find((party) => party !== parcel.from);
      const { octets, dialog: number } = parcel;
      if (other) network.forward(people.proxy, other.name, { octets, at: proxyClock.now(), dialog: number });
      return;
    }
    // An Error message travels as an answer does: to the other side, and from the caller to the one endpoint that it is about.
    const named = messageTypeName(message.header.dataType);
    const type = named === 'Error' && parcel.from !== dialog.caller.party ? 'TRANSFER_RESP' : named;
    const to = answeredBy.get(parcel.about ?? -1);
    dialog.proxy.take({ type, octets: parcel.octets, from: parcel.from.name, to }, parcel.index);
  });

  const callers: Actor[] = [];
  const endpoints: Actor[] = [];
  const outcomes: CallOutcome[] = [];
  scenario.steps.forEach((step, index) => {
    perform(step, `steps[${index}]`);
    surroundings.afterStep?.(index);
  });
  const asExpected = outcomes.every((outcome) => outcome.asExpected);
  const updates = bundles.finished;
  let trace: Trace<B> | undefined;
  return {
    // Recounting takes longer than playing if there are thousands of calls, and not everybody wants it.
    get trace() {
      return (trace ??= traceOf({ A, scenario, people, network, kmss, sides, updates, asExpected }));
    },
    outcomes,
    callers,
    endpoints,
    kmss,
    sides: sides.map((side) => side.endpoint),
    network,
    people,
  };

  function perform(step: Step, path: string): void {
    switch (step.do) {
      case 'call':
        return performCalls([{ step, path }]);
      case 'together':
        return performCalls(step.calls.map((call, index) => ({ step: call, path: `${path}.calls[${index}]` })));
      case 'wait':
        waited += BigInt(step.seconds) * second;
        bundles.timePassed(setup.now());
        return undefined;
      case 'update': {
        const { keys = [], streams = 0, answered = true } = step;
        return callAt(path, () => bundles.update(step.by, step.with, { keys, streams, answered }));
      }
      case 'join':
      case 'leave': {
        const group = people.groups.find(({ spec }) => spec.identity === step.group);
        if (!group) throw new ImpossibleStep(`${path}.group`, `there is no group ${step.group}`);
        requireName(step.member, scenario.users);
        if (step.do === 'join') group.members.add(step.member);
        else group.members.delete(step.member);
        return undefined;
      }
      case 'rotate-ticket-key': {
        const store = requireName(step.kms, scenario.kmss);
        const kms = people.kmss.find(({ spec }) => spec === store) as KmsStore<B>;
        const serial = kms.ticketKeys.length + 1;
        const key = setup.random(suite.keyLength, `TPK ${serial}`);
        kms.ticketKeys.push({ id: { ...idOf(kms), data: A.text(`tpk-${serial}`) }, key, maker: undefined });
        return undefined;
      }
    }
  }

  function performCalls(steps: readonly { readonly step: CallStep; readonly path: string }[]): void {
    const before = network.steps.length;
    const calls = steps.map(({ step, path }) => startCall(step, path));
    network.run();
    for (const { step, expected, reached } of calls) {
      for (const name of step.answer ?? reached) {
        const ringing = expected.find((one) => one.party.name === name);
        if (ringing?.state() === 'ringing') ringing.take({ type: 'ANSWER' });
        network.run();
      }
    }
    const made = network.steps.slice(before);
    for (const { step, caller, expected, call } of calls) {
      for (const endpoint of expected) openBundle(caller, endpoint, call);
      callers.push(caller);
      endpoints.push(...expected);
      outcomes.push(outcomeOf(step, { caller, endpoints: expected, steps: made, nameOf }));
    }
  }

  /** Starts a call: its first message is under way when this returns. @param path - of the step */
  function startCall(step: CallStep, path: string): StartedCall {
    const side = sideOf(step.caller);
    const reached = step.reach ? step.reach.map((name) => sideOf(name)) : sidesFor(step.callee);
    const dialog = dialogs.length;
    const expected = reached.map(({ endpoint }) => endpoint.expectCall(dialog, step.answerSupply));
    const forked = reached.map((one) => one.device);
    dialogs.push({ proxy: startProxy(side.device, { reached: forked, dialog }), caller: side.device });
    const call = callOf.filter(({ update }) => update !== true).length;
    callOf.push({ call });
    const caller = callAt(path, () => side.caller.call(step, { dialog, now: setup.now() }));
    return { step, caller, expected, call, reached: forked.map(({ party }) => party.name) };
  }

  /** What a finished call leaves behind can be updated, in a dialog of its own. */
  function openBundle(caller: Actor, endpoint: Actor, call: number): void {
    const dialog = dialogs.length;
    const setUp = (actor: Actor): SetUpSide<B> => ({ party: actor.party, env: sideOf(actor.party.name).env, actor });
    dialogs.push({ between: [caller.party, endpoint.party] });
    callOf.push({ call, update: true });
    bundles.open(setUp(caller), setUp(endpoint), dialog);
  }

  function nameOf(identity: unknown): string | undefined {
    return sides.find((one) => sameIdentity(A, one.device.identity, identity as never))?.device.party.name;
  }

  function startProxy(
    caller: Device<B>,
    { reached, dialog }: { readonly reached: readonly Device<B>[]; readonly dialog: number },
  ): Actor {
    const targetsOf = (type: string, to: unknown): readonly Device<B>[] => {
      if (type === 'fork') return reached;
      if (type === 'forward') return [caller];
      return type === 'return' ? reached.filter((device) => device.party.name === to) : [];
    };
    return network.start(people.proxy, { machine: proxyMachine, input: undefined }, (request, self) => {
      const octets = request.params['octets'] as B;
      for (const target of targetsOf(request.type, request.params['to'])) {
        const from = network.messages[self.handling() ?? -1]?.from;
        if (request.type === 'forward' && from !== undefined) answeredBy.set(network.messages.length, from);
        network.forward(people.proxy, target.party.name, { octets, at: proxyClock.now(), dialog });
      }
    });
  }

  function sideOf(name: string): (typeof sides)[number] {
    const side = sides.find(({ device }) => device.party.name === name);
    if (!side) throw new RangeError(`nobody is called ${name}`);
    return side;
  }

  /** All endpoints behind an identity: of the device, of the user, or of all members of the group. */
  function sidesFor(callee: string): readonly (typeof sides)[number][] {
    const group = people.groups.find(({ spec }) => spec.identity === callee);
    const found = sides.filter(({ device: { spec, user } }) =>
      group ? group.members.has(user.name) : spec.identity === callee || user.identity === callee,
    );
    if (found.length === 0) throw new RangeError(`nobody answers for ${callee}`);
    return found;
  }

  function endpointOf(device: Device<B>): ReturnType<ConstructorParameters<typeof EndpointSide<B>>[1]['endpoint']> {
    // A member may not know yet that it left: the endpoint answers for all groups that it ever was in.
    const groups = people.groups
      .filter(({ spec, members }) => members.has(device.user.name) || spec.members.includes(device.user.name))
      .map(({ spec }) => uri(A, spec.identity));
    const { application } = device.spec;
    return {
      identity: device.identity,
      answersFor: [uri(A, device.user.identity), device.identity, ...groups],
      groups,
      policies,
      application: application === undefined ? undefined : uri(A, application),
    };
  }

  function idOf(kms: KmsStore<B>): KmsStore<B>['identity'] {
    const [first] = kms.ticketKeys;
    return first?.id ?? kms.identity;
  }
}

/** Does what may turn out to be impossible. @throws ImpossibleStep with the whole path */
function callAt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw error instanceof ImpossibleStep ? error.under(path) : error;
  }
}

/** A source whose clock is ahead by an offset that may change. */
function shifted<B>(source: Source<B>, offset: () => Instant): Source<B> {
  return { random: (length, purpose) => source.random(length, purpose), now: () => source.now() + offset() };
}
