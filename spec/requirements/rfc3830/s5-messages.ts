/**
 * Requirements of RFC 3830: building and parsing messages, errors and replay.
 * @module
 * @see [RFC 3830, section 5](https://www.rfc-editor.org/rfc/rfc3830.html#section-5)
 */
import { implemented, notApplicable } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Building and parsing messages, errors and replay, in text order. */
export const messagesRequirements = [
  {
    id: 'rfc3830:5.1.1-1',
    level: 'DEFINES',
    text: 'A Responder that cannot use the offered policy can send its own SP payloads in an error message.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.1.1-2',
    level: 'DEFINES',
    text: 'After a rejected offer the Initiator starts over with a new message.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.1.1-3',
    level: 'DEFINES',
    text: 'Without agreement on security it is local policy whether to talk in the clear.',
    status: notApplicable('a permission we do not use: without agreed keys there is no call'),
  },
  {
    id: 'rfc3830:5.1.1-4',
    level: 'MUST',
    text: 'All receivers of a multicast session share one security policy.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.1.2-1',
    level: 'SHOULD',
    text: 'Each error is reported to the peer in an error message.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.1.2-2',
    level: 'SHOULD',
    text: 'The Initiator expects that an error message may come instead of a response.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.1.2-3',
    level: 'SHOULD',
    text: 'An error message about unsupported parameters lists the supported ones.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.1.2-4',
    level: 'DEFINES',
    text: 'Error message = HDR, T, {ERR}, {SP}, [V or SIGNr].',
    status: notApplicable(
      'replaced by RFC 6043, section 5.4, which has one form for Ticket Transfer and one for the other exchanges',
    ),
  },
  {
    id: 'rfc3830:5.1.2-5',
    level: 'OPTIONAL',
    text: 'After failed authentication an error message may stay away, and needs no authentication.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.1.2-6',
    level: 'RECOMMENDED',
    text: 'Local policy takes into account that signing errors costs effort and that unauthenticated errors can be forged.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.1.2-7',
    level: 'DEFINES',
    text: 'An unauthenticated error message is a mere hint at what went wrong.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.2-1',
    level: 'DEFINES',
    text: 'A message is HDR and then the payloads that its exchange asks for.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.2-2',
    level: 'DEFINES',
    text: 'Payloads start at any byte, without padding to 32 bits.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.2-3',
    level: 'DEFINES',
    text: 'The payload with the MAC or signature comes last; its Next payload, where it has one, is Last payload.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.2-4',
    level: 'DEFINES',
    text: 'MAC or signature cover the complete message but their own field.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.2-5',
    level: 'MUST',
    text: 'The MAC of a verification message also covers Identity_i || Identity_r || Timestamp, right after the message.',
    status: notApplicable('replaced by RFC 6043, section 5.5, Table 5.2; see finding A8'),
  },
  {
    id: 'rfc3830:5.2-6',
    level: 'DEFINES',
    text: 'The identities in the MAC input are those that the ID payloads carry.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.2-7',
    level: 'MUST',
    text: 'No two messages of an Initiator have the same timestamp.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.2-8',
    level: 'DEFINES',
    text: 'The Responder repeats the timestamp of the Initiator.',
    status: notApplicable(
      'replaced by RFC 6043, sections 4.2.1.5, 4.2.2.3 and 4.2.3.5: each response has a T of its own',
    ),
  },
  {
    id: 'rfc3830:5.3-1',
    level: 'DEFINES',
    text: 'A message is parsed payload after payload, with checks for errors on the way.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.3-2',
    level: 'RECOMMENDED',
    text: 'First the timestamp is checked against the clock skew and the replay cache; an old or replayed message is dropped.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.3-3',
    level: 'RECOMMENDED',
    text: 'Then identity and authentication algorithm are read, or the default algorithm is assumed.',
    status: implemented,
  },
  { id: 'rfc3830:5.3-4', level: 'RECOMMENDED', text: 'Then the MAC or signature is verified.', status: implemented },
  {
    id: 'rfc3830:5.3-5',
    level: 'MAY',
    text: 'A failed authentication may be answered with an Auth failure error.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.3-6',
    level: 'RECOMMENDED',
    text: 'A message that fails authentication is not processed further.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.3-7',
    level: 'RECOMMENDED',
    text: 'A message enters the replay cache only after its authentication.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.3-8',
    level: 'MAY',
    text: 'Unsupported parameters and later errors may be answered with an error message.',
    status: implemented,
  },
  { id: 'rfc3830:5.3-9', level: 'RECOMMENDED', text: 'An error during processing ends it.', status: implemented },
  {
    id: 'rfc3830:5.3-10',
    level: 'MAY',
    text: 'If the Initiator asked for a response, one may be sent.',
    status: notApplicable('replaced by RFC 6043: the exchange, and in Ticket Transfer the F flag, decide'),
  },
  {
    id: 'rfc3830:5.4-1',
    level: 'DEFINES',
    text: 'The clocks of all hosts agree loosely.',
    status: notApplicable('asked of the host; how far clocks may differ is a setting'),
  },
  {
    id: 'rfc3830:5.4-2',
    level: 'SHOULD',
    text: 'Clocks that are set over the network are set by a secure protocol.',
    status: notApplicable('asked of the host'),
  },
  {
    id: 'rfc3830:5.4-3',
    level: 'DEFINES',
    text: 'A replay cache keeps each authenticated message for as long as its timestamp is within the clock skew.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.4-4',
    level: 'DEFINES',
    text: 'A message with an outdated timestamp, or found in the replay cache, is dropped unprocessed.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.4-5',
    level: 'DEFINES',
    text: 'A host that has lost its replay cache rejects all requests for one clock skew interval.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.4-6',
    level: 'DEFINES',
    text: 'A party that is only ever Initiator accepts nothing but responses to its own messages.',
    status: implemented,
  },
  {
    id: 'rfc3830:5.4-7',
    level: 'MAY',
    text: 'A cache that grows too large may be relieved by a smaller clock skew.',
    status: notApplicable('a permission we do not use: the clock skew is fixed'),
  },
] as const satisfies readonly Requirement[];
