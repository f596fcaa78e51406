import { describe, expect, test } from 'vitest';
import type { Instant } from '../../../model/algebra/algebra.ts';
import { initialHeader } from '../../../model/exchange/header.ts';
import { strictProfile, type Env } from '../../../model/guard/profile.ts';
import type { Message } from '../../../model/message/message.ts';
import { freshT, second } from '../../../model/message/timestamps.ts';
import { attachKms } from '../../../model/modes/kmsService.ts';
import { messageTypeName } from '../../../model/modes/messageTypeName.ts';
import { Network } from '../../../model/modes/network.ts';
import { populate } from '../../../model/modes/population.ts';
import { kmsAuthority } from '../../../model/modes/scenarioPolicy.ts';
import { ReplayCache } from '../../../model/modes/storage.ts';
import { isFresh, replayEntry } from '../../../model/protection/freshness.ts';
import { readTicketData } from '../../../model/ticket/baseTicket.ts';
import { bytes, interpretation } from '../../../src/run/byteRun.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { call, changed, errorOf, hops, played, secretOf, standard } from '../../support/plays.ts';
import { csb, openTicketIn } from '../../support/recompute.ts';
import { hexOf, only, type Hop } from '../../support/runs.ts';

describe('a lost replay cache', () => {
  const skew = 300;
  const lostAt: Instant = 4_000_000_000n * second;
  const at = (seconds: number): Instant => lostAt + BigInt(seconds) * second;
  const envAt = (seconds: number): Env<Uint8Array> => ({
    algebra: bytes,
    source: { now: () => at(seconds), random: () => Buffer.alloc(0) },
    profile: { ...strictProfile, clockSkew: skew },
  });
  /** A message of a time by its timestamp, replayed at another time: whether it is taken. */
  const takes = (cache: ReplayCache<Uint8Array>, sent: number, replayed: number): boolean => {
    const T = freshT(bytes, at(sent));
    const entry = replayEntry(envAt(replayed), T, { kind: 'V', authAlg: 2, mac: Buffer.from(`${sent}`) });
    return isFresh(envAt(replayed), T) && cache.remember(entry, at(replayed));
  };

  test('[rfc3830:5.4-5] lets nothing pass that the old one may have seen: no timestamp at any time', () => {
    const cache = new ReplayCache(bytes, { at: lostAt, clockSkew: skew });
    for (let sent = -skew; sent <= skew; sent += 50) {
      for (let replayed = 0; replayed <= 3 * skew; replayed += 50) expect(takes(cache, sent, replayed)).toBe(false);
    }
  });

  test('[rfc3830:5.4-5] works again afterwards, and as ever where nothing was lost', () => {
    const cache = new ReplayCache(bytes, { at: lostAt, clockSkew: skew });
    expect([takes(cache, 2 * skew, 2 * skew), takes(cache, 2 * skew + 1, 2 * skew + 1)]).toEqual([false, true]);
    expect(takes(cache, 2 * skew + 1, 2 * skew + 2)).toBe(false);
    expect(takes(new ReplayCache(bytes), 0, 0)).toBe(true);
  });
});

describe('CSB IDs', () => {
  /** A source whose CSB IDs come from a list. */
  const drawing = (...ids: readonly number[]): Env<Uint8Array> => {
    const left = [...ids];
    return {
      algebra: bytes,
      source: { now: () => 1n, random: () => Buffer.from([0, 0, 0, left.length > 1 ? left.shift()! : left[0]!]) },
      profile: strictProfile,
    };
  };
  const fields = { v: true, prfFunc: 1, map: { type: 'Empty map' as const } };
  const id = (value: number): Uint8Array => Buffer.from([0, 0, 0, value]);

  test('[rfc3830:6.1-11] [rfc3830:6.1-10] one that is in use is not used for another call', () => {
    const inUse = [id(7), id(8)];
    const { csbId } = initialHeader(drawing(7, 8, 7, 9), 'TRANSFER_INIT', { ...fields, inUse });
    expect(hexOf(csbId)).toBe('00000009');
    expect(() => initialHeader(drawing(7), 'TRANSFER_INIT', { ...fields, inUse })).toThrow(RangeError);
  });

  test('[rfc3830:6.1-10] a caller knows those of all its calls that are not over', () => {
    const run = played(
      standard({}, { steps: [call({ from: 'KMS' }), call({ from: 'held' }), call({ from: 'held' })] }),
    );
    const known = run.callers.map((caller) => {
      const { csbIdsInUse } = caller.context()['call'] as { readonly csbIdsInUse: readonly Uint8Array[] };
      return csbIdsInUse.map((one) => hexOf(one));
    });
    const [first, second_, third] = hops(run, 'TRANSFER_INIT', { from: 'alice' }).map((one) => hexOf(csb(one)));
    expect(known).toEqual([[], [first], [first, second_]]);
    expect(new Set([first, second_, third]).size).toBe(3);
  });
});

