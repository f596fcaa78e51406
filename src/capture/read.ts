/**
 * Reading pcap and pcapng files: the UDP and TCP payloads in them.
 *
 * @module
 */
import { MikeyError } from '../../model/error.ts';

/** A payload in a capture. */
export interface CapturedPayload {
  /** Number of the packet, from 1 as capture tools count. */
  readonly packet: number;
  readonly fromPort: number;
  readonly toPort: number;
  readonly octets: Buffer;
}

/** A frame and how to read it. */
interface Frame {
  readonly linkType: number;
  readonly octets: Buffer;
}

/** First four octets of a pcap file in either byte order, with microseconds or nanoseconds. */
const pcapMagics = new Set([0xa1b2c3d4, 0xa1b23c4d, 0xd4c3b2a1, 0x4d3cb2a1]);

/** First four octets of a pcapng file. */
const pcapngMagic = 0x0a0d0d0a;

/** Whether a file looks like a capture. */
export function isCapture(octets: Uint8Array): boolean {
  if (octets.length < 4) return false;
  const magic = Buffer.from(octets.subarray(0, 4)).readUInt32BE();
  return magic === pcapngMagic || pcapMagics.has(magic);
}

/**
 * The payloads of a capture. What is no UDP or TCP over IP is passed over.
 *
 * @throws MikeyError ERR_TRUNCATED or ERR_MALFORMED with the octet offset if the file itself is damaged
 */
export function readCapture(octets: Uint8Array): readonly CapturedPayload[] {
  const file = Buffer.from(octets);
  const frames = file.readUInt32BE(0) === pcapngMagic ? pcapngFrames(file) : pcapFrames(file);
  return frames.flatMap((frame, index) => {
    const packet = ipPacket(frame);
    const payload = packet && transportPayload(packet);
    return payload ? [{ packet: index + 1, ...payload }] : [];
  });
}

function pcapFrames(file: Buffer): readonly Frame[] {
  const little = [0xd4c3b2a1, 0x4d3cb2a1].includes(file.readUInt32BE(0));
  const u32 = (offset: number): number => {
    if (offset + 4 > file.length) throw cut(offset);
    return little ? file.readUInt32LE(offset) : file.readUInt32BE(offset);
  };
  const linkType = u32(20) & 0xffff;
  const frames: Frame[] = [];
  for (let offset = 24; offset < file.length;) {
    const length = u32(offset + 8);
    const start = offset + 16;
    if (start + length > file.length) throw cut(offset);
    frames.push({ linkType, octets: file.subarray(start, start + length) });
    offset = start + length;
  }
  return frames;
}

function pcapngFrames(file: Buffer): readonly Frame[] {
  const frames: Frame[] = [];
  let little = true;
  let linkTypes: number[] = [];
  const u32 = (offset: number): number => (little ? file.readUInt32LE(offset) : file.readUInt32BE(offset));
  for (let offset = 0; offset < file.length;) {
    if (offset + 12 > file.length) throw cut(offset);
    const isSection = file.readUInt32BE(offset) === pcapngMagic;
    if (isSection) {
      little = file.readUInt32LE(offset + 8) === 0x1a2b3c4d;
      linkTypes = [];
    }
    const type = u32(offset);
    const length = u32(offset + 4);
    if (length < 12 || length % 4 !== 0)
      throw new MikeyError('ERR_MALFORMED', 'a block of impossible length', { offset });
    if (offset + length > file.length) throw cut(offset);
    if (type === 1 && length >= 20)
      linkTypes.push(little ? file.readUInt16LE(offset + 8) : file.readUInt16BE(offset + 8));
    if (type === 6 && length >= 32) {
      const captured = u32(offset + 20);
      if (28 + captured + 4 > length)
        throw new MikeyError('ERR_MALFORMED', 'a packet longer than its block', { offset });
      const linkType = linkTypes[u32(offset + 8)] ?? -1;
      frames.push({ linkType, octets: file.subarray(offset + 28, offset + 28 + captured) });
    }
    offset += length;
  }
  return frames;
}

/** The IP packet in a frame: raw IP, loopback (null), Ethernet with or without VLAN tags, Linux cooked. */
function ipPacket({ linkType, octets }: Frame): Buffer | undefined {
  if (linkType === 101 || linkType === 228 || linkType === 229 || linkType === 12) return octets;
  if (linkType === 0 || linkType === 108) return octets.subarray(4);
  if (linkType === 113) return octets.subarray(16);
  if (linkType !== 1 || octets.length < 14) return undefined;
  let offset = 12;
  while (offset + 4 <= octets.length && [0x8100, 0x88a8].includes(octets.readUInt16BE(offset))) offset += 4;
  if (offset + 2 > octets.length) return undefined;
  const etherType = octets.readUInt16BE(offset);
  return etherType === 0x0800 || etherType === 0x86dd ? octets.subarray(offset + 2) : undefined;
}

/** The UDP or TCP payload of an IP packet; fragments and extension headers are passed over. */
function transportPayload(packet: Buffer): Omit<CapturedPayload, 'packet'> | undefined {
  if (packet.length < 20) return undefined;
  const version = (packet[0] ?? 0) >> 4;
  if (version !== 4 && version !== 6) return undefined;
  const headerLength = version === 4 ? ((packet[0] ?? 0) & 15) * 4 : 40;
  const protocol = packet[version === 4 ? 9 : 6];
  const total = version === 4 ? packet.readUInt16BE(2) : 40 + packet.readUInt16BE(4);
  // Captured frames may be padded; a length of zero stands for segments that the network card has yet to cut.
  const segment = packet.subarray(headerLength, total >= headerLength ? Math.min(total, packet.length) : packet.length);
  if (segment.length < 8) return undefined;
  const ports = { fromPort: segment.readUInt16BE(0), toPort: segment.readUInt16BE(2) };
  if (protocol === 17) return { ...ports, octets: segment.subarray(8) };
  if (protocol !== 6 || segment.length < 20) return undefined;
  return { ...ports, octets: segment.subarray(((segment[12] ?? 0) >> 4) * 4) };
}

function cut(offset: number): MikeyError {
  return new MikeyError('ERR_TRUNCATED', 'the capture ends in the middle of a record', { offset });
}
