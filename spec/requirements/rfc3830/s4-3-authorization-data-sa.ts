/**
 * Requirements of RFC 3830: certificates, authorization, data policies, Data SA and CSB updating.
 * @module
 * @see [RFC 3830, section 4.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.3)
 */
import { implemented, notApplicable, open } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Certificates, authorization, data policies, Data SA and CSB updating, in text order. */
export const authorizationDataSaRequirements = [
  {
    id: 'rfc3830:4.3.1-1',
    level: 'DEFINES',
    text: 'A sender leaves its certificate out only where the receiver can be expected to have it.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.3.1-2',
    level: 'DEFINES',
    text: 'A local policy says if, how and how often the revocation of certificates is checked.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.3.2-1',
    level: 'DEFINES',
    text: 'Under the trusted root model a party has trusted roots configured and validates certificate chains.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.3.2-2',
    level: 'MUST NOT',
    text: 'A Responder passes the keys it was given to nobody else.',
    status: notApplicable('a rule for users; RFC 6043, section 12.2 says who gets keys, and it has records of its own'),
  },
  {
    id: 'rfc3830:4.3.2-3',
    level: 'MUST',
    text: 'Where group control is distributed there is a way to tell who may join.',
    status: notApplicable('left open by RFC 3830; in MIKEY-TICKET the Ticket Policy and the KMS tell'),
  },
  {
    id: 'rfc3830:4.3.3-1',
    level: 'DEFINES',
    text: 'Policies for the security protocol travel in a payload of their own, in the form that the protocol has.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.3.3-2',
    level: 'DEFINES',
    text: 'The validity of a key is given by an SPI (MKI) or an interval.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.3.3-3',
    level: 'DEFINES',
    text: 'A new policy parameter is documented and registered with IANA.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc3830:4.4-1',
    level: 'MUST',
    text: 'Support for another security protocol says how that protocol gets its Data SA.',
    status: notApplicable('addressed to authors of later specifications'),
  },
  {
    id: 'rfc3830:4.4-2',
    level: 'DEFINES',
    text: 'For SRTP the SSRC helps to find the Data SA, and the MKI may name the TGK or TEK.',
    status: open('services'),
  },
  {
    id: 'rfc3830:4.4-3',
    level: 'RECOMMENDED',
    text: 'A Data SA can be looked up by destination address, destination port and SSRC.',
    status: open('services'),
  },
  {
    id: 'rfc3830:4.5-1',
    level: 'DEFINES',
    text: 'A CSB is updated by another run of MIKEY, for new keys or new crypto sessions.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.5-2',
    level: 'DEFINES',
    text: 'An update may leave out what was static or optional in the first exchange.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.5-3',
    level: 'MUST',
    text: 'An update has the CSB ID of the initial exchange.',
    status: implemented,
  },
  { id: 'rfc3830:4.5-4', level: 'MUST', text: 'An update has a new timestamp.', status: implemented },
  { id: 'rfc3830:4.5-5', level: 'MUST NOT', text: 'An update has no new RAND.', status: implemented },
  {
    id: 'rfc3830:4.5-6',
    level: 'DEFINES',
    text: 'Without new keys in an update, a crypto session goes on with the keys it has.',
    status: implemented,
  },
  {
    id: 'rfc3830:4.5-7',
    level: 'RECOMMENDED',
    text: 'With more than one CS in a CSB, keys have an SPI or MKI.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
