/**
 * The policy file of a KMS, or of a user: JSON, checked in form and as a whole, with the strict defaults filled in.
 *
 * The form is described in `docs/policy.md` and, as a JSON Schema, in `spec/kms-policy.schema.json`.
 *
 * Statements: rfc6043:12.1-1.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import { z } from 'zod';
import { flagNames } from '../../model/message/ticketFlags.ts';
import { strictSystem, strictUser, type KmsPolicy } from '../../model/policy/kmsPolicy.ts';
import { policyProblems } from '../../model/policy/policyProblems.ts';

const identity = z.string().regex(/^[^\s*]+$/, 'not an identity: one character or more, no spaces, no *');
const pattern = z
  .string()
  .regex(
    /^(?:[^\s*]+|[^\s*]*\*[^\s*]*)$/,
    'not a pattern of identities: one character or more, no spaces, one * at most',
  );
/** A number of seconds that a timestamp of 32 bits can hold. */
const seconds = z.int().min(1).max(0xffff_ffff);
/** Octets: 128 bits at least; the RANDs that go with a key have at most 255. */
const octets = z.int().min(16).max(255);
const duty = z.enum(['mandatory', 'optional']);

const system = z.strictObject({
  suites: z
    .array(z.enum(['sha1', 'sha256']))
    .min(1)
    .default([...strictSystem.suites])
    .describe('Allowed algorithms'),
  keyLength: z
    .strictObject({
      smallest: octets.default(strictSystem.keyLength.smallest),
      longest: octets.default(strictSystem.keyLength.longest),
    })
    .prefault({})
    .describe('Length of session keys, in octets'),
  keyForking: z
    .enum(['mandatory', 'allowed', 'forbidden'])
    .default(strictSystem.keyForking)
    .describe('Flag I: key forking'),
  response: duty.default(strictSystem.response).describe('Flag F: TRANSFER_RESP'),
  RANDRr: duty.default(strictSystem.RANDRr).describe('Flag G: RANDRr in the session keys'),
  RANDRi: duty.default(strictSystem.RANDRi).describe('Flag H: RANDRi in the session keys'),
  longestValidity: seconds
    .default(strictSystem.longestValidity)
    .describe('How far from now a ticket may end at most, in seconds'),
  longestRekeying: seconds
    .optional()
    .describe('Longest TRr, in seconds, and the TRr of a ticket that was asked for without one'),
  reuse: z.boolean().default(strictSystem.reuse).describe('Whether flag J may be set'),
  suppliedKeys: z
    .strictObject({
      initiator: z.boolean().default(strictSystem.suppliedKeys.initiator).describe('Whether flag L may be set'),
      responder: z.boolean().default(strictSystem.suppliedKeys.responder).describe('Whether flag M may be set'),
    })
    .prefault({})
    .describe('Session keys that the endpoints bring along'),
  selfCalls: z.boolean().default(strictSystem.selfCalls).describe('Whether somebody may call itself'),
});

const creation = z.strictObject({
  flags: z
    .string()
    .regex(/^[EFGHIJLMNO]+$/, 'not a list of flags: letters of EFGHIJLMNO')
    .transform((letters) => flagNames.filter((flag) => letters.includes(flag)))
    .describe('Flags that may be set'),
  longestValidity: seconds.describe('From TRs to TRe, in seconds'),
});

const user = z.strictObject({
  user: pattern.describe('Whom the rule is about; the most specific pattern wins'),
  speaksFor: z.array(identity).default([]).describe('Further identities of the user'),
  devices: z.array(identity).default([]).describe('Devices that are endpoints of the user'),
  mayRequest: z.boolean().default(strictUser.mayRequest).describe('Whether it may ask for tickets'),
  mayCreate: creation.optional().describe('The tickets that it may make itself (mode 3); left out: none'),
  mayCall: z.array(pattern).default([]).describe('Users and groups that it may name as responders'),
  applications: z
    .array(pattern)
    .default([...strictUser.applications])
    .describe('Application IDs'),
  secureConnection: z
    .enum(['required', 'allowed', 'forbidden'])
    .default(strictUser.secureConnection)
    .describe('Whether media must, may or must not be protected'),
});

const group = z.strictObject({
  identity: z.string().regex(/^\S+$/, 'not an identity: one character or more, no spaces').describe('What IDRr says'),
  members: z.array(pattern).min(1).describe('Who is a member; also users of a partner'),
});

const partner = z.strictObject({
  kms: identity.describe('IDRkms of the other KMS'),
  realm: z.array(pattern).min(1).describe('The identities for which it may speak'),
  agreement: z.boolean().describe('Whether tickets are resolved for it'),
});

const file = z.strictObject({
  $schema: z.string().optional().describe('For editors'),
  format: z.literal('mikey-ticket-policy/1'),
  system: system.prefault({}).describe('Rules for every ticket'),
  users: z.array(user).default([]).describe('Rules about users'),
  groups: z.array(group).default([]).describe('Groups of responders'),
  partners: z.array(partner).default([]).describe('Other KMSs'),
});

/** A policy, or what is wrong with the file: one line each, beginning with the path into it. */
export type ReadPolicy =
  { readonly ok: true; readonly policy: KmsPolicy } | { readonly ok: false; readonly problems: readonly string[] };

/** Most problems that are worth telling. */
const mostProblems = 20;

/** Reads a policy file. Never throws. */
export function parsePolicy(text: string): ReadPolicy {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`not JSON: ${error instanceof Error ? error.message : 'unreadable'}`] };
  }
  const parsed = file.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => `${pathText([...issue.path, key])}: there is no such field`)
        : [`${pathText(issue.path)}: ${issue.message}`],
    );
    return { ok: false, problems: problems.slice(0, mostProblems) };
  }
  const { system, users, groups, partners } = parsed.data;
  const policy: KmsPolicy = { system, users, groups, partners };
  const problems = policyProblems(policy).map(({ path, message }) => `${path}: ${message}`);
  return problems.length === 0 ? { ok: true, policy } : { ok: false, problems: problems.slice(0, mostProblems) };
}

/** The JSON Schema of the form, of a file as it is written: what has a default may be left out. */
export function policySchema(): unknown {
  return z.toJSONSchema(file, { io: 'input' });
}

function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the document';
}
