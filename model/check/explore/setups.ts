/**
 * What is explored of each mode: the honest parties, and one setup for each role that a dishonest party can have in it.
 *
 * @module
 */
import { strictProfile } from '../../guard/profile.ts';
import type { CallStep, GroupSpec, KmsSpec, Scenario, TicketSpec, UserSpec } from '../../modes/scenario.ts';
import type { CallerPlan, Setup } from './setup.ts';

/** Where a dishonest party stands. */
export type Position = 'stranger' | 'sibling' | 'member' | 'named' | 'partner' | 'acquaintance';

/** What each position means. */
export const positions: Readonly<Record<Position, string>> = {
  stranger: 'mallory, a user of the same KMS whom no ticket of others names',
  sibling: 'a further device of bob, which may resolve the same tickets',
  member: 'mallory, a member of the called group',
  named: 'mallory, whom the ticket names beside the callee',
  partner: 'the KMS of another domain, with which there is an agreement',
  acquaintance: 'mallory, who shares a TPK with the callee too',
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
const makesPeerTickets = { ownTickets: { key: false, local: true, kms: false } } as const;

const kmsNamed = (name: string, domain: string, agreements: readonly string[]): KmsSpec => ({
  name,
  identity: `sip:kms@${domain}`,
  realm: [`sip:*@${domain}`],
  agreements,
  longestValidity: 86_400,
});

/** Name of the dishonest KMS. */
const partnerName = 'partner-kms';

/** Flags of the tickets of a kind. */
function flagsFor({ own, TPK }: Kind): string {
  if (TPK === 'responder') return 'DFGHJNO';
  if (TPK === 'peers') return 'FGHJLNO';
  return own ? 'EFGHIJLNO' : 'DEFGHIJNO';
}

const device = (name: string): UserSpec['devices'][number] => ({ name, identity: `sip:${name}@example.com` });
const groupIdentity = 'sip:team@example.com';

/** What differs from mode to mode. */
interface Kind {
  readonly group: boolean;
  readonly reused: boolean;
  readonly own: boolean;
  /** Who has the TPK: the KMS, the KMS and the Responder (mode 2), or Initiator and Responder (mode 4). */
  readonly TPK?: 'responder' | 'peers';
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
  kerberos: { group: false, reused: false, own: false, TPK: 'responder' },
  'pre-shared': { group: false, reused: false, own: true, TPK: 'peers' },
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
  /** For whom a kept resolution may stand in for the KMS; default as in the strict profile. */
  readonly keptResolutions?: Setup['keptResolutions'];
  /** Names of secrets that are the value of another one. */
  readonly sameKeys?: Setup['sameKeys'];
}

/** The positions that a dishonest party can have in a mode. */
export function positionsIn(mode: string): readonly Position[] {
  const { group, TPK } = kindOf(mode);
  if (TPK === 'responder') return ['stranger'];
  if (TPK === 'peers') return ['stranger', 'acquaintance'];
  return group ? ['stranger', 'member'] : ['stranger', 'sibling', 'named', 'partner'];
}

/**
 * A setup.
 *
 * @throws RangeError if there is no such mode
 */
export function setupOf(mode: string, position: Position, options: SetupOptions = {}): Setup {
  const kind = kindOf(mode);
  const peers = kind.TPK === 'peers';
  const own = peers ? makesPeerTickets : kind.own ? makesTickets : {};
  const sibling = position === 'sibling';
  const partner = position === 'partner';
  // Where the ticket names others too, the answerer must be the callee itself (weakness W10): so bob has one endpoint then.
  const single = kind.group || kind.TPK !== undefined || position === 'named';
  const users: readonly UserSpec[] = [
    user('alice', own),
    user('bob', {
      devices: single ? [] : [device('bob-phone'), device('bob-laptop'), ...(sibling ? [device('bob-tablet')] : [])],
      resolvesItself: kind.TPK === 'responder',
    }),
    ...(kind.group ? [user('carol')] : []),
    ...(sibling || partner ? [] : [user('mallory', own)]),
  ];
  const members = ['bob', 'carol', ...(position === 'member' ? ['mallory'] : [])];
  const groups: readonly GroupSpec[] = kind.group ? [{ identity: groupIdentity, kms: 'kms', members }] : [];
  const callee = kind.group ? groupIdentity : 'sip:bob@example.com';
  const responders = position === 'named' ? [callee, 'sip:mallory@example.com'] : [callee];
  const flags = options.flags ?? flagsFor(kind);
  const ticket: TicketSpec = { from: kind.own ? 'self' : 'KMS', flags, responders, keys: options.keys ?? ['TGK'] };
  const call = (from: TicketSpec): CallStep => ({
    do: 'call',
    caller: 'alice',
    callee,
    ticket: from,
    groupVerified: true,
  });
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
        kmsNamed('kms', 'example.com', partner ? [partnerName] : []),
        ...(partner ? [kmsNamed(partnerName, 'example.org', ['kms'])] : []),
      ],
      users,
      groups,
      sharedTicketKeys: peers
        ? [['alice', 'bob'], ...(position === 'acquaintance' ? ([['mallory', 'bob']] as const) : [])]
        : [],
      allow: options.allow ?? (kind.TPK === undefined ? [] : ['I=0']),
      ticketType: 'MIKEY',
      steps: callers.map(({ step }) => step),
    },
    callers,
    answerers: answering.map((name, index) => ({ device: name, sessions: options.sessions ?? (index === 0 ? 2 : 1) })),
    dishonest: [sibling ? 'bob-tablet' : partner ? partnerName : 'mallory'],
    leaked: options.leaked ?? [],
    lostCaches: options.lostCaches ?? [],
    clockSteps: options.clockSteps ?? 0,
    keptResolutions: options.keptResolutions ?? strictProfile.keptResolutions,
    sameKeys: options.sameKeys ?? {},
    answersPerCall: options.answersPerCall ?? 2,
  };
}

function kindOf(mode: string): Kind {
  const kind = kinds[mode];
  if (!kind) throw new RangeError(`there is no mode ${mode} to explore`);
  return kind;
}
