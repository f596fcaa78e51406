/**
 * Vectors of scenarios that were played by the machines.
 *
 * @module
 */
import type { Message } from '../../../model/message/message.ts';
import { all } from '../../../model/message/select.ts';
import { flagNames } from '../../../model/message/ticketPolicy.ts';
import type { Agreement, Trace, TracedMessage } from '../../../model/trace/trace.ts';
import type { JudgedFork, JudgedVector } from '../../../src/judge/vectorFile.ts';
import { idRoles } from '../../../spec/registry/identities.ts';
import { hex, type Bytes } from './scene.ts';

/** What IDRpsk says of a TPK with a name such as `TPK(bob, kms)`. */
function tpkName(name: string): string {
  const [, inside] = /\((.*)\)/.exec(name) ?? [];
  if (inside === undefined || inside.startsWith('kms')) return 'tpk-1';
  const [first, second] = inside.split(', ');
  return second === 'kms' ? `tpk-for-${first}` : ['tpk', first, second].filter(Boolean).join('-');
}

function forkOf(agreement: Agreement<Bytes>): JudgedFork {
  const { mpkr, tgks, gtgks, sessions } = agreement;
  return {
    mpkr: mpkr === null ? null : hex(mpkr),
    tgk: tgks.map(hex),
    gtgk: gtgks.map(hex),
    tek: Object.fromEntries(sessions.map(({ csId, tek }) => [String(csId), hex(tek)])),
    salt: Object.fromEntries(sessions.map(({ csId, salt }) => [String(csId), hex(salt)])),
  };
}

/** A trace as a vector. */
export function playedVector(trace: Trace<Bytes>): JudgedVector {
  const identityOf = (name: string): string => trace.parties.find((party) => party.name === name)?.identity ?? name;
  const isProxy = (name: string): boolean =>
    trace.parties.some((party) => party.name === name && party.role === 'proxy');
  const text = (message: Message<Bytes>, role: number): string =>
    new TextDecoder().decode(all(message.payloads, 'IDR', role)[0]?.data ?? new Uint8Array(0));
  const offerOf = ({ message }: TracedMessage<Bytes>): Message<Bytes> =>
    trace.messages.find(
      (one) => one.type === 'TRANSFER_INIT' && hex(one.message.header.csbId) === hex(message.header.csbId),
    )!.message;
  // Of each message that crosses the proxy, the hop at the endpoint's side counts.
  const hops = trace.messages.filter(({ type, from, to }) =>
    type === 'TRANSFER_INIT' ? !isProxy(to) : !isProxy(from),
  );
  const messages = hops.map((hop) => ({
    type: hop.type,
    from: isProxy(hop.from) ? text(offerOf(hop), idRoles.IDRi) : identityOf(hop.from),
    to:
      hop.type === 'TRANSFER_INIT'
        ? text(hop.message, idRoles.IDRr)
        : isProxy(hop.to)
          ? text(offerOf(hop), idRoles.IDRi)
          : identityOf(hop.to),
    hex: hex(hop.octets),
  }));
  const [ticket] = hops.flatMap((hop) => (hop.type === 'TRANSFER_INIT' ? all(hop.message.payloads, 'TICKET') : []));
  const { flags, prfFunc } = ticket!.policy;
  const psks = Object.fromEntries(
    trace.secrets
      .filter(({ kind }) => kind === 'PSK')
      .map(({ name, value }) => [identityOf(/\(([^,)]*)/.exec(name)![1]!), hex(value)]),
  );
  const forks: Record<string, JudgedFork> = {};
  const counts = new Map<string, number>();
  for (const agreement of trace.agreements.filter((one) => one.party === one.device)) {
    const name = identityOf(agreement.device);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    forks[`${name}#${count}`] = forkOf(agreement);
    forks[name] = forkOf(agreement);
  }
  const secretOf = (kind: string): string | undefined =>
    trace.secrets.filter((one) => one.kind === kind).map(({ value }) => hex(value))[0];
  const policy = Object.fromEntries(flagNames.map((flag) => [flag, flags[flag]])) as typeof flags;
  return {
    name: trace.title,
    mode: trace.mode,
    policy: { ...policy, prf: prfFunc },
    secrets: {
      psk_i: psks,
      psk_r: psks,
      // Each KMS calls its key tpk-1: that of the first one seals the tickets.
      tpk: Object.fromEntries(
        trace.secrets
          .filter(({ kind }) => kind === 'TPK')
          .toReversed()
          .map(({ name, value }) => [tpkName(name), hex(value)]),
      ),
    },
    messages,
    expected: { mpki: secretOf('MPKi')!, mpkr: secretOf('MPKr') ?? null, forks },
  };
}
