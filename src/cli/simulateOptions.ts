/**
 * Options of `simulate`, from arguments to {@link Parameters}.
 *
 * @module
 */
import type { Suite } from '../../model/keys/suite.ts';
import { dayProfiles, problemsOf, usualParameters, type Caching, type Parameters } from '../simulate/parameters.ts';
import { UsageError, wholeNumber } from './io.ts';

/** Options as the command line gives them. */
export interface SimulateArguments {
  readonly users?: string;
  readonly groups?: string;
  readonly groupSize?: string;
  readonly devices?: string;
  readonly callsPerHour?: string;
  readonly day?: string;
  readonly groupShare?: string;
  readonly contacts?: string;
  readonly zipf?: string;
  readonly validity?: string;
  readonly ownShare?: string;
  readonly caching?: string;
  readonly kmss?: string;
  readonly foreignShare?: string;
  readonly prf?: string;
  readonly seed?: string;
  readonly json?: boolean;
  readonly svg?: string;
}

/** Largest whole number that an option takes. */
const most = 1_000_000;

/**
 * The parameters; what is not given has its usual value.
 *
 * @throws UsageError
 */
export function simulationParameters(args: SimulateArguments): Parameters {
  const whole = (text: string | undefined, name: string, usual: number): number =>
    text === undefined ? usual : wholeNumber(text, name, { from: 0, to: most });
  const usual = usualParameters(whole(args.users, '--users', 10_000));
  const kmss = whole(args.kmss, '--kmss', usual.kmss);
  const parameters: Parameters = {
    users: usual.users,
    groups: whole(args.groups, '--groups', usual.groups),
    groupSize: args.groupSize === undefined ? usual.groupSize : rangeOf(args.groupSize, '--group-size'),
    devices: whole(args.devices, '--devices', usual.devices),
    callsPerHour: decimal(args.callsPerHour, '--calls-per-hour', usual.callsPerHour),
    dayProfile: dayProfileOf(args.day) ?? usual.dayProfile,
    groupShare: decimal(args.groupShare, '--group-share', usual.groupShare),
    contacts: whole(args.contacts, '--contacts', usual.contacts),
    zipf: decimal(args.zipf, '--zipf', usual.zipf),
    validity: whole(args.validity, '--validity', usual.validity),
    ownShare: decimal(args.ownShare, '--own-share', usual.ownShare),
    caching: cachingOf(args.caching) ?? usual.caching,
    kmss,
    foreignShare: decimal(args.foreignShare, '--foreign-share', kmss === 1 ? 0 : usual.foreignShare),
    seed: args.seed ?? usual.seed,
  };
  const [problem] = problemsOf(parameters);
  if (problem !== undefined) throw new UsageError(problem);
  return parameters;
}

/** The algorithms that exchanges are measured with. @throws UsageError */
export function suiteOf(args: SimulateArguments): Suite['name'] {
  const { prf = 'sha256' } = args;
  if (prf !== 'sha1' && prf !== 'sha256') throw new UsageError(`--prf takes sha1 or sha256, not '${prf}'`);
  return prf;
}

function decimal(text: string | undefined, name: string, usual: number): number {
  if (text === undefined) return usual;
  if (!/^\d{1,9}(?:\.\d{1,9})?$/.test(text)) throw new UsageError(`${name} takes a decimal number, not '${text}'`);
  return Number(text);
}

function rangeOf(text: string, name: string): Parameters['groupSize'] {
  const [, from, to] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(text) ?? [];
  if (from === undefined) throw new UsageError(`${name} takes a number or a range such as 4-12, not '${text}'`);
  return { from: Number(from), to: Number(to ?? from) };
}

function dayProfileOf(name: string | undefined): readonly number[] | undefined {
  if (name === undefined || name === 'office' || name === 'flat')
    return name === undefined ? undefined : dayProfiles[name];
  throw new UsageError(`--day takes ${Object.keys(dayProfiles).join(' or ')}, not '${name}'`);
}

function cachingOf(name: string | undefined): Caching | undefined {
  if (name === undefined || name === 'never' || name === 'strict' || name === 'always') return name;
  throw new UsageError(`--caching takes never, strict or always, not '${name}'`);
}
