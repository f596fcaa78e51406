/**
 * The parties of a scenario, and the keys that they share before anything happens.
 *
 * @module
 */
import type { Algebra, Source } from '../algebra/algebra.ts';
import { suites } from '../keys/suite.ts';
import { keyName, uri, type Identity } from '../message/identity.ts';
import type { NamedKey, Partner, TicketKey } from '../policy/account.ts';
import type { PublicKeyAccess, PublicKeyService } from '../policy/certified.ts';
import type { Party, Secret } from '../trace/trace.ts';
import { accessOf, serviceOf, type Certified, type Infrastructure } from './infrastructure.ts';
import { callsOf, type DeviceSpec, type GroupSpec, type KmsSpec, type Scenario, type UserSpec } from './scenario.ts';
import type { StoredAccount, StoredChain } from './storage.ts';

/** An endpoint of a user, or a user that is its own endpoint. */
export interface Device<B> {
  readonly party: Party;
  readonly spec: DeviceSpec;
  readonly user: UserSpec;
  readonly identity: Identity<B>;
  /** How it asks its KMS. */
  readonly access: DeviceAccess<B>;
  /** TPKs that it shares, to make tickets (mode 3) or to make and resolve them with a peer (mode 4). */
  readonly makerKey: NamedKey<B> | undefined;
  /** TPKs with which it resolves tickets itself, and who makes tickets with each. */
  readonly ownTicketKeys: readonly TicketKey<B>[];
}

/** How an endpoint asks its KMS: under a PSK, or with a certificate. */
export type DeviceAccess<B> = { readonly psk: NamedKey<B> } | { readonly access: PublicKeyAccess<B> };

/** A KMS and what its storage holds. */
export interface KmsStore<B> {
  readonly party: Party;
  readonly spec: KmsSpec;
  readonly identity: Identity<B>;
  readonly accounts: readonly StoredAccount<B>[];
  /** Certificates on file; none: users send theirs. */
  readonly chains: readonly StoredChain<B>[];
  /** For users with certificates; undefined if there are none. */
  readonly service: PublicKeyService<B> | undefined;
  /** TPKs of its own, the current one last; a rotation adds one. */
  readonly ticketKeys: TicketKey<B>[];
  /** TPKs that users share to make tickets. */
  readonly makerKeys: readonly TicketKey<B>[];
  /** TPKs that it seals tickets with for responders that resolve themselves, by responder; it never resolves those. */
  readonly responderKeys: readonly { readonly responder: Identity<B>; readonly TPK: TicketKey<B> }[];
  readonly partners: readonly Partner<B>[];
}

/** Who takes part. */
export interface Population<B> {
  readonly proxy: Party;
  readonly devices: readonly Device<B>[];
  readonly kmss: readonly KmsStore<B>[];
  /** Who is in which group, now. */
  readonly groups: readonly { readonly spec: GroupSpec; readonly members: Set<string> }[];
  readonly secrets: readonly Secret<B>[];
  /** Names of the secrets that each party was given. */
  readonly given: Readonly<Record<string, readonly string[]>>;
}

