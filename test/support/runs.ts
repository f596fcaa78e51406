/**
 * Real runs over bytes, and quick ways to their messages.
 *
 * @module
 */
import type { Message } from '../../model/message/message.ts';
import type { PayloadKind } from '../../model/message/payload.ts';
import { all, type PayloadOf } from '../../model/message/select.ts';
import type { Intercept } from '../../model/modes/network.ts';
import { runStandard, type StandardOptions, type StandardRun } from '../../model/modes/standard.ts';
import type { TracedMessage, TracedStep } from '../../model/trace/trace.ts';
import { interpretation } from '../../src/run/byteRun.ts';
import { planRuns } from '../../src/run/modes.ts';
import { performRun, type PerformedRun } from '../../src/run/perform.ts';

/** A message of a run. */
export type Hop = TracedMessage<Uint8Array>;

/** A run over bytes with a seed of its own; with `intercept` somebody stands in the middle. */
export function byteRun(options: StandardOptions = {}, intercept?: Intercept<Uint8Array>): StandardRun<Uint8Array> {
  return runStandard(interpretation('test'), options, intercept ? { intercept } : {});
}

/** A standard run as reports show it. @param seed - default `page` */
export function performedRun(options: StandardOptions = {}, seed = 'page'): PerformedRun {
  const [planned] = planRuns(['standard'], options);
  return performRun(planned!, seed);
}

/** Both algorithm suites, with and without key forking, RANDRr, RANDRi in session keys, and a response. */
export const variants: readonly (readonly [string, StandardOptions])[] = (['sha1', 'sha256'] as const).flatMap(
  (suite) => [
    [`${suite}, strict`, { suite }] as const,
    [`${suite}, I = 0`, { suite, flags: 'DEFGHJNO' }] as const,
    [`${suite}, G = 0`, { suite, flags: 'DEFHIJNO' }] as const,
    [`${suite}, H = 0`, { suite, flags: 'DEFGIJNO' }] as const,
    [`${suite}, F = 0`, { suite, flags: 'DEHJNO' }] as const,
  ],
);

/** Messages of a type, each different one once. */
export function ofType(run: StandardRun<Uint8Array>, type: string): readonly Hop[] {
  const seen = new Map<string, Hop>();
  for (const hop of run.trace.messages) {
    if (hop.type === type && !seen.has(hexOf(hop.octets))) seen.set(hexOf(hop.octets), hop);
  }
  return [...seen.values()];
}

/** The payload of a kind, of which there must be one. */
export function only<K extends PayloadKind>(
  message: Message<Uint8Array>,
  kind: K,
  role?: number,
): PayloadOf<Uint8Array, K> {
  const found = all(message.payloads, kind, role);
  if (found.length !== 1) throw new Error(`${found.length} payloads ${kind} of role ${role}`);
  return found[0]!;
}

/** Value of a secret. */
export function secret(run: Pick<StandardRun<Uint8Array>, 'trace'>, name: string): Buffer {
  const found = run.trace.secrets.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no secret ${name}`);
  return Buffer.from(found.value);
}

/** Hexadecimal text of octets. */
export function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}

/** The steps in which somebody turned something down. */
export function rejections(
  run: StandardRun<Uint8Array>,
): readonly (TracedStep & { readonly rejection: NonNullable<TracedStep['rejection']> })[] {
  return run.trace.steps.flatMap((step) => (step.rejection ? [{ ...step, rejection: step.rejection }] : []));
}
