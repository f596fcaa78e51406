/**
 * Carries out an attack on a seeded run and makes a vector of what arrives, up to the message that is turned down.
 *
 * Our own roles have to turn it down, at that message and for that reason, or there is no vector.
 *
 * @module
 */
import { catalogue, type CheckName } from '../../../model/guard/catalogue.ts';
import { MikeyError } from '../../../model/error.ts';
import { strictProfile, type Profile } from '../../../model/guard/profile.ts';
import type { Interpretation } from '../../../model/modes/network.ts';
import { play } from '../../../model/modes/play.ts';
import { prfName } from '../../../model/modes/standard.ts';
import type { Trace, TracedStep } from '../../../model/trace/trace.ts';
import { bytes, interpretation } from '../byteRun.ts';
import { noting, type CertifiedParties } from '../vector/certified.ts';
import { contextOf } from '../vector/context.ts';
import { listMessages, type ListedMessage } from '../vector/messages.ts';
import { secretsOf } from '../vector/secrets.ts';
import { plainMessage, policyOf, type Vector } from '../vector/vectorOf.ts';
import type { Attack } from './attack.ts';
import { Keyring } from './keyring.ts';
import { Middleman } from './middleman.ts';

/** Checks that a Responder makes on TRANSFER_INIT only when RESOLVE_RESP has brought the keys. */
const deferred: ReadonlySet<string> = new Set<CheckName>([
  'offerMacValid',
  'viEqualsV',
  'offerRandLongEnough',
  'offerNotReplayed',
  'suppliedTimestampPrecise',
]);

/** Runs without attack, by what makes them what they are: several attacks are on the same one. */
export type HonestRuns = Map<string, HonestRun>;

/** A run without attack, and who has which RSA key in it. */
export interface HonestRun {
  readonly trace: Trace<Uint8Array>;
  readonly certified: CertifiedParties;
}

function honestRun(attack: Attack, { seed, profile }: { readonly seed: string; readonly profile: Profile }): HonestRun {
  const certified: CertifiedParties = new Map();
  const { trace } = play(noting(shortened(attack, interpretation(seed)), certified), attack.scenario, { profile });
  return { trace, certified };
}

/**
 * Performs an attack.
 *
 * @param honestRuns - where honest runs are kept and looked up
 * @throws RangeError if somebody else notices first, for another reason, or nobody
 */
export function perform(attack: Attack, seed: string, honestRuns: HonestRuns = new Map()): Vector {
  const { scenario, careless = [] } = attack;
  const profile: Profile = { ...strictProfile, without: new Set(careless) };
  const key = JSON.stringify([seed, scenario, careless, attack.short]);
  const { trace: honest, certified } = honestRuns.get(key) ?? honestRun(attack, { seed, profile });
  honestRuns.set(key, { trace: honest, certified });
  const man = new Middleman(attack, new Keyring(honest, certified));
  const { trace } = play(shortened(attack, interpretation(seed)), scenario, { profile, intercept: man.intercept });
  const { attacked } = man;
  const listed = listMessages(trace, (hop) => man.arriving(hop));
  const refusal = refusalOf(attack, trace);
  const { last, named } = placesOf(trace, { refusal, attacked, listed });
  const messages = listed.slice(0, last + 1);
  const sent = listMessages(honest);
  const policy = policyOf(messages) ?? policyOf(sent);
  if (!policy) throw new RangeError(`${attack.what}: there is no Ticket Policy`);
  const context = contextOf(scenario, attack.members);
  return {
    name: `${scenario.mode}, ${attack.what}, ${prfName(scenario.suite)}`,
    flags: [attack.flag],
    mode: scenario.mode,
    policy,
    secrets: secretsOf(trace, messages, { honest: sent, certified }),
    ...(context ? { context } : {}),
    messages: messages.map(plainMessage),
    reject: {
      message: named,
      error: refusal.rejection.code,
      clause: attack.clause ?? clauseOf(refusal, messages[named]),
    },
  };
}

type Refusal = TracedStep & { readonly rejection: NonNullable<TracedStep['rejection']> };

/** The step in which the message is turned down: the first one that the scenario does not expect anyway. */
function refusalOf({ refused, scenario, what }: Attack, trace: Trace<Uint8Array>): Refusal {
  const expected = scenario.steps.flatMap((step) => (step.do === 'call' ? (step.expect?.refusals ?? []) : []));
  const wanted = 'check' in refused ? refused.check : refused.code;
  const found = trace.steps
    .flatMap((step): Refusal[] => (step.rejection ? [{ ...step, rejection: step.rejection }] : []))
    .find(({ party, rejection }) => {
      const name = rejection.check ?? rejection.code;
      return !expected.some((other) => other.party === party && other.check === name);
    });
  const name = found && (found.rejection.check ?? found.rejection.code);
  if (!found || found.party !== refused.by || name !== wanted) {
    const who = found ? `${found.party} turned it down by ${name}: ${found.rejection.reason}` : 'nobody noticed';
    throw new RangeError(`${what}: ${refused.by} should turn it down by ${wanted}, but ${who}`);
  }
  return found;
}

/** Which listed message is turned down, and after which one that shows. */
function placesOf(
  trace: Trace<Uint8Array>,
  known: { readonly refusal: Refusal; readonly attacked: number; readonly listed: readonly ListedMessage[] },
): { readonly last: number; readonly named: number } {
  const { refusal, attacked, listed } = known;
  const step = trace.steps.findIndex(
    ({ party, rejection }) => party === refusal.party && rejection === refusal.rejection,
  );
  // A verdict of the storage carries no message: it is about the one that this party took before.
  const seen = trace.steps
    .slice(0, step + 1)
    .findLast(({ party, message }) => party === refusal.party && message !== undefined)?.message;
  const place = (index: number | undefined): number =>
    listed.findLastIndex(({ hops }) => index !== undefined && hops.includes(index));
  const at = place(seen);
  const named = deferred.has(refusal.rejection.check ?? '') ? place(attacked) : at;
  return { last: Math.max(at, named), named };
}

/** The clause that the message falls short of: that of the check, or of the field that cannot be read. */
function clauseOf({ rejection }: Refusal, message: ListedMessage | undefined): string {
  const name = rejection.check as CheckName | undefined;
  if (name !== undefined) return catalogue[name].clauses[0];
  try {
    bytes.decode('Message', Uint8Array.from(Buffer.from(message?.hex ?? '', 'hex')));
  } catch (error) {
    if (error instanceof MikeyError && error.clause !== undefined) return error.clause;
  }
  return 'rfc6043:5.4-1';
}

/** A run in which a party makes one kind of random value too short. */
function shortened({ short }: Attack, whole: Interpretation<Uint8Array>): Interpretation<Uint8Array> {
  if (!short) return whole;
  return {
    ...whole,
    sourceOf: (party) => {
      const source = whole.sourceOf(party);
      if (party !== short.party) return source;
      return {
        now: () => source.now(),
        random: (length, purpose) => source.random(purpose === short.purpose ? short.length : length, purpose),
      };
    },
  };
}
