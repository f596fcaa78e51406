/**
 * Marks on an axis.
 *
 * @module
 */

/**
 * Round marks from 0 to beyond the largest value.
 *
 * @param wanted - about how many steps
 */
export function ticksTo(largest: number, wanted = 5): readonly number[] {
  if (!(largest > 0)) return [0, 1];
  const rough = largest / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const steps = Math.ceil(largest / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}
