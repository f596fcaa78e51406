/**
 * A step of a scenario that cannot be taken, such as a call with a ticket that the caller does not hold.
 *
 * @module
 */

/** What is impossible, and where in the scenario. */
export class ImpossibleStep extends RangeError {
  /** The path into the scenario, such as `steps[2].ticket.from`. */
  readonly path: string;
  /** What is wrong there. */
  readonly problem: string;

  /** @param path - below the step, as far as known there; {@link ImpossibleStep.under} completes it */
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.name = 'ImpossibleStep';
    this.path = path;
    this.problem = problem;
  }

  /** The same with the path of the step in front. */
  under(step: string): ImpossibleStep {
    return new ImpossibleStep(`${step}.${this.path}`, this.problem);
  }
}
