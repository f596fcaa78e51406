/**
 * The literal reading of RFC 3830, 4.2.3, in a KMS: the IV of a response holds the timestamp of the request (finding A1).
 *
 * @module
 * @see [RFC 3830, section 4.2.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.3)
 */
import { randRoles } from '../../spec/registry/rand.ts';
import type { Keying } from '../../model/algebra/algebra.ts';
import type { Granted } from '../../model/exchange/requestResp.ts';
import { messageAuthKey, messageEncrKeys, type MessageKeyInput } from '../../model/keys/protectionKeys.ts';
import { responseCoverage } from '../../model/message/coverage.ts';
import type { Message } from '../../model/message/message.ts';
import type { KeyDataPayload } from '../../model/message/payload.ts';
import { lastV, one } from '../../model/message/select.ts';
import { as64Bits } from '../../model/message/timestamps.ts';
import { appendV } from '../../model/protection/authentication.ts';
import { openKeys } from '../../model/protection/keyTransport.ts';
import { bytes } from '../run/byteRun.ts';

/** What REQUEST_RESP is protected with: the PSK or envelope key, CSB ID and RANDRi. */
function keyInputOf({ header, payloads }: Message<Uint8Array>, inkey: Uint8Array): MessageKeyInput<Uint8Array> {
  const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
  return { prfFunc: header.prfFunc, inkey, direction: 'response', csbId: header.csbId, RANDRi };
}

/** Key, salt and IV input of the KEMAC in REQUEST_RESP. @param carrier - the message whose T goes into the IV */
export function requestRespKeying(
  request: Message<Uint8Array>,
  inkey: Uint8Array,
  { encrAlg, carrier }: { readonly encrAlg: number; readonly carrier: Message<Uint8Array> },
): Keying<Uint8Array> {
  const keys = messageEncrKeys(bytes, encrAlg, keyInputOf(request, inkey));
  return { ...keys, csbId: request.header.csbId, t: as64Bits(bytes, one(carrier.payloads, 'T')) };
}

/** The plaintext of the KEMAC in a granted REQUEST_RESP, as octets. */
export function plaintextOf(
  { message }: Granted<Uint8Array>,
  request: Message<Uint8Array>,
  inkey: Uint8Array,
): Uint8Array {
  const { encrAlg, encrData } = one(message.payloads, 'KEMAC');
  return bytes.decrypt(encrAlg, requestRespKeying(request, inkey, { encrAlg, carrier: message }), { data: encrData });
}

/** The same REQUEST_RESP as a KMS would send it that reads RFC 3830 literally. */
export function inLiteralReading(
  granted: Granted<Uint8Array>,
  request: Message<Uint8Array>,
  inkey: Uint8Array,
): Message<Uint8Array> {
  const { header, payloads } = granted.message;
  const { encrAlg } = one(payloads, 'KEMAC');
  const keying = requestRespKeying(request, inkey, { encrAlg, carrier: request });
  const encrData = bytes.encrypt(encrAlg, keying, { data: plaintextOf(granted, request, inkey) });
  const { authAlg: macAlg } = lastV(payloads);
  const bare = payloads
    .filter(({ kind }) => kind !== 'V')
    .map((payload) => (payload.kind === 'KEMAC' ? { ...payload, encrData } : payload));
  return appendV(
    bytes,
    { header, payloads: bare },
    {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, keyInputOf(request, inkey)),
      cover: (draft) => responseCoverage(bytes, draft, request),
    },
  );
}

/** The keys in the KEMAC of a granted REQUEST_RESP. */
export function grantedKeys(
  { message }: Granted<Uint8Array>,
  request: Message<Uint8Array>,
  inkey: Uint8Array,
): readonly KeyDataPayload<Uint8Array>[] {
  const KEMAC = one(message.payloads, 'KEMAC');
  return openKeys(bytes, KEMAC, requestRespKeying(request, inkey, { encrAlg: KEMAC.encrAlg, carrier: message }));
}

/** The XOR of octet strings, as long as the shortest one. */
export function xor(...strings: readonly Uint8Array[]): Uint8Array {
  const length = Math.min(...strings.map((octets) => octets.length));
  return Uint8Array.from({ length }, (_, index) => strings.reduce((sum, octets) => sum ^ (octets[index] ?? 0), 0));
}
