/**
 * Keys and MACs of real messages, computed a second time with the independent key schedule.
 *
 * @module
 */
import { idRoles } from '../../spec/registry/identities.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { decodeWithLayout } from '../../src/wire/codec.ts';
import { aesCm, h, hmac, len16, len8, parseKeys, prf, protectionKeys, type Key, type Strength } from './independent.ts';
import { hexOf, only, type Hop } from './runs.ts';

/** Octets of a payload's field, by its place in the layout of the message. */
export function fieldPlace(
  octets: Uint8Array,
  payload: string,
  field: string,
): { readonly start: number; readonly end: number } {
  const node = decodeWithLayout('Message', octets).layout.children.find((child) => child.name === payload)!;
  const found = node.children.find((child) => child.name === field)!;
  return { start: found.offset, end: found.offset + found.length };
}

/** Length of a MAC. */
export const macLength = { sha1: 20, sha256: 32 } as const;

/** RAND of a role. */
export function rand(hop: Hop, role: keyof typeof randRoles): Buffer {
  return Buffer.from(only(hop.message, 'RANDR', randRoles[role]).rand);
}

/** CSB ID. */
export function csb(hop: Hop): Buffer {
  return Buffer.from(hop.octets.subarray(4, 8));
}

/** ID Data of a role. */
export function idData(hop: Hop, role: keyof typeof idRoles): Buffer {
  return Buffer.from(only(hop.message, 'IDR', idRoles[role]).data);
}

/** The message without the MAC at its end. */
export function withoutMac(hop: Hop, strength: Strength): Buffer {
  return Buffer.from(hop.octets.subarray(0, hop.octets.length - macLength[strength]));
}

/** The MAC at the end of a message. */
export function macOf(hop: Hop, strength: Strength): string {
  return hexOf(hop.octets.subarray(hop.octets.length - macLength[strength]));
}

/** Everything that follows from a TPK and the ticket in a message. */
export function openTicketIn({ octets, message }: Hop, TPK: Buffer, strength: Strength) {
  const data = Buffer.from(only(message, 'TICKET').ticketData);
  // Ticket Data = THDR (3 octets, empty), T (10), RAND, KEMAC, IDRpsk, V.
  const randLength = data[14]!;
  const RAND = data.subarray(15, 15 + randLength);
  const kemac = 15 + randLength;
  const encrEnd = kemac + 4 + data.readUInt16BE(kemac + 2);
  const keys = protectionKeys(strength, TPK, Buffer.concat([h('ffffffff05'), len8(RAND)]));
  const plain = aesCm(strength, keys, {
    csbId: h('ffffffff'),
    t: data.subarray(5, 13),
    data: data.subarray(kemac + 4, encrEnd),
  });
  // Coverage: TICKET without Next Payload, without the MAC, without Initiator Data and its length.
  const first = fieldPlace(octets, 'TICKET', 'Ticket Type').start;
  const last = fieldPlace(octets, 'TICKET', 'Ticket Data').end;
  const covered = Buffer.from(octets.subarray(first, last - macLength[strength]));
  const mac = hexOf(hmac(strength, keys.auth, covered));
  const [mpk, ...sessionKeys] = parseKeys(plain);
  const derive = (constant: string): Buffer =>
    prf(strength, mpk!.key, Buffer.concat([h(`${constant}ffffffffff06`), len8(RAND)]), mpk!.key.length);
  return {
    mac,
    macFound: hexOf(data.subarray(data.length - macLength[strength])),
    MPK: mpk!,
    MPKi: derive('220e99a2'),
    MPKr: derive('1f4d675b'),
    sessionKeys,
    kemacMacAlg: data[encrEnd],
    RAND,
  };
}

/** The keys in the KEMAC of a response. */
export function openResponse(
  strength: Strength,
  response: Hop,
  keys: ReturnType<typeof protectionKeys>,
): readonly Key[] {
  const KEMAC = only(response.message, 'KEMAC');
  const t = Buffer.from(only(response.message, 'T').value);
  return parseKeys(aesCm(strength, keys, { csbId: csb(response), t, data: KEMAC.encrData }));
}

/** Both messages of a Ticket Resolve: whether their MACs hold under a PSK, and the keys that came. */
export function openResolve(
  strength: Strength,
  { init, response, psk }: { readonly init: Hop; readonly response: Hop; readonly psk: Buffer },
): { readonly macsHold: boolean; readonly keys: readonly Key[] } {
  const tail = (octet: string): Buffer => Buffer.concat([csb(init), h(octet), h('00'), len8(rand(init, 'RANDRr'))]);
  const covered = Buffer.concat([withoutMac(init, strength), idData(init, 'IDRr'), idData(init, 'IDRkms')]);
  const asked = hexOf(hmac(strength, protectionKeys(strength, psk, tail('01')).auth, covered));
  const keys = protectionKeys(strength, psk, tail('02'));
  const answered = hexOf(
    hmac(strength, keys.auth, Buffer.concat([withoutMac(response, strength), Buffer.from(init.octets)])),
  );
  const macsHold = asked === macOf(init, strength) && answered === macOf(response, strength);
  return { macsHold, keys: macsHold ? openResponse(strength, response, keys) : [] };
}

/** MPKr' (constant 2b288856) or TGK' (1512b54a), forked with the modifier in a response. */
export function fork(strength: Strength, constant: string, inkey: Buffer, response: Hop): Buffer {
  const label = Buffer.concat([
    h(`${constant}ffffffffff00`),
    len16(idData(response, 'IDRr')),
    len8(rand(response, 'RANDRkms')),
  ]);
  return prf(strength, inkey, label, inkey.length);
}

/** TEK and salt of CS ID 1 from a TGK, TGK' or GTGK. */
export function sessionOne(
  strength: Strength,
  inkey: Buffer,
  rands: { readonly RANDRi: Buffer | undefined; readonly RANDRr: Buffer | undefined },
): string {
  const label = (constant: string): Buffer =>
    Buffer.concat([h(constant), h('01ffffffff03'), len8(rands.RANDRi), len8(rands.RANDRr)]);
  const tek = prf(strength, inkey, label('2ad01c64'), strength === 'sha1' ? 16 : 32);
  return `${hexOf(tek)} ${hexOf(prf(strength, inkey, label('39a2c14b'), 14))}`;
}