/** Makes the parties of a scenario. @throws RangeError if a name in it means nobody, or two parties have one name */
export function populate<B>(
  A: Algebra<B>,
  scenario: Scenario,
  { source, issuer }: { readonly source: Source<B>; readonly issuer: Infrastructure<B> | undefined },
): Population<B> {
  const { keyLength } = suites[scenario.suite];
  const secrets: Secret<B>[] = [];
  const given = new Map<string, string[]>();
  const share = (
    name: string,
    kind: Secret<B>['kind'],
    options: { readonly id: string; readonly among: readonly string[] },
  ): NamedKey<B> => {
    const key = source.random(keyLength, name);
    secrets.push({ name, kind, value: key });
    for (const party of options.among) given.set(party, [...(given.get(party) ?? []), name]);
    return { id: keyName(A, options.id), key };
  };
  const proxy: Party = { name: 'proxy', role: 'proxy', identity: 'sip:proxy.example.com' };
  for (const { name } of [proxy, ...scenario.kmss]) given.set(name, []);

  const calls = scenario.steps.flatMap(callsOf);
  // Who calls with a ticket that it resolved, answered a call before: in diagrams it stands among the called.
  const callers = new Set(calls.filter((call) => call.ticket.from !== 'resolved').map((call) => call.caller));
  const devices = scenario.users.flatMap((user) => {
    requireName(user.kms, scenario.kmss);
    const specs: readonly DeviceSpec[] =
      user.devices.length > 0 ? user.devices : [{ name: user.name, identity: user.identity }];
    const among = [...specs.map((spec) => spec.name), user.kms];
    const own = user.ownTickets.key ? share(`TPK(${user.name})`, 'TPK', { id: `tpk-${user.name}`, among }) : undefined;
    const resolving = user.resolvesItself
      ? share(`TPK(${user.name}, kms)`, 'TPK', { id: `tpk-for-${user.name}`, among })
      : undefined;
    return specs.map((spec) => ({ spec, user, own, resolving }));
  });
  const pairs = scenario.sharedTicketKeys.map(([a, b]) => ({
    names: [a, b],
    TPK: share(`TPK(${a}, ${b})`, 'TPK', { id: `tpk-${a}-${b}`, among: [a, b] }),
  }));
  const kmsCertificates = new Map(
    issuer ? scenario.kmss.map(({ name, identity }) => [name, issuer.certify(name, identity)] as const) : [],
  );
  const accessFor = (spec: DeviceSpec, user: UserSpec): DeviceAccess<B> => {
    const kms = kmsCertificates.get(user.kms);
    if (user.access === 'certificate') {
      if (!issuer || !kms) throw new RangeError('nobody issues certificates here');
      given.set(spec.name, given.get(spec.name) ?? []);
      return { access: accessOf(issuer.trust, { user: issuer.certify(spec.name, spec.identity), kms }) };
    }
    return { psk: share(`PSK(${spec.name})`, 'PSK', { id: `psk-${spec.name}`, among: [spec.name, user.kms] }) };
  };
  const endpoints = devices.map((device) => device.spec);
  const population = devices.map(({ spec, user, own, resolving }): Device<B> => {
    const shared = pairs
      .filter(({ names }) => names.includes(spec.name))
      .map(({ names, TPK }): TicketKey<B> => {
        const peer = names.find((name) => name !== spec.name) ?? spec.name;
        return { ...TPK, maker: [uri(A, requireName(peer, endpoints).identity)] };
      });
    const party: Party = {
      name: spec.name,
      role: callers.has(spec.name) ? 'initiator' : 'responder',
      identity: spec.identity,
    };
    return {
      party,
      spec,
      user,
      identity: uri(A, spec.identity),
      access: accessFor(spec, user),
      makerKey: own ?? shared[0],
      ownTicketKeys: [...(resolving ? [{ ...resolving, maker: undefined }] : []), ...shared],
    };
  });
  const links = scenario.kmss.flatMap((asking) =>
    asking.agreements.map((asked) => ({
      asking: asking.name,
      asked,
      psk: share(`PSK(${asking.name}, ${asked})`, 'PSK', {
        id: `psk-${asking.name}-${asked}`,
        among: [asking.name, requireName(asked, scenario.kmss).name],
      }),
    })),
  );
  const kmss = scenario.kmss.map((spec): KmsStore<B> => {
    const only = scenario.kmss.length === 1;
    const TPK = share(only ? 'TPK' : `TPK(${spec.name})`, 'TPK', { id: 'tpk-1', among: [spec.name] });
    const mine = devices.filter(({ user }) => user.kms === spec.name);
    const users = [...new Set(mine.map(({ user }) => user))];
    const keysOf = (user: UserSpec): (typeof mine)[number] | undefined => mine.find((one) => one.user === user);
    const identityOf = (name: string): string => requireName(name, scenario.kmss).identity;
    return {
      party: { name: spec.name, role: 'kms', identity: spec.identity },
      spec,
      identity: uri(A, spec.identity),
      accounts: [
        ...population
          .filter(({ user }) => user.kms === spec.name)
          .flatMap(({ access, identity }): StoredAccount<B>[] =>
            'psk' in access ? [{ ...access.psk, identities: [identity], isKms: false }] : [],
          ),
        ...links
          .filter((link) => link.asked === spec.name)
          .map(({ asking, psk }): StoredAccount<B> => ({
            ...psk,
            identities: [uri(A, identityOf(asking))],
            isKms: true,
          })),
      ],
      chains: [],
      service: issuer && serviceFor(issuer, kmsCertificates.get(spec.name)),
      ticketKeys: [{ ...TPK, maker: undefined }],
      makerKeys: users.flatMap((user) => {
        const own = keysOf(user)?.own;
        return own ? [{ ...own, maker: [uri(A, user.identity)] as const }] : [];
      }),
      responderKeys: users.flatMap((user) => {
        const resolving = keysOf(user)?.resolving;
        return resolving ? [{ responder: uri(A, user.identity), TPK: { ...resolving, maker: undefined } }] : [];
      }),
      partners: links
        .filter((link) => link.asking === spec.name)
        .map(({ asked, psk }) => ({ identity: uri(A, identityOf(asked)), psk })),
    };
  });
  const parties = [...population.map((device) => device.party.name), ...kmss.map((kms) => kms.party.name), proxy.name];
  const twice = parties.find((name, index) => parties.indexOf(name) !== index);
  if (twice !== undefined) throw new RangeError(`two parties are called ${twice}`);
  return {
    proxy,
    devices: population,
    kmss,
    groups: scenario.groups.map((spec) => ({ spec, members: new Set(spec.members) })),
    secrets,
    given: Object.fromEntries(given),
  };
}

function serviceFor<B>(issuer: Infrastructure<B>, kms: Certified<B> | undefined): PublicKeyService<B> | undefined {
  return kms && serviceOf(issuer.trust, kms);
}

/** The one with a name. @throws RangeError if there is none */
export function requireName<T extends { readonly name: string }>(name: string, among: readonly T[]): T {
  const found = among.find((one) => one.name === name);
  if (!found) throw new RangeError(`nobody is called ${name}`);
  return found;
}
