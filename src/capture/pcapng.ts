/**
 * Writing pcapng files: raw IPv4 packets, each with a comment.
 *
 * @module
 * @see [pcapng, section 4](https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-02.html#section-4)
 */
import { MikeyError } from '../../model/error.ts';
import type { Instant } from '../../model/algebra/algebra.ts';
import { unixMillisOf } from '../wire/time.ts';

/** A UDP datagram. */
export interface Datagram {
  readonly at: Instant;
  /** IPv4 addresses, dotted. */
  readonly from: string;
  readonly to: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly payload: Uint8Array;
  readonly comment: string;
}

/** Link type of raw IP packets. */
const linkTypeRaw = 101;

/** Most octets that fit into one datagram: 65535 less both headers. */
const largestPayload = 65_535 - 20 - 8;

/**
 * A capture file.
 *
 * @throws MikeyError ERR_MALFORMED if a payload does not fit into a datagram, or an address is none
 */
export function writePcapng(datagrams: readonly Datagram[]): Uint8Array {
  return Buffer.concat([
    block(0x0a0d0d0a, [u32(0x1a2b3c4d), u16(1), u16(0), Buffer.alloc(8, 0xff)]),
    block(1, [u16(linkTypeRaw), u16(0), u32(0)]),
    ...datagrams.map(packetBlock),
  ]);
}

/** An Enhanced Packet Block; timestamps count microseconds. */
function packetBlock(datagram: Datagram): Buffer {
  const packet = ipv4(datagram);
  const micros = BigInt(Math.round(unixMillisOf(datagram.at) * 1000));
  const comment = Buffer.from(datagram.comment, 'utf8');
  return block(6, [
    u32(0),
    u32(Number(micros >> 32n)),
    u32(Number(micros & 0xffff_ffffn)),
    u32(packet.length),
    u32(packet.length),
    padded(packet),
    u16(1),
    u16(comment.length),
    padded(comment),
    u32(0),
  ]);
}

/** An IPv4 packet with a UDP datagram in it. */
function ipv4(datagram: Datagram): Buffer {
  const { payload } = datagram;
  if (payload.length > largestPayload) {
    throw new MikeyError('ERR_MALFORMED', `${payload.length} octets do not fit into one datagram`);
  }
  const [source, destination] = [address(datagram.from), address(datagram.to)];
  const length = 8 + payload.length;
  const udp = Buffer.concat([be16(datagram.fromPort), be16(datagram.toPort), be16(length), be16(0), payload]);
  const pseudo = Buffer.concat([source, destination, Buffer.from([0, 17]), be16(length)]);
  // A UDP checksum of zero would say that there is none (RFC 768).
  udp.writeUInt16BE(checksum(Buffer.concat([pseudo, udp])) || 0xffff, 6);
  const header = Buffer.concat([
    Buffer.from([0x45, 0]),
    be16(20 + length),
    be16(0),
    be16(0x4000),
    Buffer.from([64, 17]),
    be16(0),
    source,
    destination,
  ]);
  header.writeUInt16BE(checksum(header), 10);
  return Buffer.concat([header, udp]);
}

/** The ones' complement checksum of RFC 1071. */
export function checksum(octets: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < octets.length; index += 2) {
    sum += ((octets[index] ?? 0) << 8) | (octets[index + 1] ?? 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

function address(dotted: string): Buffer {
  const parts = dotted.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) {
    throw new MikeyError('ERR_MALFORMED', `${dotted} is no IPv4 address`);
  }
  return Buffer.from(parts);
}

/** A block: type, total length, body, total length again. */
function block(type: number, body: readonly Buffer[]): Buffer {
  const content = Buffer.concat(body);
  const length = u32(content.length + 12);
  return Buffer.concat([u32(type), length, content, length]);
}

/** Octets padded to a multiple of four. */
function padded(octets: Buffer): Buffer {
  return Buffer.concat([octets, Buffer.alloc((4 - (octets.length % 4)) % 4)]);
}

function u16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

function be16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16BE(value);
  return buffer;
}
