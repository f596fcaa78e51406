/**
 * What the KMS made of the Ticket Policy that was asked for.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { MikeyError } from '../../model/error.ts';
import type { KeyDataPayload, Payload, TicketPolicy } from '../../model/message/payload.ts';
import { all } from '../../model/message/select.ts';
import { differingFlags } from '../../model/policy/flags.ts';
import type { Bench } from './bench.ts';
import { sameOctets, type Entry } from './transcript.ts';

/**
 * K is 1 if and only if the KMS changed policy or keys; adding IDRi or IDRkms and taking out the KEMAC are no changes (finding B3).
 *
 * @param options - `sessionKeys`: those that came with the ticket
 */
export function judgeGrant(
  bench: Bench,
  response: Entry,
  options: {
    readonly asked: TicketPolicy<Uint8Array>;
    readonly granted: TicketPolicy<Uint8Array>;
    readonly sessionKeys: readonly KeyDataPayload<Uint8Array>[];
  },
): void {
  const { asked, granted, sessionKeys } = options;
  const added = new Set(['IDRi', 'IDRkms']);
  const rest = (policy: TicketPolicy<Uint8Array>): readonly Payload<Uint8Array>[] =>
    policy.tpData.filter((payload) => payload.kind !== 'KEMAC');
  const text = (payload: Payload<Uint8Array>): string =>
    JSON.stringify(payload, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
    );
  const before = new Set(rest(asked).map(text));
  const after = new Set(rest(granted).map(text));
  const lost = [...before].filter((payload) => !after.has(payload));
  const gained = rest(granted).filter((payload) => !before.has(text(payload)) && !isAdded(payload, rest(asked), added));
  const fields = ['ticketType', 'subtype', 'version', 'prfFunc'] as const;
  const changed =
    otherKeys(bench, asked, sessionKeys) ||
    lost.length > 0 ||
    gained.length > 0 ||
    fields.some((field) => asked[field] !== granted[field]) ||
    differingFlags(asked.flags, granted.flags).some((flag) => flag !== 'K');
  if (granted.flags.K !== changed) {
    const reason = changed ? 'the policy was changed, but K is 0' : 'nothing was changed, but K is 1';
    bench.findings.error(response, 'rfc6043:6.10-35', reason);
  }
}

/** Whether a payload is an IDRi or IDRkms that the request had none of. */
function isAdded(
  payload: Payload<Uint8Array>,
  before: readonly Payload<Uint8Array>[],
  names: ReadonlySet<string>,
): boolean {
  if (payload.kind !== 'IDR') return false;
  const name = { 1: 'IDRi', 3: 'IDRkms' }[payload.role];
  return (
    name !== undefined &&
    names.has(name) &&
    !before.some((other) => other.kind === 'IDR' && other.role === payload.role)
  );
}

/** Whether the keys differ from those that TP Data asks for, in number, type, length, or the validity that it wishes. */
function otherKeys(
  { A }: Bench,
  asked: TicketPolicy<Uint8Array>,
  keys: readonly KeyDataPayload<Uint8Array>[],
): boolean {
  const [KEMAC] = all(asked.tpData, 'KEMAC');
  if (!KEMAC) return false;
  try {
    const wanted = A.decode('Key data', KEMAC.encrData).keys;
    const text = (key: KeyDataPayload<Uint8Array>): Uint8Array => A.encode({ kind: 'Key data', keys: [key] });
    const fits = (wish: KeyDataPayload<Uint8Array>, key: KeyDataPayload<Uint8Array> | undefined): boolean =>
      key !== undefined &&
      key.type === wish.type &&
      key.key.length === wish.key.length &&
      (wish.kv.kind === 'Null' || sameOctets(text({ ...wish, key: key.key, ...saltOf(key) }), text(key)));
    return wanted.length !== keys.length || !wanted.every((wish, index) => fits(wish, keys[index]));
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    return false;
  }
}

function saltOf({ salt }: KeyDataPayload<Uint8Array>): { readonly salt?: Uint8Array } {
  return salt === undefined ? {} : { salt };
}
