/**
 * A message that is under way, what came before it, and the keys that protect it.
 *
 * @module
 * @see [RFC 6043, section 5.1.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.2)
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { forkKey } from '../../../model/keys/forkedKeys.ts';
import type { MessageKeyInput } from '../../../model/keys/protectionKeys.ts';
import { suiteOfPrf, type Suite } from '../../../model/keys/suite.ts';
import { initialCoverage, responseCoverage, transferInitCoverage } from '../../../model/message/coverage.ts';
import { uri, type Identity } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { TicketPayload } from '../../../model/message/payload.ts';
import { all, one } from '../../../model/message/select.ts';
import type { TracedMessage } from '../../../model/trace/trace.ts';
import { bytes } from '../byteRun.ts';
import type { Keyring, TicketKeys } from './keyring.ts';
import { otherSuite } from './reseal.ts';

type Draft = Message<Uint8Array>;

/** A message over one hop, and what of it arrived. */
export interface Arrived {
  readonly hop: TracedMessage<Uint8Array>;
  readonly message: Draft;
}

/** A message over one hop, and what one has to know to protect another in its place. */
export class MessageBench {
  readonly hop: TracedMessage<Uint8Array>;
  readonly keyring: Keyring;
  protected readonly before: readonly Arrived[];

  /** @param before - the messages that arrived before */
  constructor(keyring: Keyring, hop: TracedMessage<Uint8Array>, before: readonly Arrived[]) {
    this.keyring = keyring;
    this.hop = hop;
    this.before = before;
  }

  /** The message as it was sent. */
  get message(): Draft {
    return this.hop.message;
  }

  /** The algorithms of the run. */
  get suite(): Suite {
    return suiteOfPrf(this.message.header.prfFunc);
  }

  /** Those of the other strength. */
  get other(): Suite {
    return otherSuite(this.suite);
  }

  /** The octets of the first message of the type of this one, to the same party. @throws RangeError if there was none */
  first(): Uint8Array {
    const found = this.before.find(({ hop }) => hop.type === this.hop.type && hop.to === this.hop.to);
    if (!found) throw new RangeError(`there was no ${this.hop.type} before`);
    return found.hop.octets;
  }

  /** The octets of an earlier message: the n-th of a type from a party. @throws RangeError if there was none */
  sent(type: string, { from, nth }: { readonly from: string; readonly nth: number }): Uint8Array {
    const found = this.before.filter(({ hop }) => hop.type === type && hop.from === from)[nth - 1];
    if (!found) throw new RangeError(`${from} sent no such ${type}`);
    return found.hop.octets;
  }

  /** A ticket, opened; one that was changed beyond recognition as it was. @throws RangeError if no key fits */
  ticketKeys(ticket: TicketPayload<Uint8Array>): TicketKeys {
    const sent = all(this.message.payloads, 'TICKET')[0];
    const found = this.keyring.open(ticket) ?? (sent && this.keyring.open(sent));
    if (!found) throw new RangeError('no TPK fits the ticket');
    return found;
  }

  /** The initial message that this response answers, as it arrived. @throws RangeError if there is none */
  get initial(): Draft {
    const { header } = this.message;
    const found = this.before.findLast(
      ({ message }) => bytes.equal(message.header.csbId, header.csbId) && message.header.dataType !== header.dataType,
    );
    if (!found) throw new RangeError('there is no initial message');
    return found.message;
  }

  /** Whether it is a response. */
  protected get isResponse(): boolean {
    return this.hop.type.endsWith('_RESP');
  }

  /** Whether it belongs to a CSB update: it goes under the keys of the answer to the transfer that it follows. */
  protected get isUpdate(): boolean {
    if (!this.hop.type.startsWith('TRANSFER')) return false;
    const first = this.isResponse ? this.initial : this.message;
    return all(first.payloads, 'TICKET').length === 0;
  }

