/**
 * The schema of a scenario file, with what holds where the file says nothing.
 *
 * @module
 * @see docs/scenarios.md
 */
import { z } from 'zod';
import { allowances } from '../../model/guard/profile.ts';
import { flagNames } from '../../model/message/ticketFlags.ts';

/** Names of parties, as diagrams show them. */
const name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'a name has small letters, digits and hyphens, 32 at most');

/** An identity, such as `sip:alice@example.com`. */
const identity = z
  .string()
  .max(255)
  .regex(/^[^\s*]+$/, 'not an identity: one character or more, no spaces, no *');

/** A pattern of identities, such as `sip:*@example.com`. */
const pattern = z
  .string()
  .regex(
    /^(?:[^\s*]+|[^\s*]*\*[^\s*]*)$/,
    'not a pattern of identities: one character or more, no spaces, one * at most',
  );

/** A line for a person. Control characters could play tricks on a terminal. */
const line = z.string().regex(/^\P{Cc}*$/u, 'control characters are not allowed');

const seconds = z.int().min(-10_000_000).max(10_000_000);

const keyTypes = ['TGK', 'TGK+SALT', 'TEK', 'TEK+SALT', 'GTGK', 'GTGK+SALT'] as const;

const flags = z
  .string()
  .regex(new RegExp(`^[${flagNames.join('')}]*$`), 'flags are letters from D to O')
  .refine((letters) => new Set(letters).size === letters.length, 'a flag comes twice');

const kms = z.strictObject({
  name: name.describe('How diagrams call it'),
  identity: identity.describe('IDRkms'),
  realm: z.array(pattern).default([]).describe('Patterns of the identities that are its users, for partners to know'),
  agreements: z.array(name).default([]).describe('KMSs with which there is a cooperation agreement and a shared key'),
  longestValidity: z
    .int()
    .min(1)
    .max(10_000_000)
    .default(8 * 3600)
    .describe('Longest validity of a ticket, in seconds'),
  perMinute: z.int().min(1).max(1_000_000).optional().describe('Messages of one sender that it hears in a minute'),
  policyFile: line
    .min(1)
    .optional()
    .describe('Path of its policy, relative to this file; then nothing else here says what it allows (docs/policy.md)'),
});

const device = z.strictObject({
  name,
  identity,
  application: identity.optional().describe('The application that takes calls there (IDRapp)'),
});

const user = z.strictObject({
  name,
  identity,
  kms: name.describe('The KMS that the user trusts'),
  access: z.enum(['psk', 'certificate']).default('psk').describe('Pre-shared keys with the KMS, or certificates'),
  devices: z.array(device).default([]).describe('Endpoints; none: the user is the only one'),
  mayRequest: z.boolean().default(false).describe('Whether the KMS lets the user have tickets'),
  ownTickets: z
    .strictObject({
      key: z.boolean().default(true).describe('Whether the KMS shares a TPK with it'),
      local: z.boolean().default(true).describe('Whether its local policy lets it make tickets'),
      kms: z.boolean().default(true).describe('Whether the policy of the KMS lets it'),
    })
    .default({ key: false, local: false, kms: false })
    .describe('How the user stands to tickets of its own making (mode 3); absent: not at all'),
  resolvesItself: z
    .boolean()
    .default(false)
    .describe('Whether the KMS shares a TPK with it to resolve tickets (mode 2)'),
  clockOffset: seconds.default(0).describe('Seconds by which its clock is ahead'),
  callsPerMinute: z.int().min(1).max(1_000_000).optional().describe('Calls that an endpoint looks at in a minute'),
});

const group = z.strictObject({
  identity,
  kms: name.describe('The KMS that knows who is in it'),
  members: z.array(name).describe('Users that are in it at the start'),
});

const ticket = z.strictObject({
  from: z
    .enum(['KMS', 'self', 'held', 'resolved'])
    .describe(
      'A new one from the KMS, one of its own making, one that it holds, or one that it resolved as a responder',
    ),
  name: line.min(1).max(64).optional().describe('Under which name the caller keeps it'),
  flags: flags.optional().describe('Flags of the Ticket Policy that is asked for, such as DEFGHIJNO'),
  keys: z.array(z.enum(keyTypes)).max(8).optional().describe('Session keys that are asked for; default one TGK'),
  responders: z.array(identity).min(1).optional().describe('Who may resolve it; default the callee'),
  applications: z.array(identity).optional().describe('IDRapp; default all applications'),
  startsIn: seconds.optional().describe('Seconds from now to TRs'),
  validFor: seconds.optional().describe('Seconds from now to TRe; default 3600'),
  rekeying: z.int().min(1).max(10_000_000).optional().describe('TRr in seconds'),
});

