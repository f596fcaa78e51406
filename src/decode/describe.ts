/**
 * A message as a tree of described fields.
 *
 * @module
 */
import { MikeyError } from '../../model/error.ts';
import type { SyntaxKind } from '../../model/message/message.ts';
import { decodeWithLayout } from '../wire/codec.ts';
import type { LayoutNode } from '../wire/layout.ts';
import { meaningOf } from './meaning.ts';

/** A field or group of fields, described. */
export interface DescribedField {
  readonly name: string;
  /** From the start of the message, in octets. */
  readonly offset: number;
  /** In octets. */
  readonly length: number;
  /** First bit and number of bits, for a field that shares its octets. */
  readonly bits?: { readonly first: number; readonly count: number };
  /** A number, or octets in hexadecimal; absent for a group. */
  readonly value?: number | string;
  readonly meaning?: string;
  readonly clause: string;
  readonly children: readonly DescribedField[];
}

/** Fields that hold an encoding of their own. */
const nested: Readonly<Record<string, SyntaxKind>> = {
  'Ticket Data': 'Ticket Data',
  'Initiator Data': 'Initiator Data',
};

/**
 * Describes a message: TP Data, Ticket Data and Initiator Data included. Ticket Data of a type that is not ours stay octets.
 *
 * @throws MikeyError if the octets are no MIKEY message
 */
export function describeMessage(octets: Uint8Array): DescribedField {
  return describe(decodeWithLayout('Message', octets).layout, [], '');
}

function describe(node: LayoutNode, siblings: readonly LayoutNode[], parent: string): DescribedField {
  const plain = node.name.replace(/\[\d+\]$/, '');
  const children = node.children.length > 0 ? node.children : innerOf(node);
  const meaning = children.length > 0 ? undefined : meaningOf(node, siblings, parent);
  const value = node.value instanceof Uint8Array ? Buffer.from(node.value).toString('hex') : node.value;
  return {
    name: node.name,
    offset: node.offset,
    length: node.length,
    ...(node.bits ? { bits: node.bits } : {}),
    ...(value === undefined || children.length > 0 ? {} : { value }),
    ...(meaning === undefined ? {} : { meaning }),
    clause: node.clause,
    children: children.map((child) => describe(child, children, plain)),
  };
}

/** What is inside of a field, if it holds an encoding of its own: also the keys of a KEMAC that is not encrypted. */
function innerOf(node: LayoutNode): readonly LayoutNode[] {
  const kind = nested[node.name];
  if (!kind || !(node.value instanceof Uint8Array) || node.value.length === 0) return [];
  try {
    return decodeWithLayout(kind, node.value, { offset: node.offset }).layout.children;
  } catch (error) {
    if (error instanceof MikeyError) return [];
    throw error;
  }
}
