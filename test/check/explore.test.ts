import { describe, expect, test } from 'vitest';
import { initialTransition, type AnyMachineSnapshot } from 'xstate';
import { keyDataTypes } from '../../spec/registry/keyData.ts';
import type { ExploredClaimId } from '../../spec/claims/explored.ts';
import { ablations } from '../../model/check/explore/ablations.ts';
import { Cast } from '../../model/check/explore/cast.ts';
import { explorable, explore, termUniverse, type ExploreOptions } from '../../model/check/explore/explore.ts';
import { claimsIn } from '../../model/check/explore/limits.ts';
import { replay } from '../../model/check/explore/replay.ts';
import { nothingLeftOut, type LeftOut } from '../../model/check/explore/setup.ts';
import { positionsIn, setupOf, type Position } from '../../model/check/explore/setups.ts';
import { tableOf } from '../../model/check/explore/table.ts';
import type { Term } from '../../model/check/term.ts';
import type { CheckName } from '../../model/guard/catalogue.ts';
import { roleCharts } from '../../src/docs/roleCharts.ts';
import { byteUniverse } from '../../src/verify/byteUniverse.ts';

const without = (...checks: CheckName[]): LeftOut => ({ checks: new Set(checks), parts: new Set() });

const fallen = (mode: string, position: Position, options: ExploreOptions = {}): readonly ExploredClaimId[] =>
  [...explore(setupOf(mode, position), options).attacks.keys()].sort();

