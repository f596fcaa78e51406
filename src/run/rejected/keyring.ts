/**
 * The keys of a run, for whoever changes its messages as an insider could: who has a key makes MACs that hold.
 *
 * @module
 */
import { MikeyError } from '../../../model/error.ts';
import { deriveMpk } from '../../../model/keys/mpk.ts';
import type { KeyDataPayload, TicketPayload } from '../../../model/message/payload.ts';
import { openTicketKeys, readTicketData, ticketMacHolds } from '../../../model/ticket/baseTicket.ts';
import type { Trace } from '../../../model/trace/trace.ts';
import { bytes } from '../byteRun.ts';
import type { CertifiedParties } from '../vector/certified.ts';

/** A ticket, opened. */
export interface TicketKeys {
  readonly TPK: Uint8Array;
  /** MPK, then the session keys. */
  readonly keys: readonly KeyDataPayload<Uint8Array>[];
  readonly MPKi: Uint8Array;
  /** Not forked. */
  readonly MPKr: Uint8Array;
}

/** The keys of a run. */
export class Keyring {
  readonly #trace: Trace<Uint8Array>;
  readonly #certified: CertifiedParties;

  /**
   * @param trace - an honest run with the same seed, which draws the same keys
   * @param certified - who has which RSA key
   */
  constructor(trace: Trace<Uint8Array>, certified: CertifiedParties = new Map()) {
    this.#trace = trace;
    this.#certified = certified;
  }

  /** The private RSA key of a party, by its name. @throws RangeError if it has none */
  privateKey(name: string): Uint8Array {
    const found = this.#certified.get(this.identityOf(name));
    if (!found) throw new RangeError(`${name} has no RSA key`);
    return found.privateKey;
  }

  /** The identity of a party, by its name. */
  identityOf(name: string): string {
    return this.#trace.parties.find((party) => party.name === name)?.identity ?? name;
  }

  /**
   * The PSK or envelope key of two parties, by their names.
   *
   * @throws RangeError if they share none
   */
  psk(asking: string, asked: string): Uint8Array {
    const named = (name: string): Uint8Array | undefined =>
      this.#trace.secrets.find((secret) => secret.name === name)?.value;
    const found = named(`PSK(${asking}, ${asked})`) ?? named(`PSK(${asking})`) ?? named(`ENV(${asking})`);
    if (!found) throw new RangeError(`${asking} and ${asked} share no PSK`);
    return found;
  }

  /** A TPK by its name. @throws RangeError if there is none */
  ticketKey(name: string): Uint8Array {
    const found = this.#trace.secrets.find((secret) => secret.kind === 'TPK' && secret.name === name);
    if (!found) throw new RangeError(`there is no ${name}`);
    return found.value;
  }

  /** Opens a ticket with whichever TPK seals it; undefined if none does. */
  open(ticket: TicketPayload<Uint8Array>): TicketKeys | undefined {
    try {
      const data = readTicketData(bytes, ticket);
      const known = this.#trace.secrets.filter(({ kind }) => kind === 'TPK').map(({ value }) => value);
      const TPK = known.find((key) => ticketMacHolds(bytes, ticket, { TPK: key, data }));
      if (!TPK) return undefined;
      const keys = openTicketKeys(bytes, ticket, { TPK, data });
      const MPK = keys[0]?.key ?? new Uint8Array();
      const RAND = data.RAND.rand;
      const mpk = (as: 'MPKi' | 'MPKr'): Uint8Array => deriveMpk(bytes, ticket.policy.prfFunc, { MPK, RAND, as });
      return { TPK, keys, MPKi: mpk('MPKi'), MPKr: mpk('MPKr') };
    } catch (error) {
      if (!(error instanceof MikeyError)) throw error;
      return undefined;
    }
  }
}
