/**
 * A town of users with two KMSs, and thousands of calls among them: a scenario that a seed draws.
 *
 * @module
 */
import type { CallStep, Scenario, Step, TicketSpec } from '../../model/modes/scenario.ts';
import { endpointsOf, plainUser } from '../../model/modes/standard.ts';
import { drawBelow, type Draw } from '../../src/simulate/random.ts';

/** A long scenario, and which of its calls are to pass undisturbed, by their number. */
export interface Town {
  readonly scenario: Scenario;
  readonly calls: number;
  /** Calls that bring tickets which later ones use again: nothing may happen to them. */
  readonly undisturbed: ReadonlySet<number>;
  /** The user without rights. */
  readonly outsider: string;
  /** Calls after everything else is over: one to each endpoint. */
  readonly last: number;
}

type User = Scenario['users'][number];

const kmss = ['kms-a', 'kms-b'] as const;
const usersPerKms = 12;
const outsider = 'mallory';

/** What a user is there for, by its number: two in the end make tickets without a KMS. */
function userOf(index: number, kms: string): User {
  const host = `${kms.slice(-1)}.example`;
  const name = `user-${kms.slice(-1)}${index}`;
  const plain = { ...plainUser(name, `sip:${name}@${host}`, kms), mayRequest: true };
  if (index < 3) return { ...plain, clockOffset: [0, 100, -100][index] ?? 0 };
  if (index < 6) return { ...plain, devices: endpointsOf(name, index - 1, host) };
  if (index < 9) return { ...plain, ownTickets: { key: true, local: true, kms: true } };
  if (index < 10) return { ...plain, resolvesItself: true };
  return { ...plain, ownTickets: { key: false, local: true, kms: false } };
}

/** Flags by what they are for. */
const flags = {
  strict: 'DEFGHIJNO',
  once: 'DEFGHINO',
  selfMade: 'EFGHIJLNO',
  mode2: 'DFGHJNO',
  mode4: 'FGHJLNO',
  groupKey: 'DEFHIJNO',
  oneWay: 'DEHJNO',
} as const;

/** A ticket that a caller got in an undisturbed call. */
interface Held {
  readonly caller: string;
  readonly callee: string;
  readonly name: string;
  readonly groupKey: boolean;
}

/** Draws a town. @param calls - at least so many */
export function drawTown(draw: Draw, calls: number): Town {
  const users = kmss.flatMap((kms) => Array.from({ length: usersPerKms }, (_, index) => userOf(index, kms)));
  const mallory = plainUser(outsider, `sip:${outsider}@a.example`, 'kms-a');
  const groups = kmss.map((kms) => ({
    identity: `sip:team@${kms.slice(-1)}.example`,
    kms,
    members: [0, 1, 2, 6].map((index) => `user-${kms.slice(-1)}${index}`),
  }));
  const story = new Story(draw, { users: [...users, mallory], groups });
  while (story.calls < calls) story.chapter();
  story.end();
  const scenario: Scenario = {
    mode: 'town',
    title: `${users.length} users, two KMSs`,
    suite: 'sha1',
    kmss: kmss.map((name, index) => ({
      name,
      identity: `sip:kms@${name.slice(-1)}.example`,
      realm: [`sip:*@${name.slice(-1)}.example`],
      agreements: [kmss[1 - index]!],
      longestValidity: 8 * 3600,
    })),
    users: [...users, mallory],
    groups,
    sharedTicketKeys: kmss.map((kms) => [`user-${kms.slice(-1)}10`, `user-${kms.slice(-1)}11`] as const),
    allow: ['I=0', 'F=0', 'G=0'],
    ticketType: 'MIKEY',
    steps: story.steps,
  };
  return { scenario, calls: story.calls, undisturbed: story.undisturbed, outsider, last: story.last };
}

