import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue, type CheckName } from '../../../model/guard/catalogue.ts';
import { errorNos } from '../../../spec/registry/errors.ts';
import { errorOf, hops, leavingOut, refusals } from '../../support/plays.ts';
import { errorRefusals } from '../../support/refusals/error.ts';
import { publicKeyRefusals, updateRefusals } from '../../support/refusals/elsewhere.ts';
import { requestRefusals } from '../../support/refusals/request.ts';
import { answerRefusals } from '../../support/refusals/answer.ts';
import { transferRefusals } from '../../support/refusals/call.ts';
import { resolveAnswerRefusals } from '../../support/refusals/resolveAnswer.ts';
import { resolveRefusals } from '../../support/refusals/resolveRequest.ts';
import { ticketRefusals } from '../../support/refusals/ticket.ts';
import type { PlayedRefusal, Refusal, SingleRefusal } from '../../support/refusals/refusal.ts';

/** The tables are complete, or this does not compile: the type asks for every check of the catalogue. */
const all: Record<CheckName, Refusal> = {
  ...requestRefusals,
  ...transferRefusals,
  ...answerRefusals,
  ...resolveRefusals,
  ...ticketRefusals,
  ...resolveAnswerRefusals,
  ...errorRefusals,
  ...publicKeyRefusals,
  ...updateRefusals,
};
const played = Object.entries(all).filter((entry): entry is [CheckName, PlayedRefusal] => 'run' in entry[1]);
const single = Object.entries(all).filter((entry): entry is [CheckName, SingleRefusal] => 'step' in entry[1]);

describe('every check of the catalogue is seen to fail', () => {
  test.each(played.map(([name, refusal]) => [name, refusal.what, refusal] as const))(
    '%s: %s',
    (name, _, { party, run: play, told, answered = [] }) => {
      const run = play();
      const [first, ...more] = refusals(run).filter((step) => !name.startsWith('error') || step.party === party);
      expect([first?.party, first?.rejection.check, first?.rejection.code]).toEqual([
        party,
        name,
        catalogue[name].code,
      ]);
      expect(more.filter(({ rejection }) => rejection.check === name)).toEqual([]);
      expect(first?.checks.filter(({ holds }) => !holds)).toEqual([{ name, holds: false }]);
      // Nobody ends with keys for it, not even the side that turned nothing down.
      expect(run.outcomes.at(-1)!.answered).toEqual(answered);
      const errors = hops(run, 'Error', { from: party }).map(({ message }) => errorOf(message));
      expect(errors.slice(0, 1)).toEqual(told.error === undefined ? [] : [{ no: errorNos[told.error], mac: told.mac }]);
    },
  );

  test.each(single.map(([name, refusal]) => [name, refusal.what, refusal] as const))(
    '%s: %s, in one step',
    (name, _, { step }) => {
      const outcome = step();
      expect(outcome.accepted ? 'accepted' : [outcome.rejection.check, outcome.rejection.code]).toEqual([
        name,
        catalogue[name].code,
      ]);
    },
  );

  test('the tables are about the checks of the catalogue, each once', () => {
    expect(Object.keys(all).toSorted()).toEqual(Object.keys(catalogue).toSorted());
  });

  test.each(Object.entries(all).flatMap(([name, refusal]) => ('seenIn' in refusal ? [[name, refusal.seenIn]] : [])))(
    '%s: in %s',
    (name, file) => {
      expect(readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')).toContain(`'${name}'`);
    },
  );

  test('what is left to stop the same thing when the check is left out', async () => {
    const lines = played.flatMap(([name, { run }]) =>
      // Plays about Error messages end with one in any case.
      name.startsWith('error') ? [] : [`${name.padEnd(32)}${nextBarrier(name, run)}`],
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./__snapshots__/left-out.txt');
  });
});

/** What stops a play when a check is left out. */
function nextBarrier(name: CheckName, run: PlayedRefusal['run']): string {
  try {
    const play = leavingOut(name, run);
    const [first] = refusals(play);
    const { answered } = play.outcomes.at(-1)!;
    const next = first ? `${first.party} ${first.rejection.check ?? first.rejection.code}` : 'nothing';
    return `${next}; ${answered.length > 0 ? `keys with ${answered.join(', ')}` : 'no keys'}`;
  } catch (error) {
    // Some checks stand before a value that the rest of the step cannot do without.
    if (error instanceof RangeError) return 'cannot be left out';
    throw error;
  }
}
