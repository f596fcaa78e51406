/**
 * W20 and C4: Initiator Data, which the MAC of TRANSFER_INIT does not cover.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import type { Profile } from '../../../model/guard/profile.ts';

import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek, nameIn, withTicket } from '../forge.ts';
import type { Lab } from '../lab.ts';
import { sip } from '../scenes.ts';
import { secret } from '../story.ts';
import { borrow, tellBorrowing, vHolds, world } from '../borrowed.ts';

/** W20. */
export const w20 = demonstration({
  id: 'W20',
  title: 'Initiator Data of one message vouch for another one',
  checks: ['viEqualsV', 'offerInitiatorDataIffForking'],
  unprotected: (story, profile) => {
    const done = borrow(profile);
    tellBorrowing(story, done);
    const { lab } = done;
    story.holds('the KMS finds that Vr holds, and resolves the ticket', lab.turnedDown('kms') === undefined);
    story.holds(
      `the phone answers, and believes that ${sip('alice')} called`,
      lab.answer('bob-phone') && nameIn(lab.taken('bob-phone').answer.keys.peer) === sip('alice'),
    );
  },
  shielded: (story, profile) => {
    const done = borrow(profile);
    story.refused('the phone compares Vi with V', 'bob-phone', {
      check: 'viEqualsV',
      turned: done.lab.turnedDown('bob-phone', done.since),
    });
    const lab = world(profile);
    const { offer } = lab.taken('bob-phone');
    const bare = withTicket(offer, (ticket) => ({ ...ticket, initiatorData: new Uint8Array() }));
    story.holds('a proxy strips Initiator Data: V still holds', vHolds(bare, lab.taken('bob-phone').resolved.MPKi));
    const since = lab.now;
    lab.send('proxy', 'bob-phone', bare);
    story.refused('and the call fails, which is all that the proxy gains', 'bob-phone', {
      check: 'offerInitiatorDataIffForking',
      turned: lab.turnedDown('bob-phone', since),
    });
  },
});

const inserted = Buffer.from('whatever anybody likes', 'utf8');

/** A call without key forking and without answer; somebody in the middle puts octets where Initiator Data would be. */
function insert(profile: Profile): Lab {
  return world(
    { ...profile, allow: new Set([...profile.allow, 'I=0', 'F=0', 'G=0'] as const) },
    {
      flags: 'DEHJNO',
      intercept: ({ type, from, octets, message }) => {
        if (type !== 'TRANSFER_INIT' || from !== 'proxy') return [octets];
        return [
          bytes.encode({
            kind: 'Message',
            message: withTicket(message, (ticket) => ({ ...ticket, initiatorData: inserted })),
          }),
        ];
      },
    },
  );
}

/** C4. */
export const c4 = demonstration({
  id: 'C4',
  title: 'Octets are inserted into a TRANSFER_INIT, and no MAC notices',
  checks: ['offerInitiatorDataIffForking'],
  unprotected: (story, profile) => {
    const lab = insert(profile);
    const { offer, resolved } = lab.taken('bob-phone');
    const sent = bytes.encode({ kind: 'Message', message: lab.made().transferInit });
    const got = bytes.encode({ kind: 'Message', message: offer });
    story.holds(
      `what bob got is ${inserted.length} octets longer than what alice sent`,
      got.length === sent.length + inserted.length,
    );
    story.holds('V holds under MPKi all the same', vHolds(offer, resolved.MPKi));
    story.holds('bob takes the call', lab.endpoint('bob-phone').state() === 'established');
    story.equal(
      'with F = 0 nothing tells alice: both have the same TEK',
      secret('TEK of alice', firstTek(lab.made().answers[0]?.keys)),
      secret('TEK of bob', firstTek(lab.taken('bob-phone').answer.keys)),
    );
  },
  shielded: (story, profile) => {
    const lab = insert(profile);
    story.refused('Initiator Data must be there if and only if I is set', 'bob-phone', {
      check: 'offerInitiatorDataIffForking',
      turned: lab.turnedDown('bob-phone'),
    });
  },
});