describe('a new TPK', () => {
  const rotated = changed(builtIn('reused'), {
    steps: [
      call({ from: 'KMS', name: 'old' }, { reach: ['bob-phone'] }),
      { do: 'rotate-ticket-key', kms: 'kms' },
      call({ from: 'held', name: 'old' }, { reach: ['bob-laptop'] }),
      call({ from: 'KMS', name: 'new' }, { reach: ['bob-laptop'] }),
    ],
  });
  const run = played(rotated);
  const named = ({ message }: Hop): string =>
    Buffer.from(readTicketData(bytes, only(message, 'TICKET')).IDRpsk!.data).toString();

  test('[rfc6043:A.1-9] seals new tickets, and the old one still opens old ones', () => {
    expect(run.trace.asExpected).toBe(true);
    const [old, fresh] = hops(run, 'REQUEST_RESP');
    expect([named(old!), named(fresh!)]).toEqual(['tpk-1', 'tpk-2']);
    for (const [response, key] of [
      [old!, 'TPK'],
      [fresh!, 'TPK#2'],
    ] as const) {
      const ticket = openTicketIn(response, secretOf(run, key), 'sha256');
      expect(ticket.macFound).toBe(ticket.mac);
    }
    expect(hexOf(secretOf(run, 'TPK#2'))).not.toBe(hexOf(secretOf(run, 'TPK')));
    expect(hops(run, 'RESOLVE_INIT_PSK').map(named)).toEqual(['tpk-1', 'tpk-1', 'tpk-2']);
  });

  test.each([
    ['is refused once that key is gone', ['tpk-2'], { no: 14, mac: true }],
    ['is resolved as long as it is there', ['tpk-1', 'tpk-2'], undefined],
  ] as const)('[rfc6043:A.1-9] a ticket under the old one %s', (_, kept, error) => {
    const asked = hops(run, 'RESOLVE_INIT_PSK')[0]!;
    const source = interpretation('test');
    const people = populate(bytes, rotated, { source: source.sourceOf('setup'), issuer: undefined });
    const [store] = people.kmss;
    const [first] = store!.ticketKeys;
    const keys = kept.map((name) =>
      name === 'tpk-1'
        ? first!
        : { ...first!, id: { ...first!.id, data: Buffer.from(name) }, key: Buffer.alloc(32, 5) },
    );
    const network = new Network(bytes, messageTypeName);
    const answers: Message<Uint8Array>[] = [];
    network.attach('bob-phone', (_parcel, message) => answers.push(message));
    attachKms(network, {
      env: { algebra: bytes, source: source.sourceOf('kms'), profile: strictProfile },
      store: { ...store!, ticketKeys: keys },
      authority: kmsAuthority(rotated, store!.spec, people.groups),
      addressOf: () => 'nobody',
    });
    network.forward(people.devices.find(({ party }) => party.name === 'bob-phone')!.party, 'kms', {
      octets: asked.octets,
      at: asked.at,
    });
    network.run();
    expect(answers).toHaveLength(1);
    expect(messageTypeName(answers[0]!.header.dataType)).toBe(error ? 'Error' : 'RESOLVE_RESP');
    if (error) expect(errorOf(answers[0]!)).toEqual(error);
    const checks = network.steps.flatMap(({ rejection }) => (rejection ? [rejection.check] : []));
    expect(checks).toEqual(error ? ['ticketKeyKnown'] : []);
  });
});
