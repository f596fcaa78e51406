/**
 * What verification found, for the terminal.
 *
 * @module
 */
import { exploredClaims } from '../../spec/claims/explored.ts';
import { paint } from '../report/theme.ts';
import type { AttackTrace, Verification } from './verification.ts';

/** How to write. */
export interface VerifyView {
  readonly color: boolean;
  readonly ascii: boolean;
  /** Whether attacks are shown message by message, and not only named. */
  readonly traces: boolean;
}

/** All results as text. */
export function verificationText({ claims, limits, ablations, complete }: Verification, view: VerifyView): string {
  const painted = paint(view.color);
  const signs = view.ascii
    ? { ok: 'ok', no: 'FAILS', open: '?', limit: '!' }
    : { ok: '✓', no: '✗', open: '?', limit: '!' };
  const sign = (ok: boolean): string => (ok ? painted.green(signs.ok) : painted.red(signs.no));
  const lines: string[] = [];
  const attack = (trace: AttackTrace | undefined): void => {
    if (trace && view.traces) lines.push(...traceLines(trace).map((line) => `      ${line}`));
  };
  for (const mode of new Set(claims.map((claim) => claim.mode))) {
    lines.push(painted.bold(`Mode ${mode}`));
    const mine = claims.filter((claim) => claim.mode === mode);
    for (const { id, verdict, evidence, trace } of mine) {
      const mark = verdict === 'undecided' ? painted.yellow(signs.open) : sign(verdict === 'holds');
      const states = evidence.reduce((sum, one) => sum + one.states, 0);
      lines.push(`  ${mark} ${id.padEnd(26)} explored, ${states} states  ${exploredClaims[id].text}`);
      if (trace) lines.push(...traceLines(trace).map((line) => `      ${line}`));
    }
    const [first] = mine;
    for (const { by, bounds, states, seconds } of first?.evidence ?? []) {
      lines.push(`    ${by}: ${bounds}; ${states} states in ${seconds.toFixed(1)} s`);
    }
  }
  if (limits.length > 0) lines.push('', painted.bold('Limits: what does not hold'));
  for (const { id, mode, text, shown, falls, remedy, trace } of limits) {
    lines.push(
      `  ${shown ? painted.yellow(signs.limit) : painted.red(`${signs.no} not shown:`)} ${id} (${mode}) ${text}`,
    );
    lines.push(`      falls: ${falls.join(', ')}`);
    if (remedy) lines.push(`      ${remedy.holds ? 'holds' : 'does not hold either'} with ${remedy.text}`);
    attack(trace);
  }
  if (ablations.length > 0) lines.push('', painted.bold('What each protection is good for: what falls without it'));
  for (const { id, mode, attacker, title, falls, redundant, ok, traces } of ablations) {
    const verdict = falls.length > 0 ? falls.join(', ') : `nothing: ${redundant ?? 'within these bounds'}`;
    lines.push(`  ${sign(ok)} ${id} (${mode}; ${attacker})`, `      ${title}`, `      falls: ${verdict}`);
    const [trace] = traces;
    if (trace) lines.push(`      over octets: ${octetsText(trace)}`);
    traces.forEach(attack);
  }
  if (!complete) lines.push('', 'Stopped early: what is undecided was not looked at to the end.');
  return `${lines.join('\n')}\n`;
}

function octetsText({ bytes, withProtection }: AttackTrace): string {
  const works = bytes ? 'the attack works' : 'the attack does not work';
  if (!withProtection) return works;
  const { holds, by, check, code } = withProtection;
  if (!holds) return `${works}; with the protection too`;
  return `${works}; with the protection ${by ?? 'somebody'} turns it down (${check ?? code ?? 'no reason'})`;
}

/** An attack, message by message. */
export function traceLines({ what, messages }: AttackTrace): readonly string[] {
  return [
    ...messages.map(({ from, to, type, forged, refused }) => {
      const end = refused ? `  turned down: ${refused.check ?? refused.code}` : '';
      return `${from} -> ${to}  ${type}${forged ? '  (made by the attacker)' : ''}${end}`;
    }),
    what,
  ];
}
