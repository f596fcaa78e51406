/**
 * Error messages that do not count.
 *
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 */
import { attacksOn, signed, type Attack } from './attack.ts';
import * as edit from './edits.ts';
import type { CallStep } from '../../../model/modes/scenario.ts';
import { builtIn } from '../../scenario/file.ts';

/** All of them. */
export function errorAttacks(): readonly Attack[] {
  // The Error message of the KMS to somebody who left the group.
  const told = attacksOn('an Error message', { scenario: leaving(), at: { type: 'Error', to: 'dave' }, by: 'dave' });
  return [
    told('BadErrorMessage', 'with another MAC', {
      check: 'errorMacValid',
      change: (bench) => edit.flipped(bench.hop.octets, -1),
    }),
    told('BadErrorMessage', 'with another PRF func', {
      check: 'errorHeaderEchoed',
      change: (bench) => bench.sign(edit.header({ prfFunc: bench.other.prfFunc })(bench.message)),
    }),
    told('BadErrorMessage', 'whose timestamp is an hour old', {
      check: 'errorTimestampFresh',
      change: signed(edit.later(-3600)),
      clause: 'rfc6043:12.4-1',
    }),
    told('BadErrorMessage', 'without ERR', { check: 'errorNamesError', change: signed(edit.without('ERR')) }),
  ];
}

/** Dave leaves the group; then the call reaches him. */
function leaving(): Attack['scenario'] {
  const scenario = builtIn('group');
  const [first, leave, call] = scenario.steps;
  if (!first || !leave || call?.do !== 'call') throw new RangeError('the group scenario is another one');
  const { expect, ...rest } = call;
  const told: CallStep = {
    ...rest,
    ticket: { from: 'KMS' },
    reach: ['dave'],
    answer: [],
    expect: { answered: [], refusals: expect?.refusals ?? [] },
  };
  return { ...scenario, steps: [leave, told] };
}
