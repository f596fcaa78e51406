/**
 * Where a message of a run is changed with the keys at hand, so that everything but the one thing that was changed holds.
 *
 * @module
 */
import { encrAlgs, macAlgs } from '../../../spec/registry/kemac.ts';
import { messageAuthKey, messageEncrKeys } from '../../../model/keys/protectionKeys.ts';
import type { Message } from '../../../model/message/message.ts';
import type { KemacPayload, KeyDataPayload } from '../../../model/message/payload.ts';
import { all, one } from '../../../model/message/select.ts';
import { as64Bits } from '../../../model/message/timestamps.ts';
import { appendV } from '../../../model/protection/authentication.ts';
import { openKeys } from '../../../model/protection/keyTransport.ts';
import { sealInitiatorData } from '../../../model/ticket/initiatorData.ts';
import { createPublicKeyAlgebra } from '../../crypto/publicKeyAlgebra.ts';
import { bytes } from '../byteRun.ts';
import { replacing } from './edits.ts';
import { MessageBench } from './messageBench.ts';
import { reseal, type TicketChange } from './reseal.ts';

type Draft = Message<Uint8Array>;

/** How a KEMAC is made anew. */
export interface KemacChange {
  /** The keys in it. */
  readonly keys?: (keys: readonly KeyDataPayload<Uint8Array>[]) => readonly KeyDataPayload<Uint8Array>[];
  /** None, or of the other strength. */
  readonly encryption?: 'NULL' | 'other';
  /** Whether it has a MAC of its own. */
  readonly withMac?: boolean;
}

/** A message that is under way, and the keys of the run. */
export class Workbench extends MessageBench {
  /** A KEMAC that nobody expects; what is in it does not matter. */
  someKemac(): KemacPayload<Uint8Array> {
    const encrData = new Uint8Array(44).fill(7);
    return { kind: 'KEMAC', encrAlg: this.suite.encrAlg, encrData, macAlg: macAlgs.NULL, mac: bytes.octets('') };
  }

  /** Makes the ticket in a message anew, with a MAC that holds. */
  resealed(message: Draft, change: TicketChange): Draft {
    return replacing('TICKET', (ticket) => [reseal(ticket, this.ticketKeys(ticket), change)])(message);
  }

  /** Makes the KEMAC of a response anew: with other keys or algorithms, or because its timestamp is another. */
  rekeyed(message: Draft, { keys = (same) => same, encryption, withMac = false }: KemacChange = {}): Draft {
    const old = one(this.message.payloads, 'KEMAC');
    const input = this.keyInput(this.message);
    const keying = (of: Draft, alg: number): Parameters<typeof openKeys<Uint8Array>>[2] => ({
      ...messageEncrKeys(bytes, alg, input),
      csbId: input.csbId,
      t: as64Bits(bytes, one(of.payloads, 'T')),
    });
    const data = bytes.encode({
      kind: 'Key data',
      keys: keys(openKeys(bytes, old, keying(this.message, old.encrAlg))),
    });
    const algs = { NULL: encrAlgs.NULL, other: this.other.encrAlg, same: old.encrAlg } as const;
    const encrAlg = algs[encryption ?? 'same'];
    const encrData = encryption === 'NULL' ? data : bytes.encrypt(encrAlg, keying(message, encrAlg), { data });
    const macAlg = withMac ? this.suite.macAlg : macAlgs.NULL;
    const mac = withMac
      ? bytes.mac(macAlg, messageAuthKey(bytes, macAlg, input), { data: encrData })
      : bytes.octets('');
    const fresh: KemacPayload<Uint8Array> = { kind: 'KEMAC', encrAlg, encrData, macAlg, mac };
    return replacing('KEMAC', () => [fresh])(message);
  }

  /**
   * Makes the MAC of a message hold, as somebody could who has the key; in TRANSFER_INIT also Vi and Vr.
   *
   * @param options - another MAC algorithm, or another key than the one that the two parties share
   */
  sign(message: Draft, options: { readonly macAlg?: number; readonly inkey?: Uint8Array } = {}): Draft {
    if (this.hop.type.endsWith('_PK')) return this.#withSignature(message);
    const macAlg = options.macAlg ?? all(this.message.payloads, 'V')[0]?.authAlg ?? macAlgs.NULL;
    const input = this.keyInput(message);
    const bare = replacing('V', () => [])(message);
    const signed = appendV(bytes, bare, {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, options.inkey ? { ...input, inkey: options.inkey } : input),
      cover: (draft) => this.coverage(draft),
    });
    return this.hop.type === 'TRANSFER_INIT' && !this.isUpdate ? this.#withInitiatorData(signed) : signed;
  }

  /** SIGN in place of the old one, under the key of the sender. */
  #withSignature(message: Draft): Draft {
    const privateKey = this.keyring.privateKey(this.hop.from);
    const { sType } = one(this.message.payloads, 'SIGN');
    const bare = replacing('SIGN', () => [])(message);
    const withSign = (signature: Uint8Array): Draft => ({
      ...bare,
      payloads: [...bare.payloads, { kind: 'SIGN', sType, signature }],
    });
    const data = this.coverage(withSign(new Uint8Array(publicKeys.signatureLength(privateKey))));
    return withSign(publicKeys.sign(sType, privateKey, { hash: 'sha256', data, random: noRandomness }));
  }

  #withInitiatorData(signed: Draft): Draft {
    return replacing('TICKET', (ticket) => {
      if (!ticket.policy.flags.I) return [{ ...ticket, initiatorData: bytes.octets('') }];
      const { MPKr } = this.ticketKeys(ticket);
      const initiatorData = sealInitiatorData(bytes, one(signed.payloads, 'V'), {
        prfFunc: ticket.policy.prfFunc,
        MPKr,
      });
      return [{ ...ticket, initiatorData }];
    })(signed);
  }
}

const publicKeys = createPublicKeyAlgebra();

/** PKCS #1 v1.5 needs none. */
function noRandomness(): Uint8Array {
  throw new RangeError('this signature should need no randomness');
}
