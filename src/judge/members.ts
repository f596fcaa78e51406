/**
 * Which names a ticket covers: its own, and the members of its groups, as far as the vector tells them.
 *
 * @module
 * @see [RFC 6043, section 12.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.5)
 */
import type { Identity } from '../../model/message/identity.ts';
import type { Bench } from './bench.ts';

/** The text of an identity. */
export function textOf(identity: Identity<Uint8Array>): string {
  return new TextDecoder().decode(identity.data);
}

/** Whether `context.groups` of a vector tells that somebody is a member of what a ticket names. */
export function isMember({ vector }: Bench, IDRr: readonly Identity<Uint8Array>[], name: string): boolean {
  const groups = vector.context?.groups ?? {};
  return IDRr.map(textOf).some((allowed) => {
    const members = Object.hasOwn(groups, allowed) ? (groups[allowed] ?? []) : [];
    return matches(allowed, name) || members.includes(name);
  });
}

/** Whether somebody may resolve a ticket for these responders; without `context.groups` only a KMS knows. */
export function mayResolve(bench: Bench, IDRr: readonly Identity<Uint8Array>[], name: string): boolean {
  return bench.vector.context?.groups === undefined || isMember(bench, IDRr, name);
}

/** Whether a text fits a pattern, in which `*` stands for anything. Linear: no backtracking over several stars. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [head = '', ...rest] = parts;
  const tail = rest.pop();
  if (tail === undefined) return pattern === text;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const next = text.indexOf(part, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return text.length - at >= tail.length && text.endsWith(tail);
}
