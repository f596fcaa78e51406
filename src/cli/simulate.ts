/**
 * `simulate`: a day of calls, and what features of the ticket spare the KMS.
 *
 * @module
 */
import { compare } from '../simulate/compare.ts';
import { claim, conclusionsOf } from '../simulate/conclusions.ts';
import { measureCosts } from '../simulate/costs.ts';
import { plotSvg } from '../simulate/plotSvg.ts';
import { sensitivityOf } from '../simulate/sensitivity.ts';
import { comparisonText } from '../simulate/text.ts';
import { writeOutput } from './files.ts';
import { exit, type ExitCode, type Io } from './io.ts';
import { simulationParameters, suiteOf, type SimulateArguments } from './simulateOptions.ts';

/**
 * Simulates and prints.
 *
 * @returns ok, whatever the numbers say
 * @throws UsageError
 */
export function simulateCommand(args: SimulateArguments, io: Io): ExitCode {
  const parameters = simulationParameters(args);
  const costs = measureCosts(suiteOf(args));
  const comparison = compare(parameters, costs);
  const sensitivity = sensitivityOf(parameters, costs);
  if (args.svg !== undefined) writeOutput(args.svg, plotSvg(comparison));
  if (args.json) {
    const document = { claim, ...comparison, conclusions: conclusionsOf(comparison), sensitivity };
    io.out(`${JSON.stringify(document, null, 2)}\n`);
  } else {
    io.out(comparisonText(comparison, sensitivity, { color: io.color }));
    if (args.svg !== undefined) io.out(`plot: ${args.svg}\n`);
  }
  return exit.ok;
}
