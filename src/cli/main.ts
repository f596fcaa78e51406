/**
 * The command line: `npm run -s mikey-ticket -- ARGS`.
 *
 * Exit codes: 0 all that was asked holds, 1 it does not, 2 wrong usage. A user never sees a stack trace.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { shouldColor, speaksUnicode, widthOf } from '../report/theme.ts';
import { decodeCommand, type DecodeArguments } from './decode.ts';
import { findingsCommand, type FindingsArguments } from './findings.ts';
import { exit, UsageError, type ExitCode, type Io } from './io.ts';
import { addPolicyCommand } from './policy.ts';
import { runCommand } from './run.ts';
import type { RunArguments } from './runOptions.ts';
import { simulateCommand } from './simulate.ts';
import type { SimulateArguments } from './simulateOptions.ts';
import { vectorsCommand, type VectorArguments } from './vectors.ts';
import { addVerifyCommand } from './verify.ts';

/** The surroundings of a command in a real process. */
function processIo(): Io {
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    stdin: () => readFileSync(0),
    color: shouldColor(process.stdout, process.env),
    width: widthOf(process.stdout, process.env),
  };
}

/** Gathers a repeatable option. */
function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/**
 * Runs the command line.
 *
 * @param args - without interpreter and script
 * @param later - takes the exit code of a command that goes on after this returns; undefined: every command runs to its end
 * @returns the exit code
 */
export function main(args: readonly string[], io: Io, later?: (code: Promise<ExitCode>) => void): ExitCode {
  let code: ExitCode = exit.ok;
  const program = new Command('mikey-ticket')
    .description('MIKEY-TICKET (RFC 6043), the KMS based solution for IMS media security')
    .version('0.1.0')
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: () => {} });
  program
    .command('run')
    .description('sets up calls over real bytes; shows the messages, the claims, and who can compute which key')
    .argument('[mode...]', 'modes, or names of single scenarios (--list); none: all')
    .option('--list', 'lists modes and scenarios')
    .option('--scenario <file>', 'runs a scenario of your own; - for standard input')
    .option('--print <mode>', 'prints the scenario of a mode, to start your own from')
    .option('--forks <n>', 'standard: endpoints that the call is forked to')
    .option('--prf <name>', 'sha1 or sha256, with the algorithms that belong to it')
    .option('--flags <letters>', 'standard: flags of the Ticket Policy, such as DEFGHIJNO')
    .option('--no-key-forking', 'standard: I = 0, which the strict profile does not allow')
    .option('--streams <n>', 'standard: bidirectional media streams')
    .option('--seed <text>', 'repeatable randomness and clock; its keys are worth nothing')
    .option('--cost', 'what it costs whom: messages, octets, operations, as measured')
    .option('--full', 'diagrams also of many runs')
    .option('--json', 'one JSON document')
    .option('--pcap <file>', 'writes a pcapng capture')
    .option('--report <dir>', 'writes the HTML report')
    .option('--ascii', 'no box-drawing characters')
    .option('--show-secrets', 'prints key values')
    .action((modes: string[], options: RunArguments) => {
      code = runCommand(modes, { ...options, ascii: options.ascii ?? !speaksUnicode(process.env) }, io);
    });
  program
    .command('decode')
    .description('shows every field of messages: hex, base64, raw octets, a=key-mgmt line, SDP body, pcap or pcapng')
    .argument('<file>', 'a file; - for standard input')
    .option('--psk <hex>', 'a pre-shared key, to verify and decrypt; repeatable', collect, [])
    .option('--tpk <hex>', 'a ticket protection key, to open tickets; repeatable', collect, [])
    .option('--show-secrets', 'prints decrypted keys')
    .option('--json', 'one JSON document')
    .action((file: string, options: DecodeArguments) => {
      code = decodeCommand(file, options, io);
    });
  program
    .command('vectors')
    .description('writes deterministic test vectors, or judges a file of them')
    .option('--out <file>', 'where to write; default: standard output')
    .option('--mode <mode...>', 'vectors of these modes only')
    .option('--only <which>', 'valid: what is to be accepted; rejected: what is to be turned down')
    .option('--check <file>', 'judges a vector file, recomputing every byte; - for standard input')
    .option('--json', 'one JSON document')
    .action((options: VectorArguments) => {
      code = vectorsCommand(options, io);
    });
  addPolicyCommand(program, io, (ended) => {
    code = ended;
  });
  program
    .command('simulate')
    .description(
      'simulates a day of calls: what reused, group and self-made tickets spare the KMS, and when they do not',
    )
    .option('--users <n>', 'users; default 10000')
    .option('--calls-per-hour <x>', 'calls that a user makes in an hour, on average over the day')
    .option('--day <shape>', 'office or flat')
    .option('--validity <seconds>', 'how long a ticket can be used')
    .option('--devices <n>', 'endpoints of a user, to each of which a call is forked')
    .option('--contacts <n>', 'people whom a user calls')
    .option('--zipf <x>', 'how skewed the choice among them is; 0: all alike')
    .option('--groups <n>', 'groups')
    .option('--group-size <range>', 'members of a group, such as 4-12')
    .option('--group-share <x>', 'share of the calls of group members that go to a group, 0 to 1')
    .option('--own-share <x>', 'share of users who may create tickets themselves, 0 to 1')
    .option('--caching <when>', 'when a responder may rely on an earlier resolution: never, strict, always')
    .option('--kmss <n>', 'KMSs that share the users among them')
    .option('--foreign-share <x>', 'share of calls to users of another KMS, 0 to 1')
    .option('--prf <name>', 'sha1 or sha256, with which exchanges are measured')
    .option('--seed <text>', 'another seed, another day')
    .option('--json', 'one JSON document')
    .option('--svg <file>', 'writes a plot')
    .action((options: SimulateArguments) => {
      code = simulateCommand(options, io);
    });
  program
    .command('findings')
    .description('carries out the attacks and ambiguities of the findings over octets, without and with what protects')
    .option('--only <ids>', 'numbers of findings, such as W1,W2; repeatable', collect, [])
    .option('--json', 'one JSON document')
    .option('--ascii', 'no characters beyond ASCII')
    .option('--show-secrets', 'prints key values in place of fingerprints')
    .action((options: FindingsArguments) => {
      code = findingsCommand({ ...options, ascii: options.ascii ?? !speaksUnicode(process.env) }, io);
    });
  addVerifyCommand(program, io, {
    done: (ended) => {
      code = ended;
    },
    later,
  });
  try {
    program.parse(args, { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, io);
  }
}

/** One line for what went wrong, and the exit code. */
function failed(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exit.ok;
    // Without arguments commander has printed the help already.
    if (error.code !== 'commander.help') io.err(`mikey-ticket: ${error.message.replace(/^error: /, '')}\n`);
    return exit.usage;
  }
  if (error instanceof UsageError) {
    io.err(error.message.replace(/^/gm, 'mikey-ticket: ') + '\n');
    return exit.usage;
  }
  throw error;
}

/** A closed pipe, as under `| head`, is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exit.ok);
  throw error;
});

if (process.argv[1]?.endsWith('main.ts')) {
  process.exitCode = main(process.argv.slice(2), processIo(), (later) => {
    void later.then((code) => {
      process.exitCode = code;
    });
  });
}