describe('exploration', () => {
  test.each(['standard', 'reused', 'group', 'otway-rees', 'otway-rees-group', 'kerberos', 'pre-shared'])(
    'every claim of the mode %s holds in every state, and the honest end is reached',
    (mode) => {
      for (const position of positionsIn(mode)) {
        const explored = explore(setupOf(mode, position));
        expect(explored.complete).toBe(true);
        expect(explored.honestEnd).toBeDefined();
        const made = claimsIn(mode, position);
        expect([...explored.attacks.keys()].filter((claim) => made.includes(claim))).toEqual([]);
      }
    },
  );

  test('[W2] an endpoint with a kept resolution takes a call of a sibling for one of the caller: over octets too, in the strict profile', () => {
    const setup = setupOf('standard', 'sibling');
    const attack = explore(setup).attacks.get('caller-authentic');
    expect(attack).toBeDefined();
    const run = replay(byteUniverse(), { setup, leftOut: nothingLeftOut }, attack!.moves);
    expect(run.violations.map(({ claim }) => claim)).toEqual(['caller-authentic']);
    expect(run.hops.filter(({ refused }) => refused)).toEqual([]);
    expect(run.hops.filter(({ forged }) => forged).map(({ type, to }) => `${type} ${to}`)).toEqual([
      'RESOLVE_INIT_PSK kms',
      'TRANSFER_INIT bob-phone#2',
    ]);
    const cured = explore(setupOf('reused', 'sibling', { keptResolutions: 'one endpoint' }));
    expect([cured.complete, [...cured.attacks.keys()], cured.honestEnd !== undefined]).toEqual([true, [], true]);
  });

  test('[W4] in mode 4 whoever shares a TPK with the callee calls in the name of another, unless the maker of the ticket is looked at', () => {
    const setup = setupOf('pre-shared', 'acquaintance');
    const leftOut = without('ticketMakerOwnsIdentity');
    const { attacks } = explore(setup, { leftOut });
    expect([...attacks.keys()].sort()).toEqual(['answerer-keys-secret', 'caller-authentic']);
    const { moves } = attacks.get('caller-authentic')!;
    expect(replay(byteUniverse(), { setup, leftOut }, moves).violations.map(({ claim }) => claim)).toContain(
      'caller-authentic',
    );
    const guarded = replay(byteUniverse(), { setup, leftOut: nothingLeftOut }, moves);
    expect([guarded.violations, guarded.refused?.by, guarded.refused?.check]).toEqual([
      [],
      'bob#1',
      'ticketMakerOwnsIdentity',
    ]);
  });

  test('the shortest honest run over terms comes to the same end over octets', () => {
    for (const mode of ['standard', 'reused', 'group', 'otway-rees', 'kerberos', 'pre-shared']) {
      const setup = setupOf(mode, 'stranger');
      const { honestEnd } = explore(setup);
      const run = replay(byteUniverse(), { setup, leftOut: nothingLeftOut }, honestEnd!);
      expect([run.honestEnd, run.violations, run.refused]).toEqual([true, [], undefined]);
    }
  });

  test('what falls without a protection is exactly this', () => {
    const found = ablations.map(({ id, leftOut, places, options }) => {
      const [[mode, position] = ['standard', 'stranger'] as const] = places;
      const { attacks } = explore(setupOf(mode, position, options), { leftOut });
      return [id, [...attacks.keys()].sort().join(' ')];
    });
    expect(Object.fromEntries(found)).toEqual({
      requesterOwnsIdentity: 'answerer-keys-secret caller-authentic',
      requestedPolicyNamesRequester: '',
      offerCallerOwnsTicket: 'answerer-keys-secret caller-authentic',
      offerMacValid: 'caller-authentic',
      viEqualsV: 'caller-authentic',
      initiatorDataValid: 'caller-authentic',
      ticketMacValid: 'answerer-keys-secret caller-authentic',
      'ticket-mac-without-policy': 'answerer-keys-secret caller-authentic',
      ticketMakerOwnsIdentity: 'answerer-keys-secret caller-authentic own-ticket-own-name',
      resolverAuthorized: 'answerer-authentic caller-authentic only-authorised-resolve',
      resolverOwnsIdentity: 'answerer-authentic caller-authentic caller-keys-secret only-authorised-resolve',
      partnerSpeaksForResolver: '',
      answerMacValid: 'answerer-authentic',
      answererAcceptable: 'answerer-authentic',
      answerNotRepeated: 'answerer-authentic-once',
      offerNotReplayed: 'caller-authentic-once',
      offerTimestampFresh: 'caller-authentic-once',
      errorMacValid: 'ended-by-peer-only',
      'fork-without-IDRr': 'answerer-authentic caller-keys-secret',
      'fork-without-RANDRkms': '',
      'one-constant-for-both-directions': '',
      'PSK-is-TPK': '',
      'initial-mac-without-identities': '',
      'response-mac-without-initial-message': '',
      resolveRespMacValid: 'answerer-authentic',
      requestRespMacValid: 'answerer-authentic',
      requestMacValid: '',
      resolveMacValid: '',
      requestNotReplayed: '',
      resolveNotReplayed: '',
    });
  });

  test('each attack works over octets, and is turned down by the protection itself when that is there', () => {
    const refusals: string[] = [];
    for (const { id, leftOut, places, options } of ablations) {
      const [[mode, position] = ['standard', 'stranger'] as const] = places;
      const setup = setupOf(mode, position, options);
      for (const [claim, { moves }] of explore(setup, { leftOut }).attacks) {
        const claimsOf = (run: { readonly violations: readonly { readonly claim: string }[] }): readonly string[] =>
          run.violations.map((violation) => violation.claim);
        expect([id, claim, claimsOf(replay(termUniverse(), { setup, leftOut }, moves)).includes(claim)]).toEqual([
          id,
          claim,
          true,
        ]);
        expect([id, claim, claimsOf(replay(byteUniverse(), { setup, leftOut }, moves)).includes(claim)]).toEqual([
          id,
          claim,
          true,
        ]);
        const guarded = replay(byteUniverse(), { setup, leftOut: nothingLeftOut }, moves);
        expect([id, claim, claimsOf(guarded)]).toEqual([id, claim, []]);
        if (leftOut.checks.size > 0) expect([id, guarded.refused?.check]).toEqual([id, id]);
        else refusals.push(`${id}: ${guarded.refused?.check}`);
      }
    }
    expect([...new Set(refusals)]).toEqual([
      'ticket-mac-without-policy: ticketMacValid',
      'fork-without-IDRr: answerMacValid',
    ]);
  });

  test('where another protection is said to stand in, something falls without both', () => {
    expect(
      fallen('standard', 'stranger', { leftOut: without('requestedPolicyNamesRequester', 'requesterAuthorized') }),
    ).toEqual(['answerer-keys-secret', 'caller-authentic']);
    expect(fallen('standard', 'stranger', { leftOut: without('requesterAuthorized') })).toEqual([]);
    const both = fallen('standard', 'partner', { leftOut: without('partnerSpeaksForResolver', 'resolverAuthorized') });
    expect(both).toContain('caller-keys-secret');
    expect(fallen('standard', 'partner', { leftOut: without('resolverAuthorized') })).not.toContain(
      'caller-keys-secret',
    );
  });
});

describe('reductions do not change a verdict', () => {
  const cases: readonly (readonly [string, Position, LeftOut])[] = [
    ['standard', 'stranger', nothingLeftOut],
    ['standard', 'sibling', nothingLeftOut],
    ['reused', 'named', nothingLeftOut],
    ['otway-rees', 'stranger', nothingLeftOut],
    ['standard', 'named', without('viEqualsV')],
    ['standard', 'named', without('initiatorDataValid')],
    ['standard', 'stranger', without('offerNotReplayed')],
    ['standard', 'stranger', without('resolverOwnsIdentity')],
    ['standard', 'stranger', without('ticketMacValid')],
    ['standard', 'named', without('answererAcceptable')],
  ];
  const switches = [{ atomicResolve: false }, { eagerCalls: false }, { sessionsInOrder: false }] as const;

  test.each(cases)('%s, %s (%#)', (mode, position, leftOut) => {
    const expected = fallen(mode, position, { leftOut });
    for (const off of switches) {
      const explored = explore(setupOf(mode, position), { leftOut, ...off });
      expect(explored.complete).toBe(true);
      expect([...explored.attacks.keys()].sort()).toEqual(expected);
    }
  });
});

