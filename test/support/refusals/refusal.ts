/**
 * One refusal: how to bring a party to turn something down by one check, and what comes of it.
 *
 * @module
 */
import type { Outcome } from '../../../model/guard/checker.ts';
import { second } from '../../../model/message/timestamps.ts';
import type { Message } from '../../../model/message/message.ts';
import type { TicketPolicy } from '../../../model/message/ticketPolicy.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import { readTpData, writeTpData, type TpData } from '../../../model/policy/tpData.ts';
import type { errorNos } from '../../../spec/registry/errors.ts';
import { tsTypes } from '../../../spec/registry/timestamps.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { Forger, forgerEnv, type Where } from '../forger.ts';
import { played, standard, type BytesPlayed } from '../plays.ts';
import { withPayloads, type Change } from '../tamper.ts';

/** What the peer is told: an Error no, with or without a MAC, or nothing. */
export interface Told {
  readonly error: keyof typeof errorNos | undefined;
  readonly mac: boolean;
}

/** A refusal in a play, where the party's machine makes the check. */
export interface PlayedRefusal {
  /** What is wrong, with the statements that forbid it. */
  readonly what: string;
  /** Who turns it down. */
  readonly party: string;
  readonly run: () => BytesPlayed;
  readonly told: Told;
  /** With whom the caller of the last call ends up nonetheless; default nobody. */
  readonly answered?: readonly string[];
}

/** A refusal that no play can bring about: one step by itself, and why. */
export interface SingleRefusal {
  readonly what: string;
  /** Why no play brings it about. */
  readonly why: string;
  readonly step: () => Outcome<unknown>;
}

/** A refusal that another test of the same kind brings about: it names the check that fails. */
export interface SeenElsewhere {
  /** File of the test, from the root. */
  readonly seenIn: string;
}

/** A refusal. */
export type Refusal = PlayedRefusal | SingleRefusal | SeenElsewhere;

/** The peer gets an Error message with a MAC. */
export function told(error: keyof typeof errorNos): Told {
  return { error, mac: true };
}

/** The peer gets an Error message without a MAC. */
export function hinted(error: keyof typeof errorNos): Told {
  return { error, mac: false };
}

/** The peer gets no Error message. */
export const silence: Told = { error: undefined, mac: false };

/** The standard flow as it should be. */
export const honest = played(standard());

/** Who knows its secrets. */
export const forger = new Forger(honest);

/** The standard flow, in which one message is changed and resigned. */
export function attacked(where: Where, change: Change): () => BytesPlayed {
  return () => played(standard(), { intercept: forger.at(where, change) });
}

/** Moves T by seconds. */
export function later(seconds: number): Change {
  return (message) =>
    withPayloads(message, (payload) => {
      if (payload.kind !== 'T') return [payload];
      const at = bytes.instant(payload.tsType, payload.value)! + BigInt(seconds) * second;
      return [{ ...payload, value: bytes.timestamp(tsTypes['NTP-UTC'], at) }];
    });
}

/** Drops the payloads for which `which` holds. */
export function without(which: (payload: Message<Uint8Array>['payloads'][number]) => boolean): Change {
  return (message) => withPayloads(message, (payload) => (which(payload) ? [] : [payload]));
}

/** Another CSB ID in HDR. */
export const otherCsb: Change = ({ header, payloads }) => ({
  header: { ...header, csbId: Buffer.from('00000001', 'hex') },
  payloads,
});

/** A map with one crypto session, where the Empty map has to be. */
export const mapped: Change = ({ header, payloads }) => ({
  header: {
    ...header,
    map: {
      type: 'GENERIC-ID',
      sessions: [{ csId: 1, protType: 0, s: false, policies: [], sessionData: Buffer.alloc(0), spi: Buffer.alloc(0) }],
    },
  },
  payloads,
});

/** Changes the Ticket Policy of TP or TICKET. */
export function policy(change: (policy: TicketPolicy<Uint8Array>) => TicketPolicy<Uint8Array>): Change {
  return (message) =>
    withPayloads(message, (payload) => [
      payload.kind === 'TP' || payload.kind === 'TICKET' ? { ...payload, policy: change(payload.policy) } : payload,
    ]);
}

/** Changes TP Data of a Ticket Policy. */
export function tpData(
  change: (data: TpData<Uint8Array>) => TpData<Uint8Array>,
): (policy: TicketPolicy<Uint8Array>) => TicketPolicy<Uint8Array> {
  return (before) => ({ ...before, tpData: writeTpData(bytes, change(readTpData(bytes, before.tpData))) });
}

/** Other flags of a Ticket Policy. */
export function flags(letters: string): (policy: TicketPolicy<Uint8Array>) => TicketPolicy<Uint8Array> {
  return (before) => ({ ...before, flags: flagsOf(letters) });
}

/** The validity period moved by seconds. */
export function moved(seconds: number): (data: TpData<Uint8Array>) => TpData<Uint8Array> {
  const by = BigInt(seconds) * second;
  return (data) => ({ ...data, TRs: data.TRs! + by, TRe: data.TRe! + by });
}

/** An environment with the clock of the seeded plays, for single steps. */
export const env = forgerEnv;
