/**
 * Patterns of identities: a text with at most one `*`, such as `sip:*@example.com`.
 *
 * The star stands for one character or more. If the pattern has an `@`, the star stands for no `@`: otherwise
 * `sip:mallory@evil.example;x=@example.com` would pass for a user of example.com.
 *
 * @module
 * @see [RFC 6043, section 6.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.6)
 */

/** Whether a text is a pattern that fits more than one identity. */
export function isWildcard(pattern: string): boolean {
  return pattern.includes('*');
}

/** Whether a pattern fits an identity. Without a star both have to be the same text. */
export function fits(pattern: string, identity: string): boolean {
  if (!isWildcard(pattern)) return pattern === identity;
  const { before, after, noAt } = partsOf(pattern);
  if (!identity.startsWith(before) || !identity.endsWith(after)) return false;
  const starred = identity.slice(before.length, identity.length - after.length);
  return identity.length > before.length + after.length && !(noAt && starred.includes('@'));
}

/** Where in a list the first pattern stands that fits; undefined if none does. */
export function firstFit(patterns: readonly string[], identity: string): number | undefined {
  const index = patterns.findIndex((pattern) => fits(pattern, identity));
  return index === -1 ? undefined : index;
}

/** Whether everything that the narrow pattern fits is fitted by the wide one too. */
export function includes(wide: string, narrow: string): boolean {
  if (!isWildcard(narrow)) return fits(wide, narrow);
  if (!isWildcard(wide)) return false;
  const [w, n] = [partsOf(wide), partsOf(narrow)];
  if (!n.before.startsWith(w.before) || !n.after.endsWith(w.after)) return false;
  const rest = n.before.slice(w.before.length) + n.after.slice(0, n.after.length - w.after.length);
  // A wide pattern with an @ gives it to the narrow one, whose star then stands for none either.
  return !(w.noAt && rest.includes('@'));
}

/** Whether an identity may exist that both patterns fit. */
export function overlap(a: string, b: string): boolean {
  if (!isWildcard(a)) return fits(b, a);
  if (!isWildcard(b)) return fits(a, b);
  const [x, y] = [partsOf(a), partsOf(b)];
  const begin = x.before.startsWith(y.before) || y.before.startsWith(x.before);
  return begin && (x.after.endsWith(y.after) || y.after.endsWith(x.after));
}

/** Whether two patterns fit a common identity, and neither is the more specific one for it. */
export function tie(a: string, b: string): boolean {
  return overlap(a, b) && includes(a, b) === includes(b, a);
}

function partsOf(pattern: string): { readonly before: string; readonly after: string; readonly noAt: boolean } {
  const star = pattern.indexOf('*');
  return { before: pattern.slice(0, star), after: pattern.slice(star + 1), noAt: pattern.includes('@') };
}