/** The steps of a town, as they are drawn. */
class Story {
  readonly steps: Step[] = [];
  readonly undisturbed = new Set<number>();
  calls = 0;
  last = 0;
  readonly #draw: Draw;
  readonly #users: readonly User[];
  readonly #groups: Scenario['groups'];
  #held: Held[] = [];
  #chapters = 0;

  constructor(draw: Draw, { users, groups }: Pick<Scenario, 'users' | 'groups'>) {
    this.#draw = draw;
    this.#users = users;
    this.#groups = groups;
  }

  /** Everybody gets tickets; then come many calls at the same time, again and again, and time passes. */
  chapter(): void {
    this.#chapters += 1;
    this.#held = [];
    this.#add(
      Array.from({ length: 24 }, (_, index) => this.#ticketCall(index)),
      true,
    );
    for (let batch = 0; batch < 16; batch += 1) {
      this.#add(Array.from({ length: 4 + drawBelow(this.#draw, 12) }, () => this.#anyCall()));
      this.steps.push({ do: 'wait', seconds: 1 + drawBelow(this.#draw, 250) });
    }
    const [group] = this.#groups;
    if (group)
      this.steps.push({ do: this.#chapters % 2 === 1 ? 'leave' : 'join', group: group.identity, member: 'user-a6' });
    this.steps.push({ do: 'rotate-ticket-key', kms: this.#among(kmss) });
  }

  /** All tickets end and all timestamps grow old; then everybody is called once more, undisturbed. */
  end(): void {
    this.steps.push({ do: 'wait', seconds: 25 * 3600 });
    const calls = this.#users.flatMap((user) => {
      const names = user.devices.length > 0 ? user.devices.map((device) => device.name) : [user.name];
      const caller = names.includes('user-a0') ? 'user-a1' : 'user-a0';
      return names.map((name) => this.#call(caller, user.identity, { from: 'KMS' }, { reach: [name], answer: [name] }));
    });
    this.last = calls.length;
    // One after the other, so that each finds only what the ones before left.
    for (const call of calls) this.#add([call], true);
  }

  #add(calls: readonly CallStep[], undisturbed = false): void {
    if (undisturbed) calls.forEach((_, index) => this.undisturbed.add(this.calls + index));
    this.calls += calls.length;
    this.steps.push({ do: 'together', calls });
  }

  #among<T>(all: readonly T[]): T {
    const one = all[drawBelow(this.#draw, all.length)];
    if (one === undefined) throw new RangeError('there is nothing to choose from');
    return one;
  }

  #call(caller: string, callee: string, ticket: TicketSpec, more: Partial<CallStep> = {}): CallStep {
    // Clocks differ by up to 100 seconds: a ticket that begins now would not be valid yet for some.
    const dated = ticket.from === 'held' ? ticket : { startsIn: -150, ...ticket };
    return { do: 'call', caller, callee, ticket: dated, ...more };
  }

  /** A user that calls from its only endpoint. */
  #caller(): User {
    return this.#among(this.#users.filter((user) => user.devices.length === 0 && user.name !== outsider));
  }

  #callee(caller: string): User {
    return this.#among(this.#users.filter((user) => user.name !== caller));
  }

  /** Endpoints that take the call: most often all, in any order. */
  #answer(reach: readonly string[]): Pick<CallStep, 'reach' | 'answer'> {
    const order = reach.map((name) => ({ name, place: this.#draw() })).sort((a, b) => a.place - b.place);
    const count = this.#draw() < 0.85 ? order.length : drawBelow(this.#draw, order.length + 1);
    return { reach, answer: order.slice(0, count).map(({ name }) => name) };
  }

  #reachOf(user: User): readonly string[] {
    return user.devices.length > 0 ? user.devices.map((device) => device.name) : [user.name];
  }

  /** A call that brings a ticket to use again; every sixth one for a group key. */
  #ticketCall(index: number): CallStep {
    const caller = this.#caller().name;
    const name = `ticket ${this.#chapters}.${index}`;
    const validFor = 600 + drawBelow(this.#draw, 7 * 3600);
    if (index % 6 === 0) {
      const group = this.#among(this.#groups);
      const member = this.#among(group.members.slice(0, 3).filter((one) => one !== caller));
      this.#held.push({ caller, callee: group.identity, name, groupKey: true });
      const ticket = { from: 'KMS', name, flags: flags.groupKey, keys: ['GTGK+SALT'], validFor } as const;
      return this.#call(caller, group.identity, ticket, { reach: [member] });
    }
    const callee = this.#callee(caller);
    this.#held.push({ caller, callee: callee.identity, name, groupKey: false });
    return this.#call(caller, callee.identity, { from: 'KMS', name, validFor }, this.#answer(this.#reachOf(callee)));
  }

  #anyCall(): CallStep {
    const kind = this.#draw();
    const caller = this.#caller();
    const callee = this.#callee(caller.name);
    const answer = this.#answer(this.#reachOf(callee));
    const streams = 1 + drawBelow(this.#draw, 2);
    if (kind < 0.28) return this.#call(caller.name, callee.identity, { from: 'KMS' }, { ...answer, streams });
    if (kind < 0.32) return this.#call(caller.name, callee.identity, { from: 'KMS', flags: flags.once }, answer);
    if (kind < 0.6) return this.#heldCall(this.#among(this.#held));
    if (kind < 0.7) return this.#selfMade();
    if (kind < 0.75) return this.#toSelfResolver();
    if (kind < 0.8) return this.#withoutKms();
    if (kind < 0.88) return this.#groupCall(caller.name);
    if (kind < 0.94) return this.#call(caller.name, callee.identity, { from: 'KMS', flags: flags.oneWay }, answer);
    return this.#call(outsider, this.#callee(outsider).identity, { from: 'KMS' });
  }

  #heldCall({ caller, callee, name, groupKey }: Held): CallStep {
    const group = this.#groups.find(({ identity }) => identity === callee);
    if (group) {
      const reach = [this.#among(group.members.filter((member) => member !== caller))];
      return this.#call(caller, callee, { from: 'held', name }, { reach, sameRands: groupKey, groupVerified: true });
    }
    const user = this.#users.find(({ identity }) => identity === callee)!;
    return this.#call(caller, callee, { from: 'held', name }, this.#answer(this.#reachOf(user)));
  }

  #selfMade(): CallStep {
    const maker = this.#among(this.#users.filter((user) => user.ownTickets.key));
    const callee = this.#callee(maker.name);
    const ticket = { from: 'self', flags: flags.selfMade, validFor: 3600 } as const;
    return this.#call(maker.name, callee.identity, ticket, this.#answer(this.#reachOf(callee)));
  }

  #toSelfResolver(): CallStep {
    const callee = this.#among(this.#users.filter((user) => user.resolvesItself));
    const peers = this.#users.filter(
      ({ kms, devices, name }) => kms === callee.kms && devices.length === 0 && name !== outsider,
    );
    const caller = this.#among(peers.filter((user) => user !== callee));
    return this.#call(caller.name, callee.identity, { from: 'KMS', flags: flags.mode2 });
  }

  #withoutKms(): CallStep {
    const host = this.#among(['a', 'b']);
    const [caller, callee] = this.#draw() < 0.5 ? ['10', '11'] : ['11', '10'];
    return this.#call(`user-${host}${caller}`, `sip:user-${host}${callee}@${host}.example`, {
      from: 'self',
      flags: flags.mode4,
    });
  }

  #groupCall(caller: string): CallStep {
    const group = this.#among(this.#groups);
    const reach = group.members.filter((member) => member !== caller && this.#draw() < 0.7);
    const some = reach.length > 0 ? reach : group.members.filter((member) => member !== caller).slice(0, 1);
    return this.#call(caller, group.identity, { from: 'KMS' }, this.#answer(some));
  }
}