  /** The first message of a type in the crypto session bundle of this one. @throws RangeError if there was none */
  #inBundle(type: string): Draft {
    const { csbId } = this.message.header;
    const found = this.before.find(({ hop, message }) => hop.type === type && bytes.equal(message.header.csbId, csbId));
    if (!found) throw new RangeError(`there is no ${type} of this bundle`);
    return found.message;
  }

  /** What the keys of a message come from. */
  protected keyInput(message: Draft): MessageKeyInput<Uint8Array> {
    if (this.isUpdate) {
      const [offer, answer] = [this.#inBundle('TRANSFER_INIT'), this.#inBundle('TRANSFER_RESP')];
      const { prfFunc, csbId } = offer.header;
      return {
        prfFunc,
        csbId,
        direction: 'response',
        RANDRi: one(offer.payloads, 'RANDR', randRoles.RANDRi).rand,
        RANDRr: all(answer.payloads, 'RANDR', randRoles.RANDRr)[0]?.rand,
        inkey: this.#answerKey(offer, answer),
      };
    }
    const first = this.isResponse || this.hop.type === 'Error' ? this.initial : message;
    const rand = (draft: Draft, role: keyof typeof randRoles): Uint8Array | undefined =>
      all(draft.payloads, 'RANDR', randRoles[role])[0]?.rand;
    return {
      prfFunc: first.header.prfFunc,
      csbId: first.header.csbId,
      direction: this.isResponse ? 'response' : 'initial',
      RANDRi: rand(first, 'RANDRi'),
      RANDRr: rand(this.hop.type === 'TRANSFER_RESP' ? message : first, 'RANDRr'),
      inkey: this.#inkey(message),
    };
  }

  #inkey(message: Draft): Uint8Array {
    const { type, from, to } = this.hop;
    if (type === 'TRANSFER_INIT') {
      return this.ticketKeys(all(message.payloads, 'TICKET')[0] ?? one(this.message.payloads, 'TICKET')).MPKi;
    }
    if (type !== 'TRANSFER_RESP')
      return this.isResponse || type === 'Error' ? this.keyring.psk(to, from) : this.keyring.psk(from, to);
    return this.#answerKey(this.initial, message);
  }

  /** MPKr' or, without key forking, MPKi. */
  #answerKey(offer: Draft, message: Draft): Uint8Array {
    const ticket = one(offer.payloads, 'TICKET');
    const { MPKi, MPKr } = this.ticketKeys(ticket);
    const IDRr = all(message.payloads, 'IDR', idRoles.IDRr)[0] ?? all(this.message.payloads, 'IDR', idRoles.IDRr)[0];
    const RANDRkms =
      all(message.payloads, 'RANDR', randRoles.RANDRkms)[0] ??
      all(this.message.payloads, 'RANDR', randRoles.RANDRkms)[0];
    if (!ticket.policy.flags.I || !IDRr || !RANDRkms) return MPKi;
    const modifier = { idData: IDRr.data, RANDRkms: RANDRkms.rand };
    return forkKey(bytes, ticket.policy.prfFunc, { inkey: MPKr, as: "MPKr'", modifier });
  }

  /** What the MAC or signature of a message covers. */
  protected coverage(draft: Draft): Uint8Array {
    const { type, from, to } = this.hop;
    const party = (role: keyof typeof idRoles, otherwise: string): Identity<Uint8Array> =>
      all(draft.payloads, 'IDR', idRoles[role])[0] ??
      all(this.message.payloads, 'IDR', idRoles[role])[0] ??
      uri(bytes, this.keyring.identityOf(otherwise));
    if (this.isResponse) return responseCoverage(bytes, draft, this.initial);
    if (type === 'Error') return initialCoverage(bytes, draft, []);
    if (type === 'TRANSFER_INIT') {
      return transferInitCoverage(bytes, draft, [party('IDRi', from), party('IDRr', to)]);
    }
    const asking = type.startsWith('REQUEST') ? party('IDRi', from) : party('IDRr', from);
    return initialCoverage(bytes, draft, [asking, party('IDRkms', to)]);
  }
}
