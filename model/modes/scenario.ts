/**
 * A scenario as data: who takes part, what each may do and shares with whom, and what happens, step by step. Every mode is one; so is
 * whatever a standards engineer wants to try.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 */
import type { SessionKeyType } from '../exchange/newKeys.ts';
import type { Allowance } from '../guard/profile.ts';
import type { Suite } from '../keys/suite.ts';
import type { KmsPolicy } from '../policy/kmsPolicy.ts';

/** A whole scenario. */
export interface Scenario {
  /** MODE of the command line. */
  readonly mode: string;
  /** One line for a person. */
  readonly title: string;
  /** What it shows, for a reader. */
  readonly about?: string;
  /** Algorithms of the whole run: 128- and 256-bit ones are not mixed. */
  readonly suite: Suite['name'];
  readonly kmss: readonly KmsSpec[];
  readonly users: readonly UserSpec[];
  readonly groups: readonly GroupSpec[];
  /** Pairs of users' or devices' names that share a TPK with each other (mode 4). */
  readonly sharedTicketKeys: readonly (readonly [string, string])[];
  /** What all parties allow beyond the strict profile. */
  readonly allow: readonly Allowance[];
  /** The Ticket Type of all tickets: the MIKEY base ticket, or the 3GPP base ticket with the same layout, which is an assumption. */
  readonly ticketType: 'MIKEY' | '3GPP';
  readonly steps: readonly Step[];
  /** What the network does to messages; default: nothing. */
  readonly faults?: readonly Fault[];
}

/** A KMS. */
export interface KmsSpec {
  readonly name: string;
  readonly identity: string;
  /** Patterns of the identities that are its users', such as `sip:*@example.com`. */
  readonly realm: readonly string[];
  /** Names of the KMSs with which there is a cooperation agreement and a shared key. Both sides must name each other. */
  readonly agreements: readonly string[];
  /** Longest validity of a ticket, in seconds. */
  readonly longestValidity: number;
  /** How many messages of one sender it hears in a minute (12.3); undefined: all. */
  readonly perMinute?: number | undefined;
  /** Its whole policy, in place of what the rest of the scenario says about users, groups and agreements. */
  readonly policy?: KmsPolicy;
}

/** A user. */
export interface UserSpec {
  readonly name: string;
  readonly identity: string;
  /** Name of the KMS that the user trusts. */
  readonly kms: string;
  /** Whether it and its endpoints share PSKs with the KMS or have certificates. */
  readonly access: 'psk' | 'certificate';
  /** Endpoints, each with a PSK or certificate of its own; none: the user is the only one. */
  readonly devices: readonly DeviceSpec[];
  /** Whether the KMS lets the user have tickets. */
  readonly mayRequest: boolean;
  /** How the user stands to tickets that it makes itself (mode 3). */
  readonly ownTickets: {
    /** Whether the KMS shares a TPK with it. */
    readonly key: boolean;
    /** Whether its local policy lets it make tickets. */
    readonly local: boolean;
    /** Whether the KMS's policy lets it. */
    readonly kms: boolean;
  };
  /** Whether the KMS shares a TPK with it so that it resolves tickets itself (mode 2). */
  readonly resolvesItself: boolean;
  /** Seconds by which its clock is ahead; negative: behind. */
  readonly clockOffset: number;
  /** How many calls each of its endpoints looks at in a minute (12.3); undefined: all. */
  readonly callsPerMinute?: number | undefined;
}

/** An endpoint of a user. */
export interface DeviceSpec {
  readonly name: string;
  readonly identity: string;
  /** The application that takes calls there, for tickets that name some (IDRapp). */
  readonly application?: string;
}

/** A group of users. */
export interface GroupSpec {
  readonly identity: string;
  /** Name of the KMS that knows who is in it. */
  readonly kms: string;
  /** Names of the users that are in it at the start. */
  readonly members: readonly string[];
}

