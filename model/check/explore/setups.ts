/**
 * What is explored of each mode: the honest parties, and one setup for each role that a dishonest party can have in it.
 *
 * @module
 */
import type { CallStep, GroupSpec, Scenario, TicketSpec, UserSpec } from '../../modes/scenario.ts';
import type { CallerPlan, Setup } from './setup.ts';

/** Where a dishonest party stands. */
export type Position = 'stranger' | 'sibling' | 'member' | 'named';

/** What each position means. */
export const positions: Readonly<Record<Position, string>> = {
  stranger: 'mallory, a user of the same KMS whom no ticket of others names',
  sibling: 'a further device of bob, which may resolve the same tickets',
  member: 'mallory, a member of the called group',
  named: 'mallory, whom the ticket names beside the callee',
};

const user = (name: string, more: Partial<UserSpec> = {}): UserSpec => ({
  name,
  identity: `sip:${name}@example.com`,
  kms: 'kms',
  access: 'psk',
  devices: [],
  mayRequest: true,
  ownTickets: { key: false, local: false, kms: false },
  resolvesItself: false,
  clockOffset: 0,
  ...more,
});

const makesTickets = { ownTickets: { key: true, local: true, kms: true } } as const;
const device = (name: string): UserSpec['devices'][number] => ({ name, identity: `sip:${name}@example.com` });
const groupIdentity = 'sip:team@example.com';

/** What differs from mode to mode. */
interface Kind {
  readonly group: boolean;
  readonly reused: boolean;
  readonly own: boolean;
}

const kinds: Readonly<Record<string, Kind>> = {
  standard: { group: false, reused: false, own: false },
  reused: { group: false, reused: true, own: false },
  group: { group: true, reused: false, own: false },
  'group-reused': { group: true, reused: true, own: false },
  'otway-rees': { group: false, reused: false, own: true },
  'otway-rees-reused': { group: false, reused: true, own: true },
  'otway-rees-group': { group: true, reused: false, own: true },
  'otway-rees-group-reused': { group: true, reused: true, own: true },
};

/** Modes that can be explored. */
export const exploredModes: readonly string[] = Object.keys(kinds);

/** More than the usual setup of a mode and a position. */
export interface SetupOptions {
  /** Sessions that each honest endpoint runs; default 2 of the first one, 1 of the others. */
  readonly sessions?: number;
  readonly answersPerCall?: number;
  /** Flags of the ticket; default the strict ones. */
  readonly flags?: string;
  /** Session keys in it; default one TGK. */
  readonly keys?: NonNullable<TicketSpec['keys']>;
  readonly allow?: Scenario['allow'];
  readonly leaked?: readonly string[];
  readonly lostCaches?: readonly string[];
  readonly clockSteps?: number;
}

/** The positions that a dishonest party can have in a mode. */
export function positionsIn(mode: string): readonly Position[] {
  return kindOf(mode).group ? ['stranger', 'member'] : ['stranger', 'sibling', 'named'];
}

/**
 * A setup.
 *
 * @throws RangeError if there is no such mode
 */
export function setupOf(mode: string, position: Position, options: SetupOptions = {}): Setup {
  const kind = kindOf(mode);
  const own = kind.own ? makesTickets : {};
  const sibling = position === 'sibling';
  // Where the ticket names others too, the answerer must be the callee itself (weakness W10): so bob has one endpoint then.
  const single = kind.group || position === 'named';
  const users: readonly UserSpec[] = [
    user('alice', own),
    user('bob', {
      devices: single ? [] : [device('bob-phone'), device('bob-laptop'), ...(sibling ? [device('bob-tablet')] : [])],
    }),
    ...(kind.group ? [user('carol')] : []),
    ...(sibling ? [] : [user('mallory', own)]),
  ];
  const members = ['bob', 'carol', ...(position === 'member' ? ['mallory'] : [])];
  const groups: readonly GroupSpec[] = kind.group ? [{ identity: groupIdentity, kms: 'kms', members }] : [];
  const callee = kind.group ? groupIdentity : 'sip:bob@example.com';
  const responders = position === 'named' ? [callee, 'sip:mallory@example.com'] : [callee];
  const flags = options.flags ?? (kind.own ? 'EFGHIJLNO' : 'DEFGHIJNO');
  const ticket: TicketSpec = { from: kind.own ? 'self' : 'KMS', flags, responders, keys: options.keys ?? ['TGK'] };
  const call = (from: TicketSpec): CallStep => ({ do: 'call', caller: 'alice', callee, ticket: from });
  const callers: readonly CallerPlan[] = [
    { id: 'alice#1', device: 'alice', step: call(ticket) },
    ...(kind.reused ? [{ id: 'alice#2', device: 'alice', step: call({ ...ticket, from: 'held' }) }] : []),
  ];
  const answering = kind.group ? ['bob', 'carol'] : single ? ['bob'] : ['bob-phone', 'bob-laptop'];
  return {
    id: `${mode}/${position}`,
    mode,
    title: positions[position],
    scenario: {
      mode,
      title: mode,
      suite: 'sha256',
      kmss: [
        {
          name: 'kms',
          identity: 'sip:kms@example.com',
          realm: ['sip:*@example.com'],
          agreements: [],
          longestValidity: 86_400,
        },
      ],
      users,
      groups,
      sharedTicketKeys: [],
      allow: options.allow ?? [],
      ticketType: 'MIKEY',
      steps: callers.map(({ step }) => step),
    },
    callers,
    answerers: answering.map((name, index) => ({ device: name, sessions: options.sessions ?? (index === 0 ? 2 : 1) })),
    dishonest: [sibling ? 'bob-tablet' : 'mallory'],
    leaked: options.leaked ?? [],
    lostCaches: options.lostCaches ?? [],
    clockSteps: options.clockSteps ?? 0,
    answersPerCall: options.answersPerCall ?? 2,
  };
}

function kindOf(mode: string): Kind {
  const kind = kinds[mode];
  if (!kind) throw new RangeError(`there is no mode ${mode} to explore`);
  return kind;
}
