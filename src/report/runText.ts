/**
 * A run for the terminal: diagram, outcomes, claims, limits, knowledge matrix, costs.
 *
 * @module
 */
import type { Verdict } from '../../model/trace/trace.ts';
import type { PerformedRun } from '../run/perform.ts';
import { costByCall } from './costTable.ts';
import { knowledgeMatrix, knowledgeText } from './knowledge.ts';
import { outcomeWords } from './outcomeText.ts';
import { sequenceOf } from './sequence.ts';
import { sequenceText } from './sequenceText.ts';
import { tableLines, wrapped } from './textTable.ts';
import { paint, type Paint } from './theme.ts';

/** How to show runs in a terminal. */
export interface RunView {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  readonly ascii: boolean;
  /** Whether to print key values. */
  readonly showSecrets: boolean;
  /** Whether to print what the run costs. */
  readonly cost: boolean;
}

/** The signs of verdicts. */
export const verdictSigns = {
  unicode: { ok: '✓', no: '✗', limit: '!', none: '·' },
  ascii: { ok: 'ok', no: 'NO', limit: '!', none: '.' },
} as const;

/** The whole text. */
export function runText(run: PerformedRun, view: RunView): string {
  const { trace, analysis } = run;
  const painted = paint(view.color);
  const signs = verdictSigns[view.ascii ? 'ascii' : 'unicode'];
  const limits = verdictLines(analysis.limits, {
    view,
    sign: painted.yellow(signs.limit),
    failed: 'not shown by this run',
  });
  const secrets = view.showSecrets
    ? [
        painted.bold('Key values'),
        ...trace.secrets.map((secret) => `${secret.name}  ${Buffer.from(secret.value).toString('hex')}`),
        '',
      ]
    : [];
  return [
    painted.bold(trace.title),
    ...(run.about === undefined ? [] : [wrapped(run.about, { width: view.width })]),
    '',
    sequenceText(sequenceOf(trace), view),
    '',
    painted.bold('Outcome'),
    ...outcomeLines(run, view, painted),
    '',
    painted.bold('Claims'),
    ...verdictLines(analysis.verdicts, { view, sign: painted.green(signs.ok), failed: 'does not hold' }),
    '',
    ...(analysis.limits.length > 0 ? [painted.bold('Limits'), ...limits, ''] : []),
    painted.bold('Who can compute which key'),
    knowledgeText(knowledgeMatrix(trace, analysis), view),
    '',
    ...(view.cost ? [painted.bold('What it costs (measured)'), ...costLines(run, painted), ''] : []),
    ...secrets,
    '',
  ].join('\n');
}

function outcomeLines({ outcomes }: PerformedRun, view: RunView, painted: Paint): readonly string[] {
  const signs = verdictSigns[view.ascii ? 'ascii' : 'unicode'];
  return outcomeWords(outcomes).flatMap(({ headline, refusals, asExpected }) => [
    asExpected
      ? `${painted.green(signs.ok)} ${wrapped(headline, { width: view.width - 3, indent: '  ' })}`
      : `${painted.red(signs.no)} ${headline} ${painted.red('[not what the scenario expects]')}`,
    ...refusals.map((refusal) => `  ${painted.dim(wrapped(refusal, { width: view.width - 2, indent: '    ' }))}`),
  ]);
}

/** What is claimed, or where the limits are: a sign and a sentence each. */
function verdictLines(
  verdicts: readonly Verdict[],
  options: { readonly view: RunView; readonly sign: string; readonly failed: string },
): readonly string[] {
  const { view, sign, failed } = options;
  const painted = paint(view.color);
  const no = painted.red(verdictSigns[view.ascii ? 'ascii' : 'unicode'].no);
  return verdicts.map(({ text, holds }) => {
    const sentence = wrapped(text, { width: view.width - 3, indent: '  ' });
    return holds ? `${sign} ${sentence}` : `${no} ${sentence} ${painted.red(`[${failed}]`)}`;
  });
}

function costLines(run: PerformedRun, painted: Paint): readonly string[] {
  const [head = '', ...lines] = tableLines(costByCall(run));
  return [painted.dim(head), ...lines];
}
