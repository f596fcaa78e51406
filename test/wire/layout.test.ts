import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWithLayout, encode } from '../../src/wire/codec.ts';
import type { LayoutNode } from '../../src/wire/layout.ts';
import { syntax } from '../arbitraries/message.ts';
import { hdr, hex, join, thrownBy } from './octets.ts';

/** The fields, from left to right. */
function leaves(node: LayoutNode): readonly LayoutNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leaves);
}

/** The octets that the fields of a layout stand for; bit fields are put together again. */
function octetsOf(layout: LayoutNode): readonly number[] {
  const octets: number[] = [];
  let shared = 0;
  for (const { length, value = 0, bits } of leaves(layout)) {
    if (value instanceof Uint8Array) octets.push(...value);
    else if (bits) {
      shared = bits.first === 0 ? value : shared * 2 ** bits.count + value;
      if (bits.first + bits.count === 8 * length) octets.push(...numberOctets(shared, length));
    } else octets.push(...numberOctets(value, length));
  }
  return octets;
}

function numberOctets(value: number, length: number): readonly number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);
}

describe('layout', () => {
  it('the fields account for every octet', () => {
    fc.assert(
      fc.property(syntax, (value) => {
        const octets = encode(value);
        expect(octetsOf(decodeWithLayout(value.kind, octets).layout)).toStrictEqual([...octets]);
      }),
    );
  });

  it('fields follow each other without a gap, and groups enclose them', () => {
    fc.assert(
      fc.property(syntax, fc.nat(1000), (value, offset) => {
        const octets = encode(value);
        const { layout } = decodeWithLayout(value.kind, octets, { offset });
        expect(layout).toMatchObject({ offset, length: octets.length });
        expect(gaps(layout)).toStrictEqual([]);
      }),
    );
  });

  it('names, offsets, bits and clauses', () => {
    const octets = join(hdr(14), hex('0e 01 01 0001 61  00 02 01 0002 6263'));
    const { layout } = decodeWithLayout('Message', octets);
    expect(layout.children.map(({ name, offset, length }) => [name, offset, length])).toStrictEqual([
      ['HDR', 0, 10],
      ['IDR', 10, 6],
      ['IDR[2]', 16, 7],
    ]);
    expect(layout.children[0]?.children[4]).toStrictEqual({
      name: 'PRF func',
      clause: 'rfc3830:6.1',
      offset: 3,
      length: 1,
      bits: { first: 1, count: 7 },
      value: 0,
      children: [],
    });
    expect(layout.children[2]?.children.at(-1)).toStrictEqual({
      name: 'ID Data',
      clause: 'rfc6043:6.6-2',
      offset: 21,
      length: 2,
      value: hex('6263'),
      children: [],
    });
  });

  it('an inner part counts from the outermost input, in errors too', () => {
    const place = { offset: 100, path: 'TICKET' };
    const { layout } = decodeWithLayout('Initiator Data', hex('09 00 00'), place);
    expect(layout).toMatchObject({ name: 'Initiator Data', offset: 100, length: 3 });
    expect(layout.children.map(({ name, offset }) => [name, offset])).toStrictEqual([
      ['First Payload', 100],
      ['V', 101],
    ]);
    expect(thrownBy(() => decodeWithLayout('Initiator Data', hex('09 00 07'), place))).toMatchObject({
      code: 'ERR_MAC_ALG',
      offset: 102,
      path: 'TICKET.Initiator Data.V.Auth alg',
    });
  });
});

/** The places where a child does not begin where its elder sibling ends, or a group does not end with its last child. */
function gaps(node: LayoutNode): readonly string[] {
  if (node.children.length === 0) return [];
  let at = node.offset;
  const found: string[] = [];
  for (const child of node.children) {
    if (child.bits && child.bits.first > 0) at -= child.length;
    if (child.offset !== at) found.push(`${node.name}.${child.name} at ${child.offset} instead of ${at}`);
    at = child.offset + child.length;
    found.push(...gaps(child));
  }
  return at === node.offset + node.length ? found : [...found, `${node.name} ends at ${at}`];
}
