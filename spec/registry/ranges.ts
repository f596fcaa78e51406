/**
 * What the numbers without a name are for: reserved, for private use, or not assigned.
 *
 * @module
 * @see [RFC 6043, section 14](https://www.rfc-editor.org/rfc/rfc6043.html#section-14)
 * @see [IANA, MIKEY Payload Name Spaces](https://www.iana.org/assignments/mikey-payloads/)
 */

/** The ranges of a registry beside its names; each from the first to the last number. */
export interface Ranges {
  readonly privateUse?: readonly [number, number];
  readonly reserved?: readonly (readonly [number, number])[];
}

/** What a number without a name is for. */
export type Usage = 'private use' | 'reserved' | 'unassigned';

/** Most registries of one octet. */
export const octetRanges: Ranges = { privateUse: [241, 255] };

/** Registries of 2 or 4 bits, where nothing is set apart. */
export const noRanges: Ranges = {};

/** PRF Func, 7 bits. */
export const prfFuncRanges: Ranges = { privateUse: [112, 127] };

/** MIKEY Security Protocol Parameters. */
export const srtpParamRanges: Ranges = { reserved: [[241, 255]] };

/** OMA BCAST Data Subtype. */
export const omaBcastRanges: Ranges = { privateUse: [192, 255], reserved: [[0, 0]] };

/** SK sub-payload, 4 bits. */
export const skSubPayloadRanges: Ranges = { reserved: [[0, 0]] };

/**
 * TS Role, ID Role and RAND Role (rfc6043:14-2, rfc6043:14-3, rfc6043:14-5, rfc6043:14-6, rfc6043:14-8, rfc6043:14-9); also ECC
 * Curve, SAKKE params and ID Scheme.
 */
export const roleRanges: Ranges = {
  privateUse: [240, 254],
  reserved: [
    [0, 0],
    [255, 255],
  ],
};

/** Ticket Type, 16 bits (rfc6043:14-11, rfc6043:14-12). */
export const ticketTypeRanges: Ranges = {
  privateUse: [61440, 65534],
  reserved: [
    [0, 0],
    [65535, 65535],
  ],
};

/**
 * What a number is for that has no name.
 *
 * @param ranges - the ranges of its registry
 * @param value - the number
 */
export function usageOf(ranges: Ranges, value: number): Usage {
  if (ranges.privateUse && inRange(ranges.privateUse, value)) return 'private use';
  if (ranges.reserved?.some((range) => inRange(range, value))) return 'reserved';
  return 'unassigned';
}

function inRange([first, last]: readonly [number, number], value: number): boolean {
  return value >= first && value <= last;
}