describe('the attacker', () => {
  const cases: readonly (readonly [string, Position, LeftOut])[] = [
    ['standard', 'stranger', nothingLeftOut],
    ['standard', 'sibling', nothingLeftOut],
    ['group', 'member', nothingLeftOut],
    ['otway-rees', 'named', nothingLeftOut],
    ['standard', 'named', without('resolverOwnsIdentity')],
    ['standard', 'stranger', without('ticketMacValid')],
    ['standard', 'partner', without('partnerSpeaksForResolver', 'resolverAuthorized')],
  ];

  test.each(cases)('sends nothing that it cannot make: %s, %s (%#)', (mode, position, leftOut) => {
    let looked = 0;
    explore(setupOf(mode, position), {
      leftOut,
      visit: ({ knowledge }, { recipe, octets }) => {
        // Flipping bits of a ciphertext is what perfect encryption does not have, and counter mode has.
        if (recipe.make === 'changed' && recipe.field === 'KEMAC') return;
        looked += 1;
        if (!knowledge.canDerive(octets)) throw new Error(`it cannot make ${JSON.stringify(recipe)}`);
      },
    });
    expect(looked).toBeGreaterThan(100);
  });

  test.each(cases)('has a recipe for every MPK that it could compute: %s, %s (%#)', (mode, position, leftOut) => {
    const hands = new Set<unknown>();
    let found = 0;
    explore(setupOf(mode, position), {
      leftOut,
      visit: (hand) => {
        if (hands.has(hand)) return;
        hands.add(hand);
        const byRecipe = new Set(
          [...hand.keys.values()].flat().flatMap(({ keys }) => [keys.MPKi, keys.MPKr, keys.forked?.MPKr]),
        );
        for (const key of knownMpks(hand.knowledge.parts)) {
          found += 1;
          if (!byRecipe.has(key)) throw new Error('it knows an MPK and has no recipe for it');
        }
      },
    });
    expect(found).toBeGreaterThan(0);
  });
});

/** MPKs of others in key data that analysis opened. */
function knownMpks(parts: ReadonlySet<Term>): readonly Term[] {
  return [...parts].flatMap(({ shape }) =>
    shape.op === 'encoding' && shape.syntax.kind === 'Key data'
      ? shape.syntax.keys.filter((key) => key.type === keyDataTypes.MPK && !isOwn(key.key)).map((key) => key.key)
      : [],
  );
}

function isOwn({ shape }: Term): boolean {
  return shape.op === 'name' && shape.party === 'attacker';
}

describe('stopping', () => {
  test('a limit of states, a limit of time and a request to stop keep what is known', () => {
    const setup = setupOf('standard', 'stranger');
    const leftOut = without('offerCallerOwnsTicket');
    const few = explore(setup, { leftOut, bounds: { states: 10, milliseconds: 60_000 } });
    expect([few.complete, few.stopped, few.states]).toEqual([false, 'states', 10]);
    expect(few.attacks.has('caller-authentic')).toBe(true);
    let time = 0;
    const late = explore(setup, { bounds: { states: 1000, milliseconds: 50 }, clock: () => (time += 100) });
    expect([late.complete, late.stopped]).toEqual([false, 'time']);
    const asked = explorable(setup);
    asked.next();
    const { value } = asked.next(true);
    expect(value).toMatchObject({ complete: false, stopped: 'asked' });
  });
});

describe('the compact table', () => {
  test.each(['initiator', 'responder', 'kms'])('starts as the machine does: %s', (id) => {
    const { machine } = roleCharts().find((chart) => chart.machine.id === id)!;
    const [snapshot] = initialTransition(machine, { some: 'input' }) as [AnyMachineSnapshot, unknown];
    const start = tableOf(machine).start({ some: 'input' });
    expect([start.state, start.context]).toEqual([snapshot.value, snapshot.context]);
  });

  test('refuses a machine that it cannot show', () => {
    const { machine } = roleCharts().find((chart) => chart.machine.id === 'kms')!;
    const broken = machine.provide({ guards: { accepted: undefined as never } });
    expect(() => tableOf(broken)).toThrow(/guard/);
  });

  test('a step of a machine is the same, whatever else happened before', () => {
    const setup = setupOf('standard', 'stranger');
    const cast = new Cast(termUniverse(), setup, nothingLeftOut);
    const [plan] = setup.callers;
    const first = cast.caller(plan!, 1, undefined, 0);
    cast.caller(plan!, 2, undefined, 0);
    cast.askKms(first.sent[0]!.octets, { again: 0, epoch: 0 });
    const again = cast.caller(plan!, 1, undefined, 0);
    expect(again.sent[0]!.octets).toBe(first.sent[0]!.octets);
  });
});
