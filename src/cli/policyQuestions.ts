/**
 * Options of `policy explain`, from arguments to questions that a policy answers.
 *
 * @module
 */
import { suites, type Suite } from '../../model/keys/suite.ts';
import { flagNames, type TicketFlags } from '../../model/message/ticketFlags.ts';
import { decideCreated, decidePartner, decideRequest, decideResolve } from '../../model/policy/decide.ts';
import { flagsOf, lettersOf } from '../../model/policy/flags.ts';
import type { KmsPolicy } from '../../model/policy/kmsPolicy.ts';
import { ruleOf } from '../../model/policy/ruleOf.ts';
import type { AnsweredQuestion } from '../policy/explainText.ts';
import { UsageError, wholeNumber } from './io.ts';

/** Options as the command line gives them. */
export interface ExplainArguments {
  readonly file?: string;
  readonly call: readonly string[];
  readonly create?: boolean;
  readonly resolve: readonly string[];
  readonly partner?: string;
  readonly application: readonly string[];
  readonly flags?: string;
  readonly validity?: string;
  readonly prf?: string;
  readonly json?: boolean;
  readonly ascii?: boolean;
}

/** Flags that are asked for, and flags of a self-made ticket, where none are given: those of the strict profile, without reuse. */
const usualFlags = { asked: 'DEFGHINO', created: 'EFGHILNO' } as const;

/** How long a ticket is asked for where nothing is said, in seconds. */
const usualValidity = 3600;

/** The same for every question: time is counted from now. */
const now = 0;

/**
 * Puts the questions of the command line to a policy.
 *
 * @returns one answer for each question; none if only the user was named
 * @throws UsageError for options that make no sense
 */
export function askPolicy(policy: KmsPolicy, user: string, args: ExplainArguments): readonly AnsweredQuestion[] {
  checkOptions(args);
  return [
    ...(args.call.length === 0
      ? []
      : [args.create ? aboutCreated(policy, user, args) : aboutRequest(policy, user, args)]),
    ...(args.partner === undefined || args.resolve.length > 0 ? [] : [aboutPartner(policy, user, args.partner)]),
    ...(args.resolve.length === 0 ? [] : [aboutResolve(policy, user, args)]),
  ];
}

function checkOptions({ create, call, resolve, application, flags, validity, prf }: ExplainArguments): void {
  if (create && call.length === 0) throw new UsageError('--create needs --call: for whom is the ticket?');
  if (call.length === 0) {
    const lone = [
      ['--flags', flags],
      ['--validity', validity],
      ['--prf', prf],
    ].find(([, value]) => value !== undefined);
    if (lone) throw new UsageError(`${lone[0]} needs --call: it belongs to a ticket`);
  }
  if (application.length > 0 && call.length + resolve.length === 0) {
    throw new UsageError('--application needs --call or --resolve');
  }
  if (application.length > 1 && resolve.length > 0) throw new UsageError('--resolve takes one --application');
}

function aboutRequest(policy: KmsPolicy, user: string, args: ExplainArguments): AnsweredQuestion {
  const terms = termsOf(args, { flags: usualFlags.asked, validity: usualValidity });
  const decision = decideRequest(policy, { ...terms, requester: user });
  const granted =
    decision.verdict === 'refused'
      ? {}
      : {
          flags: lettersOf(decision.granted.flags),
          validity: `${(decision.granted.validity.TRe ?? now) - now} s`,
          rekeying: decision.granted.TRr === undefined ? 'no limit' : `every ${decision.granted.TRr} s`,
          for:
            decision.granted.applications.length === 0 ? 'all applications' : decision.granted.applications.join(', '),
        };
  return {
    question: `May ${user} have a ticket to call ${args.call.join(', ')}? (${detailsOf(terms)})`,
    decision,
    changed: decision.changed,
    granted,
  };
}

function aboutCreated(policy: KmsPolicy, user: string, args: ExplainArguments): AnsweredQuestion {
  const validity = ruleOf(policy, user)?.rule.mayCreate?.longestValidity ?? usualValidity;
  const terms = termsOf(args, { flags: usualFlags.created, validity });
  // A maker that obeys its policy asks for rekeying where the policy does.
  const decision = decideCreated(policy, { ...terms, maker: user, TRr: policy.system.longestRekeying });
  const question = `May ${user} make a ticket to call ${args.call.join(', ')} itself? (${detailsOf(terms)})`;
  return { question, decision, changed: [], granted: {} };
}

function aboutResolve(policy: KmsPolicy, user: string, args: ExplainArguments): AnsweredQuestion {
  const decision = decideResolve(policy, {
    resolver: user,
    endpointOf: [],
    partner: args.partner,
    ticketResponders: args.resolve,
    ticketApplications: [],
    application: args.application[0],
  });
  const through = args.partner === undefined ? '' : ` through ${args.partner}`;
  return {
    question: `May ${user} resolve a ticket for ${args.resolve.join(', ')}${through}?`,
    decision,
    changed: [],
    granted: decision.verdict === 'refused' ? {} : { as: decision.granted.responder },
  };
}

function aboutPartner(policy: KmsPolicy, user: string, kms: string): AnsweredQuestion {
  const decision = decidePartner(policy, { kms, IDRr: user });
  return { question: `May ${kms} speak for ${user}?`, decision, changed: [], granted: {} };
}

/** What of a ticket's terms comes from the options. */
function termsOf(args: ExplainArguments, usual: { readonly flags: string; readonly validity: number }) {
  const suite = suiteName(args.prf ?? 'sha256');
  const seconds =
    args.validity === undefined
      ? usual.validity
      : wholeNumber(args.validity, '--validity', { from: 1, to: 999_999_999 });
  return {
    responders: args.call,
    applications: args.application,
    flags: flagSet(args.flags ?? usual.flags),
    validity: { TRs: now, TRe: now + seconds },
    keys: [{ type: 'TGK', length: suites[suite].keyLength }],
    suite,
    now,
  } as const;
}

function detailsOf({ flags, validity, suite }: ReturnType<typeof termsOf>): string {
  return `flags ${lettersOf(flags)}, ${validity.TRe - now} s, a TGK, ${suite}`;
}

function suiteName(text: string): Suite['name'] {
  if (text !== 'sha1' && text !== 'sha256') throw new UsageError(`--prf takes sha1 or sha256, not '${text}'`);
  return text;
}

function flagSet(letters: string): TicketFlags {
  const stray = letters.split('').find((letter) => !(flagNames as readonly string[]).includes(letter));
  if (stray !== undefined) throw new UsageError(`--flags takes letters from D to O, not '${stray}'`);
  return flagsOf(letters);
}
