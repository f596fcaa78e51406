/**
 * Requirements of RFC 6043: Reserved ranges of the IANA registries.
 * @module
 * @see [RFC 6043, section 14](https://www.rfc-editor.org/rfc/rfc6043.html#section-14)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Reserved ranges of the IANA registries, in text order. */
export const registriesRequirements = [
  {
    id: 'rfc6043:14-1',
    level: 'SHOULD',
    text: 'TS Role values 1 to 239 are assigned by Specification Required.',
    status: notApplicable('addressed to IANA'),
  },
  { id: 'rfc6043:14-2', level: 'DEFINES', text: 'TS Role values 240 to 254 are for private use.', status: implemented },
  { id: 'rfc6043:14-3', level: 'DEFINES', text: 'TS Role values 0 and 255 are reserved.', status: implemented },
  {
    id: 'rfc6043:14-4',
    level: 'SHOULD',
    text: 'ID Role values 1 to 239 are assigned by Specification Required.',
    status: notApplicable('addressed to IANA'),
  },
  { id: 'rfc6043:14-5', level: 'DEFINES', text: 'ID Role values 240 to 254 are for private use.', status: implemented },
  { id: 'rfc6043:14-6', level: 'DEFINES', text: 'ID Role values 0 and 255 are reserved.', status: implemented },
  {
    id: 'rfc6043:14-7',
    level: 'SHOULD',
    text: 'RAND Role values 1 to 239 are assigned by Specification Required.',
    status: notApplicable('addressed to IANA'),
  },
  {
    id: 'rfc6043:14-8',
    level: 'DEFINES',
    text: 'RAND Role values 240 to 254 are for private use.',
    status: implemented,
  },
  { id: 'rfc6043:14-9', level: 'DEFINES', text: 'RAND Role values 0 and 255 are reserved.', status: implemented },
  {
    id: 'rfc6043:14-10',
    level: 'SHOULD',
    text: 'Ticket Type values 1 to 61439 are assigned by Specification Required.',
    status: notApplicable('addressed to IANA'),
  },
  {
    id: 'rfc6043:14-11',
    level: 'DEFINES',
    text: 'Ticket Type values 61440 to 65534 are for private use.',
    status: implemented,
  },
  { id: 'rfc6043:14-12', level: 'DEFINES', text: 'Ticket Type values 0 and 65535 are reserved.', status: implemented },
] as const satisfies readonly Requirement[];
