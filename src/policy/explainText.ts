/**
 * Decisions of a policy as text: each rule that was looked at, what came of it, and which one decided.
 *
 * @module
 */
import type { Decision, DecisionStep, PolicyChange } from '../../model/policy/decide.ts';
import { firstFit } from '../../model/policy/identityPattern.ts';
import type { KmsPolicy } from '../../model/policy/kmsPolicy.ts';
import { ruleOf } from '../../model/policy/ruleOf.ts';
import { paint, type Paint } from '../report/theme.ts';

/** A question to a policy, and its answer. */
export interface AnsweredQuestion {
  readonly question: string;
  readonly decision: Decision<unknown>;
  /** Only of requests. */
  readonly changed: readonly PolicyChange[];
  /** What is granted, by name, as far as there is something to say. */
  readonly granted: Readonly<Record<string, string>>;
}

/** How to print. */
export interface ExplainOptions {
  /** Columns; long lines are folded. */
  readonly width: number;
  readonly color: boolean;
  /** Only ASCII characters. */
  readonly ascii: boolean;
}

const signs = {
  unicode: { met: '✓', changed: '~', 'no fit': '·', 'not met': '✗' },
  ascii: { met: 'ok', changed: '~', 'no fit': '-', 'not met': 'NO' },
} as const satisfies Record<string, Record<DecisionStep['outcome'], string>>;

const colors: Readonly<Record<DecisionStep['outcome'], keyof Paint>> = {
  met: 'green',
  changed: 'yellow',
  'no fit': 'dim',
  'not met': 'red',
};

/** A question, the rules looked at in order, and the verdict. */
export function questionText(answered: AnsweredQuestion, options: ExplainOptions): string {
  const { question, decision, granted } = answered;
  const painted = paint(options.color);
  const sign = signs[options.ascii ? 'ascii' : 'unicode'];
  const ruleWidth = Math.max(...decision.explain.map((step) => step.rule.length));
  const steps = decision.explain.flatMap((step) => {
    const mark = painted[colors[step.outcome]](sign[step.outcome].padEnd(2));
    const indent = ruleWidth + 7;
    const [first = '', ...rest] = fold(step.says, options.width - indent);
    return [
      `  ${mark} ${step.rule.padEnd(ruleWidth)}  ${first}`,
      ...rest.map((line) => `${' '.repeat(indent)}${line}`),
    ];
  });
  const verdict = decision.verdict === 'granted' ? painted.green('granted') : painted.red('refused');
  const names = Object.entries(granted).map(([name, value]) => `  ${name.padEnd(10)} ${value}`);
  return [
    ...fold(question, options.width).map((line) => painted.bold(line)),
    ...steps,
    ...fold(`${decision.verdict} by ${decision.rule}: ${decision.reason}`, options.width).map((line, index) =>
      index === 0 ? line.replace(decision.verdict, verdict) : `  ${line}`,
    ),
    ...names,
    '',
  ].join('\n');
}

/** What a policy says about a user. */
export function userText(policy: KmsPolicy, user: string, options: ExplainOptions): string {
  const painted = paint(options.color);
  const rows = userRows(policy, user).flatMap(([name, value]) => {
    const [first = '', ...rest] = fold(value, options.width - 20);
    return [`  ${painted.dim(name.padEnd(17))} ${first}`, ...rest.map((line) => `${' '.repeat(20)}${line}`)];
  });
  return [painted.bold(user), ...rows, ''].join('\n');
}

/** What a policy says about a user, by name. */
export function userRows(policy: KmsPolicy, user: string): readonly (readonly [string, string])[] {
  const found = ruleOf(policy, user);
  const groups = policy.groups.flatMap(({ identity, members }, index) => {
    const entry = firstFit(members, user);
    return entry === undefined ? [] : [`${identity} (groups[${index}].members[${entry}])`];
  });
  const owners = policy.users.flatMap(({ user: owner, devices }, index) => {
    const device = devices.indexOf(user);
    return device === -1 ? [] : [`${owner} (users[${index}].devices[${device}])`];
  });
  const list = (values: readonly string[]): string => (values.length === 0 ? 'none' : values.join(', '));
  const membership = [
    ['member of', list(groups)],
    ['endpoint of', list(owners)],
  ] as const;
  if (!found) return [['rule', 'none: every right is refused'], ...membership];
  const { rule, path } = found;
  const { mayCreate } = rule;
  const made = mayCreate && `flags ${mayCreate.flags.join('')}, valid for ${mayCreate.longestValidity} s at most`;
  return [
    ['rule', `${path} (${rule.user})`],
    ['speaks for', list(rule.speaksFor)],
    ['devices', list(rule.devices)],
    ['asks for tickets', rule.mayRequest ? 'yes' : 'no'],
    ['makes tickets', made ?? 'no'],
    ['calls', list(rule.mayCall)],
    ['applications', rule.applications.includes('*') ? 'all' : list(rule.applications)],
    ['protected media', rule.secureConnection],
    ...membership,
  ];
}

/** Folds a text at spaces. */
function fold(text: string, width: number): readonly string[] {
  const room = Math.max(24, width);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
