/**
 * What a comparison shows, in sentences that are computed from its numbers.
 *
 * @module
 */
import { outcomeOf, type Comparison, type Outcome } from './compare.ts';
import type { Load } from './load.ts';
import { counted, grouped, longNameOf, percent } from './words.ts';

/** What must be spared at least for a reduction to be called significant; the source of the claim puts no number to it. */
export const significant = 0.5;

/** The claim that is measured. */
export const claim =
  'ticket reuse, group tickets and self-made tickets together may significantly reduce the number of ticket requests';

/** The share of a load's messages that belong to Ticket Resolves; undefined without messages. */
export function resolveShare(load: Load, requestMessages: number): number | undefined {
  return load.messages === 0 ? undefined : 1 - (load.requests * requestMessages) / load.messages;
}

/**
 * The sentences.
 *
 * @param comparison - of all feature sets
 */
export function conclusionsOf(comparison: Comparison): readonly string[] {
  const [none, all] = [outcomeOf(comparison, 'none'), outcomeOf(comparison, 'reuse+group+own')];
  if (none.total.requests === 0) return ['No call was made on this day.'];
  return [aboutClaim(none, all), aboutMessages(comparison, all), aboutSingles(comparison), ...aboutGroups(comparison)];
}

function aboutClaim(none: Outcome, all: Outcome): string {
  const left = all.total.requests / none.total.requests;
  const verdict = 1 - left >= significant ? 'the claim holds on this day' : 'the claim does not hold on this day';
  return (
    `All three features together leave ${grouped(all.total.requests)} of ${grouped(none.total.requests)} Ticket Requests ` +
    `(${percent(left)}): with significant as at least ${percent(significant)} spared, ${verdict}.`
  );
}

function aboutMessages(comparison: Comparison, all: Outcome): string {
  const share = resolveShare(all.total, comparison.costs.request.user.messages) ?? 0;
  return (
    `Of the messages of the KMSs they leave ${percent(all.ratio.messages ?? 1)}, and of the octets ${percent(all.ratio.octets ?? 1)}: ` +
    `${percent(share)} of the messages that are left belong to Ticket Resolves.`
  );
}

function aboutSingles(comparison: Comparison): string {
  const spared = (outcome: Outcome): number => 1 - (outcome.ratio.requests ?? 1);
  const singles = ['reuse', 'group', 'own']
    .map((id) => outcomeOf(comparison, id))
    .sort((a, b) => spared(b) - spared(a));
  const each = singles.map((single) => `${longNameOf(single)} ${percent(spared(single))}`);
  return `One feature alone spares of the Ticket Requests: ${each.join(', ')}.`;
}

/** A group ticket is resolved at each use where resolutions may be cached only for a ticket with one responder. */
function aboutGroups(comparison: Comparison): readonly string[] {
  const [reuse, both] = [outcomeOf(comparison, 'reuse'), outcomeOf(comparison, 'reuse+group')];
  const spared = reuse.total.requests - both.total.requests;
  const added = both.total.resolves - reuse.total.resolves;
  if (added <= 0) return [];
  const balance = both.total.messages > reuse.total.messages ? 'more' : 'no more';
  return [
    `Group tickets beside reuse spare ${counted(spared, 'Ticket Request')} and cost ${counted(added, 'further Ticket Resolve')}, ` +
      `since a group ticket is resolved at each use (caching: ${comparison.parameters.caching}): ` +
      `together the KMSs handle ${balance} messages than with reuse alone.`,
  ];
}
