/**
 * W7 and W17: replays. Each party needs a replay cache of its own; and without RANDRr a replay gives the very same keys.
 *
 * @module
 * @see [RFC 6043, section 12.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.4)
 */
import type { Profile } from '../../../model/guard/profile.ts';
import { lastV, one } from '../../../model/message/select.ts';
import { ReplayCache } from '../../../model/modes/storage.ts';
import { replayEntry } from '../../../model/protection/freshness.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek } from '../forge.ts';
import { Lab, type TakenCall } from '../lab.ts';
import { call, scene, twoDevices, user } from '../scenes.ts';
import { secret, shown } from '../story.ts';

function twoEndpoints(profile: Profile): Lab {
  return new Lab(scene([user('alice'), twoDevices('bob')], { steps: [call()] }), { profile });
}

/** Somebody on the network sends alice's TRANSFER_INIT to the phone again. @returns what the phone had, and has now */
function replayOffer(lab: Lab, victim: string): { readonly before: TakenCall; readonly since: number } {
  const before = lab.taken(victim);
  const since = lab.now;
  lab.send('proxy', victim, before.offer);
  return { before, since };
}

/** W7. */
export const w7 = demonstration({
  id: 'W7',
  title: 'The same TRANSFER_INIT and the same TRANSFER_RESP a second time',
  checks: ['offerNotReplayed', 'answerNotRepeated'],
  unprotected: (story, profile) => {
    const lab = twoEndpoints(profile);
    replayOffer(lab, 'bob-phone');
    story.holds(
      "somebody repeats alice's TRANSFER_INIT: the phone rings for a call that she did not make",
      lab.endpoint('bob-phone').state() === 'ringing',
    );
    const answer = lab.lastFrom('bob-laptop', 'TRANSFER_RESP');
    lab.send('proxy', 'alice', answer);
    const answers = lab.made().answers;
    story.holds('somebody repeats a TRANSFER_RESP: alice counts three answers of two endpoints', answers.length === 3);
    story.equal(
      'and has two sessions under one TEK',
      secret('TEK of the last answer but one', firstTek(answers[1]?.keys)),
      secret('TEK of the last answer', firstTek(answers[2]?.keys)),
    );
    const { offer } = lab.taken('bob-laptop');
    const entry = replayEntry(lab.env('bob'), one(offer.payloads, 'T'), lastV(offer.payloads));
    const common = new ReplayCache(bytes);
    const now = lab.env('bob').source.now();
    story.holds('one cache for both endpoints takes the copy for the first endpoint', common.remember(entry, now));
    story.holds('and refuses the genuine copy for the second one', !common.remember(entry, now));
  },
  shielded: (story, profile) => {
    const lab = twoEndpoints(profile);
    const [atPhone, atLaptop] = [lab.taken('bob-phone').offer, lab.taken('bob-laptop').offer];
    story.equal(
      'both endpoints took the same TRANSFER_INIT',
      shown('MAC at the phone', lastV(atPhone.payloads).mac),
      shown('MAC at the laptop', lastV(atLaptop.payloads).mac),
    );
    story.holds('each with a cache of its own, so both answered', lab.made().answers.length === 2);
    const { since } = replayOffer(lab, 'bob-phone');
    story.refused("somebody repeats alice's TRANSFER_INIT", 'bob-phone', {
      check: 'offerNotReplayed',
      turned: lab.turnedDown('bob-phone', since),
    });
    const before = lab.now;
    lab.send('proxy', 'alice', lab.lastFrom('bob-laptop', 'TRANSFER_RESP'));
    story.refused('somebody repeats a TRANSFER_RESP', 'alice', {
      check: 'answerNotRepeated',
      turned: lab.turnedDown('alice', before),
    });
    story.holds('alice keeps two sessions', lab.made().answers.length === 2);
  },
});

/** A call with a ticket without the G flag. */
function withoutG(profile: Profile): Lab {
  const step = call({ ticket: { from: 'KMS', flags: 'DEFHIJNO' } });
  return new Lab(scene([user('alice'), user('bob')], { steps: [step] }), { profile });
}

/** W17. */
export const w17 = demonstration({
  id: 'W17',
  title: 'Without RANDRr a replay leads to the same TEKs',
  checks: ['offerNotReplayed'],
  allowances: ['G=0'],
  unprotected: (story, profile) => {
    const lab = withoutG(profile);
    const { before } = replayOffer(lab, 'bob');
    story.holds("somebody repeats alice's TRANSFER_INIT; bob answers", lab.answer('bob'));
    story.equal(
      'the second call has the TEK of the first: SRTP runs twice under one key',
      secret('TEK of the first call', firstTek(before.answer.keys)),
      secret('TEK of the replayed call', firstTek(lab.taken('bob').answer.keys)),
    );
    const [first, again] = [before.answer.keys.sessions[0], lab.taken('bob').answer.keys.sessions[0]];
    story.equal(
      'and the same salt, so the keystream repeats',
      secret('salt of the first call', first?.salt ?? new Uint8Array()),
      secret('salt of the replayed call', again?.salt ?? new Uint8Array()),
    );
    const other = new Lab(scene([user('alice'), user('bob')], { steps: [call()] }), { profile });
    const replayed = replayOffer(other, 'bob');
    story.holds('with G = 1 the replay gets as far', other.answer('bob'));
    story.differ(
      'but RANDRr makes another TEK',
      secret('TEK of the first call', firstTek(replayed.before.answer.keys)),
      secret('TEK of the replayed call', firstTek(other.taken('bob').answer.keys)),
    );
  },
  shielded: (story, profile) => {
    const lab = withoutG(profile);
    story.refused('bob does not take a ticket with G = 0', 'bob', {
      check: 'offerPolicyAcceptable',
      turned: lab.turnedDown('bob'),
    });
    const strict = new Lab(scene([user('alice'), user('bob')], { steps: [call()] }), { profile });
    const { since } = replayOffer(strict, 'bob');
    story.refused('and with G = 1 he does not take a TRANSFER_INIT twice', 'bob', {
      check: 'offerNotReplayed',
      turned: strict.turnedDown('bob', since),
    });
  },
});