/** A ticket that a caller wants to use. */
export interface TicketSpec {
  /**
   * Where it comes from: `KMS` asks for a new one, `self` makes one, `held` uses one that the caller has again, `resolved` uses one that the
   * caller got as a responder (decentralised group signaling).
   */
  readonly from: 'KMS' | 'self' | 'held' | 'resolved';
  /** Under which name the caller keeps it; default `ticket`. */
  readonly name?: string;
  /** Flags, such as `DEFGHIJNO`; without `from: held` or `resolved`. */
  readonly flags?: string;
  /** Session keys asked for; default one TGK. An empty list: none, a party will supply them. */
  readonly keys?: readonly SessionKeyType[];
  /** Identities that may resolve it; default the callee. */
  readonly responders?: readonly string[];
  /** Applications that may use it (IDRapp); default all. */
  readonly applications?: readonly string[];
  /** Seconds from now to TRs; default 0. */
  readonly startsIn?: number;
  /** Seconds from now to TRe; default 3600. */
  readonly validFor?: number;
  /** TRr in seconds; default none. */
  readonly rekeying?: number;
}

/** A call. */
export interface CallStep {
  readonly do: 'call';
  /** Name of the user or device that calls. */
  readonly caller: string;
  /** Identity that is called. */
  readonly callee: string;
  readonly ticket: TicketSpec;
  /** Names of the devices that the proxy forks it to; default: all endpoints of the callee, or of the members of the group. */
  readonly reach?: readonly string[];
  /** Names of the devices that answer, in this order; default: all that are reached. */
  readonly answer?: readonly string[];
  /** Bidirectional streams; default 1. */
  readonly streams?: number;
  /** Whether the RANDRi of the caller's first call with this ticket is used again, so that a group key is the same for all (9). */
  readonly sameRands?: boolean;
  /** Session keys that the caller brings (L); default none. */
  readonly supply?: readonly SessionKeyType[];
  /** Session keys that each answering endpoint brings (M); default none. */
  readonly answerSupply?: readonly SessionKeyType[];
  /** Whether the caller made sure that the group is still the same (5.3). */
  readonly groupVerified?: boolean;
  /** What is to come out of it; default: every device of `answer` answers, and nothing is turned down. */
  readonly expect?: Expectation;
}

/** What is to come out of a call. */
export interface Expectation {
  /** Names of the devices with which the caller ends up with keys. */
  readonly answered: readonly string[];
  /** Who turns what down: party and name of the check. */
  readonly refusals: readonly { readonly party: string; readonly check: string }[];
}

/** A CSB update (5.2). */
export interface UpdateStep {
  readonly do: 'update';
  /** Name of the party that starts it. */
  readonly by: string;
  /** Name of the other side of the call. */
  readonly with: string;
  /** Session keys to bring; default none. */
  readonly keys?: readonly SessionKeyType[];
  /** Bidirectional streams to add; default none. */
  readonly streams?: number;
  /** Whether an answer is expected; default true. */
  readonly answered?: boolean;
}

/** Something that happens. */
export type Step =
  | CallStep
  // Calls at the same time: their messages cross.
  | { readonly do: 'together'; readonly calls: readonly CallStep[] }
  | UpdateStep
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'leave' | 'join'; readonly group: string; readonly member: string }
  | { readonly do: 'rotate-ticket-key'; readonly kms: string };

/**
 * Something that the network does to one message.
 *
 * - `drop` it is lost
 * - `duplicate` it arrives twice
 * - `flip` one bit of it arrives changed
 */
export type Fault = {
  /** Name of the data type, such as `TRANSFER_INIT`. */
  readonly message: string;
  /** Name of the party that the message is on its way to. */
  readonly to: string;
  /** The how many-th message of this type on its way to that party, from 1. */
  readonly nth: number;
} & (
  | { readonly do: 'drop' | 'duplicate' }
  | {
      readonly do: 'flip';
      /** Which octet, from 0; negative: from the end, -1 being the last. */
      readonly octet: number;
      /** Which bit of it, 0 being the most significant. */
      readonly bit: number;
    }
);

/** The calls of a step: one, several at the same time, or none. */
export function callsOf(step: Step | undefined): readonly CallStep[] {
  if (step?.do === 'call') return [step];
  return step?.do === 'together' ? step.calls : [];
}

/** The flags of the strict profile: made by the KMS, resolved there, answered, both RANDs, key forking, reusable, plain RFC. */
export const strictFlags = 'DEFGHIJNO';
