/**
 * What does not hold, with the setup in which it shows.
 *
 * @module
 */
import { exploredClaims, type ExploredClaimId, type ExploredLimitId } from '../../../spec/claims/explored.ts';
import type { Place } from './ablations.ts';
import { exploredModes, positionsIn, type Position, type SetupOptions } from './setups.ts';

/** A limit and where it shows. */
export interface ExploredLimit {
  readonly id: ExploredLimitId;
  readonly place: Place;
  readonly options: SetupOptions;
  /** Claims that fall there. */
  readonly falls: readonly ExploredClaimId[];
  /** What is to be set so that they hold after all. */
  readonly remedy?: { readonly text: string; readonly options: SetupOptions };
}

const withoutForking = { flags: 'DEFGHJNO', allow: ['I=0'] } as const;

/** All limits. */
export const exploredLimitPlaces: readonly ExploredLimit[] = [
  ...exploredModes
    .filter((mode) => positionsIn(mode).includes('sibling'))
    .map((mode): ExploredLimit => ({
      id: 'sibling-poses-as-caller',
      place: [mode, 'sibling'],
      options: {},
      falls: ['caller-authentic'],
      remedy: {
        text: "the profile's keptResolutions = 'one endpoint'",
        options: { keptResolutions: 'one endpoint' },
      },
    })),
  {
    id: 'no-forking-impersonation',
    place: ['standard', 'named'],
    options: withoutForking,
    falls: ['caller-authentic', 'answerer-authentic', 'caller-keys-secret', 'answerer-keys-secret'],
  },
  {
    id: 'no-forking-shared-keys',
    place: ['group', 'stranger'],
    options: withoutForking,
    falls: ['forks-unique'],
  },
  {
    id: 'kept-group-resolution',
    place: ['group-reused', 'member'],
    options: { allow: ['cached-group'], sessions: 2 },
    falls: ['caller-authentic'],
  },
  {
    id: 'lost-replay-cache',
    place: ['standard', 'stranger'],
    options: { lostCaches: ['bob-phone'] },
    falls: ['caller-authentic-once'],
  },
  {
    id: 'no-RANDRr-repeats-TEK',
    place: ['standard', 'stranger'],
    options: { flags: 'DEFHIJNO', allow: ['G=0'], lostCaches: ['bob-phone'] },
    falls: ['teks-fresh'],
  },
  {
    id: 'group-key-shared',
    place: ['group', 'member'],
    options: { keys: ['GTGK'] },
    falls: ['caller-keys-secret', 'answerer-keys-secret'],
  },
  {
    id: 'no-forward-secrecy',
    place: ['standard', 'named'],
    options: { leaked: ['PSK(alice)'] },
    falls: ['caller-keys-secret', 'answerer-keys-secret'],
  },
];

/** The claims that are made of a mode where the dishonest party has a position. */
export function claimsIn(mode: string, position: Position): readonly ExploredClaimId[] {
  const limits = exploredLimitPlaces
    .filter(({ place, options }) => place[0] === mode && place[1] === position && Object.keys(options).length === 0)
    .flatMap(({ falls }) => falls);
  const limited = new Set(limits);
  return (Object.keys(exploredClaims) as ExploredClaimId[]).filter(
    (id) => !limited.has(id) && (id !== 'own-ticket-own-name' || mode.startsWith('otway-rees')),
  );
}
