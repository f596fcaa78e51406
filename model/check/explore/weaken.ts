/**
 * Protections that are no check but a part of what is computed, each with a switch: an algebra that leaves it out. The same switch works
 * over terms and over bytes, as it only looks at what the model hands to the algebra.
 *
 * @module
 * @see [RFC 6043, section 5.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.1)
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import type { Algebra } from '../../algebra/algebra.ts';
import { forkConstants, protectionKeyConstants } from '../../keys/constants.ts';
import type { Omission, Syntax } from '../../message/message.ts';

/** The structural protections that can be left out. */
export const weakenings = [
  'fork-without-IDRr',
  'fork-without-RANDRkms',
  'one-constant-for-both-directions',
  'initial-mac-without-identities',
  'response-mac-without-initial-message',
  'ticket-mac-without-policy',
] as const;

/** One of {@link weakenings}. */
export type Weakening = (typeof weakenings)[number];

/** The algebra, with some protections left out. */
export function weakened<B extends object>(A: Algebra<B>, without: ReadonlySet<Weakening>): Algebra<B> {
  if (without.size === 0) return A;
  /** Encodings of whole messages, and of messages without their MAC: what MACs cover starts with one of the latter. */
  const whole = new WeakSet<B>();
  const maced = new WeakSet<B>();
  const startsFork = Object.values(forkConstants).map((constant) => A.octets(`${constant}ffffffffff00`));
  const startsMessageKey = Object.values(protectionKeyConstants).map((constant) => A.octets(`${constant}ff`));
  const isAmong = (value: B | undefined, list: readonly B[]): boolean =>
    value !== undefined && list.some((one) => A.equal(one, value));

  function kept(parts: readonly B[]): readonly B[] {
    const [first, second, third, ...rest] = parts;
    if (first === undefined || second === undefined) return parts;
    if (parts.length === 3 && third !== undefined && isAmong(first, startsFork)) {
      return [
        first,
        ...(without.has('fork-without-IDRr') ? [] : [second]),
        ...(without.has('fork-without-RANDRkms') ? [] : [third]),
      ];
    }
    if (parts.length === 5 && without.has('one-constant-for-both-directions') && isAmong(first, startsMessageKey)) {
      return [first, second, A.octets('01'), ...rest];
    }
    if (maced.has(first)) {
      if (whole.has(second)) return without.has('response-mac-without-initial-message') ? [first] : parts;
      return without.has('initial-mac-without-identities') ? [first] : parts;
    }
    return parts;
  }

  return {
    ...A,
    concat: (parts) => A.concat(kept(parts)),
    encode: (syntax, omit = []) => {
      const encoded = A.encode(policyKept(syntax, omit, without), omit);
      if (syntax.kind === 'Message') (omit.includes('MAC field') ? maced : whole).add(encoded);
      return encoded;
    },
  };
}

/** What the MAC of a ticket covers, with the policy left out if it is to be. */
function policyKept<B>(syntax: Syntax<B>, omit: readonly Omission[], without: ReadonlySet<Weakening>): Syntax<B> {
  if (!without.has('ticket-mac-without-policy') || syntax.kind !== 'TICKET' || !omit.includes('MAC field'))
    return syntax;
  const { ticket } = syntax;
  return { kind: 'TICKET', ticket: { ...ticket, policy: { ...ticket.policy, tpData: [] } } };
}
