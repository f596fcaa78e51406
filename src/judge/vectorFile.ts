/**
 * The vector file format, checked before anything is judged.
 *
 * @module
 */
import { z } from 'zod';
import { flagNames, type FlagName } from '../../model/message/ticketFlags.ts';

/** Octets in lower-case hexadecimal. */
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/, 'not lower-case hexadecimal, two digits an octet');

/** One value, or one for each name. */
const hexOrMany = z.union([hex, z.record(z.string(), hex)]);

const fork = z.object({
  mpkr: hex.nullable(),
  tgk: z.array(hex),
  gtgk: z.array(hex).optional(),
  tek: z.record(z.string(), hex),
  salt: z.record(z.string(), hex),
});

const flags = Object.fromEntries(flagNames.map((name) => [name, z.boolean()])) as Record<FlagName, z.ZodBoolean>;

/** An RSA key: modulus, public and private exponent, unsigned, most significant octet first. */
const rsaKey = z.object({ n: hex, e: hex, d: hex.optional() });

const secrets = z.object({
  psk_i: hexOrMany.optional(),
  psk_r: z.record(z.string(), hex).optional(),
  tpk: hexOrMany.optional(),
  env_i: hexOrMany.optional(),
  env_r: hexOrMany.optional(),
  rsa: z.record(z.string(), rsaKey).optional(),
});

/** What octets do not show: the knowledge of the KMS. */
const context = z.object({
  groups: z.record(z.string(), z.array(z.string())).optional(),
  agreements: z.array(z.tuple([z.string(), z.string()])).optional(),
  realms: z.record(z.string(), z.array(z.string())).optional(),
  mayRequest: z.array(z.string()).optional(),
  mayCreate: z.array(z.string()).optional(),
  owners: z.record(z.string(), z.string()).optional(),
  skew: z.number().positive().optional(),
});

const vector = z
  .object({
    name: z.string(),
    flags: z.array(z.string()).optional(),
    mode: z.string(),
    policy: z.object({ ...flags, prf: z.number().int().min(0).max(127) }),
    secrets,
    context: context.optional(),
    messages: z.array(z.object({ type: z.string(), from: z.string(), to: z.string(), hex })).min(1),
    expected: z.object({ mpki: hex, mpkr: hex.nullable(), forks: z.record(z.string(), fork) }).optional(),
    reject: z.object({ message: z.number().int().min(0), error: z.string(), clause: z.string() }).optional(),
  })
  .refine((value) => (value.expected === undefined) !== (value.reject === undefined), {
    message: "a vector has either 'expected' or 'reject'",
  });

/** What a flag of vectors means. */
const note = z.object({ bugType: z.string(), description: z.string(), clause: z.string().optional() });

const file = z
  .object({
    format: z.literal('mikey-ticket-vectors/1'),
    notes: z.record(z.string(), note).optional(),
    vectors: z.array(vector).min(1),
  })
  .superRefine(({ notes, vectors }, refinement) => {
    vectors.forEach((one, index) => {
      for (const flag of one.flags ?? []) {
        if (notes === undefined || !Object.hasOwn(notes, flag)) {
          const message = `the flag ${JSON.stringify(flag)} has no entry in 'notes'`;
          refinement.addIssue({ code: 'custom', path: ['vectors', index, 'flags'], message });
        }
      }
    });
  });

/** A vector file. */
export type JudgedFile = z.infer<typeof file>;

/** One vector of it. */
export type JudgedVector = z.infer<typeof vector>;

/** What one responder and the Initiator should hold at the end. */
export type JudgedFork = z.infer<typeof fork>;

/** A file that could be read, or what is wrong with it: one line each, with the path into the JSON. */
export type ReadFile =
  { readonly ok: true; readonly file: JudgedFile } | { readonly ok: false; readonly problems: readonly string[] };

/** Most problems of form that are worth telling. */
const mostProblems = 20;

/** Reads a vector file. Never throws. */
export function readVectorFile(text: string): ReadFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`not JSON: ${error instanceof Error ? error.message : 'unreadable'}`] };
  }
  const parsed = file.safeParse(json);
  if (parsed.success) return { ok: true, file: parsed.data };
  const problems = parsed.error.issues.slice(0, mostProblems).map((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
    return `${path.replace(/^\./, '') || 'the document'}: ${issue.message}`;
  });
  return { ok: false, problems };
}

/** The JSON Schema of the format. */
export function vectorFileSchema(): unknown {
  return z.toJSONSchema(file);
}
