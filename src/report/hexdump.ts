/**
 * Octets of a message for HTML: each field is marked, and tells its name, value and clause.
 *
 * @module
 */
import { MikeyError } from '../../model/error.ts';
import { decodeWithLayout } from '../wire/codec.ts';
import type { LayoutNode } from '../wire/layout.ts';
import { escapeXml } from './escape.ts';

/** A field of a message: a run of octets that is not divided further. */
export interface MarkedField {
  /** Way from the message to the field. */
  readonly path: string;
  readonly offset: number;
  readonly length: number;
  readonly clause: string;
  /** Number of the payload that it belongs to, counting from 0 with HDR. */
  readonly group: number;
}

/** Fields that hold an encoding of their own, and its kind. */
const nested = { 'Ticket Data': 'Ticket Data', 'Initiator Data': 'Initiator Data' } as const;

/** The fields of a message in the order of their octets, those inside Ticket Data and Initiator Data included. */
export function fieldsOfMessage(octets: Uint8Array): readonly MarkedField[] {
  const { layout } = decodeWithLayout('Message', octets);
  return layout.children.flatMap((child, group) => leaves(child, { path: '', group }));
}

function leaves(node: LayoutNode, at: { readonly path: string; readonly group: number }): readonly MarkedField[] {
  const path = at.path === '' ? node.name : `${at.path}.${node.name}`;
  if (node.children.length > 0) return node.children.flatMap((child) => leaves(child, { ...at, path }));
  const inner = innerLayout(node);
  if (inner) return inner.children.flatMap((child) => leaves(child, { ...at, path }));
  if (node.length === 0) return [];
  return [{ path, offset: node.offset, length: node.length, clause: node.clause, group: at.group }];
}

/** The layout inside of Ticket Data or Initiator Data; undefined if it is none, or of another Ticket Type. */
function innerLayout(node: LayoutNode): LayoutNode | undefined {
  if (!(node.name in nested) || !(node.value instanceof Uint8Array) || node.value.length === 0) return undefined;
  try {
    return decodeWithLayout(nested[node.name as keyof typeof nested], node.value, { offset: node.offset }).layout;
  } catch (error) {
    if (error instanceof MikeyError) return undefined;
    throw error;
  }
}

/** The hex dump as HTML. Fields that share octets, such as flags, count as one. */
export function hexdumpHtml(octets: Uint8Array): string {
  const merged = new Map<number, MarkedField[]>();
  for (const field of fieldsOfMessage(octets)) {
    merged.set(field.offset, [...(merged.get(field.offset) ?? []), field]);
  }
  const spans = [...merged.values()].map((fields) => {
    const [first] = fields;
    if (!first) return '';
    const end = Math.max(...fields.map((field) => field.offset + field.length));
    const hex = Buffer.from(octets.subarray(first.offset, end)).toString('hex').replace(/../g, '$& ').trimEnd();
    const names = fields.map((field) => field.path).join('; ');
    const title = `${names} | offset ${first.offset}, ${end - first.offset} octets | ${first.clause}`;
    return `<span class="f g${first.group % 6}" title="${escapeXml(title)}">${hex}</span>`;
  });
  return `<div class="hex">${spans.join(' ')}</div>`;
}
