/**
 * The messages of Ticket Request, Transfer and Resolve as terms, for the hand-written theories.
 *
 * Keys of different uses are different functions; a MAC covers the message without its own tag. A ticket is its policy in the open, the encrypted keys E and
 * the MAC MT.
 *
 * @module
 * @see [RFC 6043, section 4.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2)
 */
import type { TicketAblation, TicketMode } from './ticketSwitches.ts';

/** How messages look under some ablations. All arguments and results are text of terms. */
export class TicketTerms {
  readonly #mode: TicketMode;
  readonly #without: ReadonlySet<TicketAblation>;

  constructor(mode: TicketMode, without: ReadonlySet<TicketAblation>) {
    this.#mode = mode;
    this.#without = without;
  }

  /** Ticket Policy: who may call whom. */
  tp(initiator: string, responders: string): string {
    return this.#without.has('idri-not-in-tp') ? `[policy,${responders}]` : `[policy,${initiator},${responders}]`;
  }

  /** The key that tickets are sealed with. */
  tpk(owner: string): string {
    return this.#mode === 'mode 1' ? 'tpkKms' : `tpk(${owner})`;
  }

  /** Encrypted keys in a ticket. */
  sealed(owner: string, keys: { readonly MPK: string; readonly TGK: string }): string {
    return `senc([${keys.MPK},${keys.TGK}],ticketEncr(${this.tpk(owner)}))`;
  }

  /** MAC of a ticket. */
  ticketMac(owner: string, policy: string, sealed: string): string {
    const covered = this.#without.has('tp-not-under-ticket-mac')
      ? `[${owner},${sealed}]`
      : `[${owner},${policy},${sealed}]`;
    return `mac(ticketAuth(${this.tpk(owner)}),${covered})`;
  }

  /** Vr over Vi. */
  vr(MPK: string, Vi: string): string {
    return `mac(vrAuth(mpkR(${MPK})),${Vi})`;
  }

  /** V of TRANSFER_INIT. */
  transferV(MPKi: string, RANDRi: string, { initiator, responders, ticket }: TransferParts): string {
    return `mac(initAuth(${MPKi},${RANDRi}),[${RANDRi},${initiator},${responders},${ticket}])`;
  }

  /** MPKr'. */
  forkedMpkr(MPKr: string, responder: string, RANDRkms: string): string {
    if (this.#without.has('no-forking')) return MPKr;
    return this.#without.has('fork-without-idrr')
      ? `forkMpkr(${MPKr},${RANDRkms})`
      : `forkMpkr(${MPKr},${responder},${RANDRkms})`;
  }

  /** TGK'. */
  forkedTgk(TGK: string, responder: string, RANDRkms: string): string {
    if (this.#without.has('no-forking')) return TGK;
    return this.#without.has('fork-without-idrr')
      ? `forkTgk(${TGK},${RANDRkms})`
      : `forkTgk(${TGK},${responder},${RANDRkms})`;
  }

  /** Functions that depend on ablations, with their arities. */
  get functions(): Readonly<Record<string, number>> {
    if (this.#without.has('no-forking')) return {};
    const arity = this.#without.has('fork-without-idrr') ? 2 : 3;
    return { forkMpkr: arity, forkTgk: arity };
  }
}

/** What TRANSFER_INIT is about. */
export interface TransferParts {
  readonly initiator: string;
  readonly responders: string;
  /** Policy, owner, sealed keys, MAC. */
  readonly ticket: string;
}
