/**
 * The same calls under each combination of features.
 *
 * @module
 */
import { drawCalls } from './calls.ts';
import type { Costs } from './costs.ts';
import { runDay, type DayLoad } from './day.ts';
import { featureNames, problemsOf, type Features, type Parameters } from './parameters.ts';
import { populate } from './population.ts';

/** A combination of features. */
export interface FeatureSet {
  /** Short and unique, such as `reuse+own`. */
  readonly id: string;
  readonly features: Features;
}

/** None, each one, each pair, all three. */
export const featureSets: readonly FeatureSet[] = [
  'none',
  'reuse',
  'group',
  'own',
  'reuse+group',
  'reuse+own',
  'group+own',
  'reuse+group+own',
].map((id) => featureSet(id));

/** A feature set by its id. @throws RangeError for a feature that there is not */
export function featureSet(id: string): FeatureSet {
  const on = id === 'none' ? [] : id.split('+');
  const stray = on.find((name) => !(featureNames as readonly string[]).includes(name));
  if (stray !== undefined) throw new RangeError(`there is no feature ${stray}`);
  return {
    id,
    features: { reuse: on.includes('reuse'), group: on.includes('group'), own: on.includes('own') },
  };
}

/** What a feature set leaves of the load without features; undefined where there was none. */
export interface Ratio {
  readonly requests: number | undefined;
  /** Of endpoints. */
  readonly resolves: number | undefined;
  readonly messages: number | undefined;
  readonly octets: number | undefined;
}

/** The day of one feature set. */
export interface Outcome extends FeatureSet, DayLoad {
  readonly ratio: Ratio;
}

/** A comparison. */
export interface Comparison {
  readonly parameters: Parameters;
  readonly costs: Costs;
  readonly calls: number;
  /** The share of calls that go to a group, as drawn. */
  readonly groupCalls: number;
  readonly outcomes: readonly Outcome[];
}

/**
 * Compares feature sets on one day.
 *
 * @param costs - as measured
 * @param sets - default: all of them; `none` is always computed, since ratios refer to it
 * @throws RangeError for parameters that make no sense
 */
export function compare(parameters: Parameters, costs: Costs, sets: readonly FeatureSet[] = featureSets): Comparison {
  const [problem] = problemsOf(parameters);
  if (problem !== undefined) throw new RangeError(problem);
  const population = populate(parameters);
  const calls = drawCalls(parameters, population);
  const day = (features: Features): DayLoad =>
    runDay({ population, calls }, { features, validity: parameters.validity, caching: parameters.caching }, costs);
  const none = day(featureSet('none').features);
  const outcomes = sets.map((set): Outcome => {
    const load = set.id === 'none' ? none : day(set.features);
    const ratio = (of: 'requests' | 'resolves' | 'messages' | 'octets'): number | undefined =>
      none.total[of] === 0 ? undefined : load.total[of] / none.total[of];
    return {
      ...set,
      ...load,
      ratio: {
        requests: ratio('requests'),
        resolves: ratio('resolves'),
        messages: ratio('messages'),
        octets: ratio('octets'),
      },
    };
  });
  return {
    parameters,
    costs,
    calls: calls.length,
    groupCalls: calls.filter((call) => 'group' in call.to).length,
    outcomes,
  };
}

/** The outcome of a feature set. @throws RangeError if it was not compared */
export function outcomeOf(comparison: Comparison, id: string): Outcome {
  const found = comparison.outcomes.find((outcome) => outcome.id === id);
  if (!found) throw new RangeError(`${id} was not compared`);
  return found;
}