const refusal = z.strictObject({
  party: name,
  check: line.min(1).describe('Name of the check that fails, or an error code'),
});

const call = z.strictObject({
  do: z.literal('call'),
  caller: name,
  callee: identity,
  ticket,
  reach: z.array(name).min(1).optional().describe('Devices that the proxy forks it to; default all of the callee'),
  answer: z.array(name).optional().describe('Devices that answer, in this order; default all that are reached'),
  streams: z.int().min(1).max(64).optional().describe('Bidirectional media streams'),
  sameRands: z.boolean().optional().describe('RANDRi of the first call with this ticket again, for a group key (9)'),
  supply: z.array(z.enum(keyTypes)).max(8).optional().describe('Session keys that the caller brings (L)'),
  answerSupply: z.array(z.enum(keyTypes)).max(8).optional().describe('Session keys that answering endpoints bring (M)'),
  groupVerified: z.boolean().optional().describe('The caller made sure that the group is still the same (5.3)'),
  expect: z
    .strictObject({ answered: z.array(name), refusals: z.array(refusal).default([]) })
    .optional()
    .describe('What is to come out of it; default: all that answer end with keys, and nobody turns anything down'),
});

const update = z.strictObject({
  do: z.literal('update'),
  by: name.describe('Who starts the CSB update'),
  with: name.describe('The other side of the call'),
  keys: z.array(z.enum(keyTypes)).max(8).optional().describe('Session keys to bring'),
  streams: z.int().min(0).max(32).optional().describe('Bidirectional streams to add'),
  answered: z.boolean().optional().describe('Whether an answer is expected; default true'),
});

const step = z.discriminatedUnion('do', [
  call,
  z.strictObject({ do: z.literal('together'), calls: z.array(call).min(1).max(1000) }),
  update,
  z.strictObject({ do: z.literal('wait'), seconds: z.int().min(1).max(10_000_000) }),
  z.strictObject({ do: z.literal('leave'), group: identity, member: name }),
  z.strictObject({ do: z.literal('join'), group: identity, member: name }),
  z.strictObject({ do: z.literal('rotate-ticket-key'), kms: name }),
]);

const faulty = {
  message: line.min(1).describe('Name of the data type, such as TRANSFER_INIT'),
  to: name.describe('The party that it is on its way to'),
  nth: z.int().min(1).max(1000).default(1).describe('The how many-th such message on its way there, from 1'),
};

const fault = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('drop').describe('It is lost'), ...faulty }),
  z.strictObject({ do: z.literal('duplicate').describe('It arrives twice'), ...faulty }),
  z.strictObject({
    do: z.literal('flip').describe('One bit of it arrives changed'),
    ...faulty,
    octet: z.int().min(-65_535).max(65_535).describe('Which octet, from 0; negative: from the end'),
    bit: z.int().min(0).max(7).default(0).describe('Which bit, 0 being the most significant'),
  }),
]);

/** A scenario file. */
export const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  mode: line.min(1).max(64).describe('Name of the mode; for a scenario of your own any name'),
  title: line.min(1).max(120),
  about: line.optional().describe('What it shows, for a reader'),
  suite: z.enum(['sha1', 'sha256']).default('sha256').describe('Algorithms: PRF, encryption and MAC of one strength'),
  kmss: z.array(kms).min(1),
  users: z.array(user).min(1),
  groups: z.array(group).default([]),
  sharedTicketKeys: z
    .array(z.tuple([name, name]))
    .default([])
    .describe('Pairs that share a TPK (mode 4)'),
  allow: z.array(z.enum(allowances)).default([]).describe('What all parties allow beyond the strict profile'),
  ticketType: z.enum(['MIKEY', '3GPP']).default('MIKEY'),
  steps: z.array(step).min(1).max(1000).describe('What happens, in this order'),
  faults: z.array(fault).max(1000).default([]).describe('What the network does to messages'),
});

/** The JSON Schema of a scenario file as it is written: what has a default may be left out. */
export function scenarioJsonSchema(): unknown {
  return z.toJSONSchema(scenarioSchema, { io: 'input' });
}
