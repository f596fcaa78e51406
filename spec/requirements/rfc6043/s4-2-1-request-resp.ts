/**
 * Requirements of RFC 6043: Ticket Request exchange: REQUEST_RESP.
 * @module
 * @see [RFC 6043, section 4.2.1.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.5)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Ticket Request exchange: REQUEST_RESP, in text order. */
export const requestRespRequirements = [
  {
    id: 'rfc6043:4.2.1.5-1',
    level: 'SHALL',
    text: 'REQUEST_RESP repeats version, PRF func, CSB ID, #CS and CS ID map type of REQUEST_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-2',
    level: 'SHALL',
    text: 'The KMS sets the V flag of REQUEST_RESP to 0.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-3',
    level: 'SHALL',
    text: 'The Initiator ignores the V flag of REQUEST_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-4',
    level: 'SHALL',
    text: 'With an NTP timestamp type the KMS puts a new timestamp of its own in REQUEST_RESP.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-5',
    level: 'MAY',
    text: 'With the COUNTER type the timestamp of REQUEST_RESP may repeat that of REQUEST_INIT.',
    status: notApplicable('a permission we do not use: the strict profile refuses COUNTER timestamps'),
  },
  {
    id: 'rfc6043:4.2.1.5-6',
    level: 'DEFINES',
    text: 'The KMS chooses the granted Ticket Policy, which need not be the one requested.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-7',
    level: 'SHALL',
    text: 'The KEMAC of REQUEST_RESP has the NULL authentication algorithm, since V has the MAC.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-8',
    level: 'SHALL',
    text: 'encr_key (and salt_key) of the REQUEST_RESP KEMAC derive from the pre-shared key after REQUEST_INIT_PSK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-9',
    level: 'SHALL',
    text: 'encr_key (and salt_key) of the REQUEST_RESP KEMAC derive from the envelope key after REQUEST_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-10',
    level: 'DEFINES',
    text: 'Where the encryption algorithm asks for it, salt_key enters the IV of the REQUEST_RESP KEMAC as in RFC 3830.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-11',
    level: 'RECOMMENDED',
    text: 'If TP has no KEMAC, the default KEMAC of the KMS has one TGK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-12',
    level: 'SHALL',
    text: 'The KEMAC of REQUEST_RESP has MPKi, the pre-shared key for Ticket Transfer messages.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-13',
    level: 'SHALL',
    text: 'With key forking the KEMAC of REQUEST_RESP has a second MPK, MPKr.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-14',
    level: 'SHALL',
    text: 'With key forking the Initiator protects TRANSFER_INIT with MPKi.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-15',
    level: 'SHALL',
    text: 'With key forking the Initiator verifies TRANSFER_RESP with MPKr, after forking it.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-16',
    level: 'DEFINES',
    text: 'REQUEST_RESP: KEMAC = E(encr_key, MPKi || [MPKr] || {TEK or TGK or GTGK}), in this order.',
    status: implemented,
  },
  { id: 'rfc6043:4.2.1.5-17', level: 'SHALL', text: 'V is the final payload of REQUEST_RESP.', status: implemented },
  {
    id: 'rfc6043:4.2.1.5-18',
    level: 'SHALL',
    text: 'The auth_key of REQUEST_RESP derives from the pre-shared key after REQUEST_INIT_PSK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-19',
    level: 'SHALL',
    text: 'The auth_key of REQUEST_RESP derives from the envelope key after REQUEST_INIT_PK.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.5-20',
    level: 'SHALL',
    text: 'The MAC of REQUEST_RESP covers the complete REQUEST_RESP and the complete REQUEST_INIT.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.6-1',
    level: 'SHALL',
    text: 'The Initiator stores ticket and session information from a REQUEST_RESP that verifies and parses.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.6-2',
    level: 'SHOULD',
    text: 'The Initiator ignores payloads of REQUEST_RESP that it does not expect.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.6-3',
    level: 'MUST',
    text: 'The Initiator checks that it can accept the granted Ticket Policy before it uses the ticket.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.6-4',
    level: 'SHALL',
    text: 'The Initiator discards a ticket whose granted policy it cannot accept.',
    status: implemented,
  },
  {
    id: 'rfc6043:4.2.1.6-5',
    level: 'MAY',
    text: 'An Initiator that refused the granted policy may ask again with a different one.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
