/**
 * `policy`: checks policy files, and explains what a policy allows a user, rule by rule.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { parsePolicy } from '../policy/file.ts';
import { questionText, userRows, userText } from '../policy/explainText.ts';
import { speaksUnicode } from '../report/theme.ts';
import { readInput } from './files.ts';
import { exit, type ExitCode, type Io } from './io.ts';
import { askPolicy, type ExplainArguments } from './policyQuestions.ts';

/** The policy that is explained where no file is given. */
const examplePolicy = fileURLToPath(new URL('../../spec/policies/example.json', import.meta.url));

/**
 * Puts `policy` on the command line.
 *
 * @param done - takes the exit code
 */
export function addPolicyCommand(program: Command, io: Io, done: (code: ExitCode) => void): void {
  const policy = program
    .command('policy')
    .description('checks the policy file of a KMS or a user; explains what it allows, rule by rule');
  policy
    .command('check')
    .description('says what is wrong with a policy file, with the path into it')
    .argument('<file>', 'a file; - for standard input')
    .option('--json', 'one JSON document')
    .action((file: string, options: { readonly json?: boolean }) => done(checkCommand(file, options, io)));
  policy
    .command('explain')
    .description('shows the rule about a user, and which rules decide about calls and tickets')
    .argument('<user>', 'an identity, such as sip:alice@example.com')
    .option('--file <file>', 'a policy file; default: the example in spec/policies')
    .option('--call <identity...>', 'may it have a ticket for these responders?', [])
    .option('--create', 'may it make that ticket itself?')
    .option('--resolve <responder...>', 'may it resolve a ticket for these responders?', [])
    .option('--partner <kms>', 'the KMS of another domain that speaks for the user')
    .option('--application <id...>', 'applications of the ticket', [])
    .option('--flags <letters>', 'flags of the ticket, such as DEFGHINO')
    .option('--validity <seconds>', 'how long the ticket is to be valid')
    .option('--prf <name>', 'sha1 or sha256, with the algorithms that belong to it')
    .option('--json', 'one JSON document')
    .option('--ascii', 'only ASCII characters')
    .action((user: string, options: ExplainArguments) => {
      done(explainCommand(user, { ...options, ascii: options.ascii ?? !speaksUnicode(process.env) }, io));
    });
}

/**
 * Checks a policy file.
 *
 * @returns fails if something is wrong with it
 * @throws UsageError
 */
export function checkCommand(path: string, args: { readonly json?: boolean }, io: Io): ExitCode {
  const read = parsePolicy(new TextDecoder().decode(readInput(path, io)));
  if (args.json) io.out(`${JSON.stringify(read, null, 2)}\n`);
  else if (read.ok) {
    const { users, groups, partners } = read.policy;
    io.out(`${path}: ok, ${users.length} users, ${groups.length} groups, ${partners.length} partners\n`);
  } else io.out(`${read.problems.join('\n')}\n`);
  return read.ok ? exit.ok : exit.fails;
}

/**
 * Explains what a policy allows a user.
 *
 * @returns fails if a question is answered with no, or the file is wrong
 * @throws UsageError
 */
export function explainCommand(user: string, args: ExplainArguments, io: Io): ExitCode {
  const path = args.file ?? examplePolicy;
  const read = parsePolicy(new TextDecoder().decode(readInput(path, io)));
  if (!read.ok) {
    if (args.json) io.out(`${JSON.stringify(read, null, 2)}\n`);
    else io.err(read.problems.map((problem) => `mikey-ticket: ${path}: ${problem}\n`).join(''));
    return exit.fails;
  }
  const answers = askPolicy(read.policy, user, args);
  const ok = answers.every(({ decision }) => decision.verdict === 'granted');
  if (args.json) {
    const decisions = answers.map(({ question, decision, changed, granted }) => {
      const { verdict, rule, reason, explain } = decision;
      return { question, verdict, rule, reason, changed, granted, explain };
    });
    const rule = Object.fromEntries(userRows(read.policy, user));
    io.out(`${JSON.stringify({ ok, user, rule, decisions }, null, 2)}\n`);
  } else {
    const view = { width: io.width, color: io.color, ascii: args.ascii === true };
    if (args.file === undefined) io.out('(the example policy; --file takes another one)\n\n');
    io.out([userText(read.policy, user, view), ...answers.map((one) => questionText(one, view))].join('\n'));
  }
  return ok ? exit.ok : exit.fails;
}
