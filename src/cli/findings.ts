/**
 * `findings`: carries out the attacks and ambiguities of the findings over octets, without and with what protects.
 *
 * @module
 */
import { demonstrations } from '../findings/all.ts';
import type { Demonstration, Shown } from '../findings/demonstration.ts';
import {
  clauseText,
  demonstrationText,
  isShown,
  octetsText,
  summaryText,
  type CarriedOut,
  type TextStyle,
} from '../findings/text.ts';
import { findingById } from '../../spec/findings/index.ts';
import { exit, UsageError, type ExitCode, type Io } from './io.ts';

/** What stands on the command line. */
export interface FindingsArguments {
  /** Numbers of findings, separated by commas; default: all that are demonstrated. */
  readonly only?: readonly string[];
  readonly json?: boolean;
  readonly ascii?: boolean;
  readonly showSecrets?: boolean;
}

/**
 * Demonstrates and prints.
 *
 * @param available - the demonstrations that there are; default all
 * @returns ok if every demonstration shows what it says
 * @throws UsageError for a number that there is not, or that is not demonstrated
 */
export function findingsCommand(
  args: FindingsArguments,
  io: Pick<Io, 'out' | 'color'>,
  available: readonly Demonstration[] = demonstrations,
): ExitCode {
  const style = { color: io.color, ascii: args.ascii === true, showSecrets: args.showSecrets === true };
  const done: CarriedOut[] = [];
  for (const demonstration of chosen(args.only ?? [], available)) {
    const one = { demonstration, result: demonstration.run() };
    done.push(one);
    if (args.json !== true) io.out(`${demonstrationText(one, style)}\n`);
  }
  const ok = done.every(({ result }) => isShown(result));
  if (args.json === true)
    io.out(`${JSON.stringify({ demonstrations: done.map((one) => document(one, style)), ok }, null, 2)}\n`);
  else io.out(summaryText(done, style));
  return ok ? exit.ok : exit.fails;
}

function chosen(only: readonly string[], available: readonly Demonstration[]): readonly Demonstration[] {
  const ids = only.flatMap((list) => list.split(',')).map((id) => id.trim().toUpperCase());
  if (ids.length === 0) return available;
  return ids.map((id) => {
    const found = available.find((one) => one.id === id);
    if (found) return found;
    throw new UsageError(
      `no finding is demonstrated under '${id}'; there are ${available.map((one) => one.id).join(', ')}`,
    );
  });
}

/** A demonstration in JSON. */
function document({ demonstration, result }: CarriedOut, style: TextStyle): unknown {
  const { id, title, protection } = demonstration;
  const half = ({ setting, ok, facts }: Shown): unknown => ({
    setting,
    ok,
    facts: facts.map(({ text, holds, octets, refusal }) => ({
      text,
      holds,
      ...(octets
        ? { octets: octets.map((one) => ({ name: one.name, value: octetsText(one, style.showSecrets) })) }
        : {}),
      ...(refusal ? { refusal: { ...refusal, clause: clauseText(refusal.clause) } } : {}),
    })),
  });
  return {
    id,
    finding: findingById(id).title,
    title,
    clauses: findingById(id).clauses,
    protection,
    withoutProtection: half(result.withoutProtection),
    withProtection: half(result.withProtection),
    ok: isShown(result),
  };
}
