/**
 * W6: keys that key forking leaves as they are: every authorised endpoint can read what is protected with them.
 *
 * @module
 * @see [RFC 6043, section 5.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.1)
 */
import type { SessionKeyType } from '../../../model/exchange/newKeys.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, twoDevices, user } from '../scenes.ts';
import { secret } from '../story.ts';

/** Alice talks to the phone; the laptop resolved the ticket too and did not answer. Key forking is on. */
function world(profile: Profile, keys: readonly SessionKeyType[]): Lab {
  const users = [user('alice'), twoDevices('bob')];
  return new Lab(scene(users, { steps: [call({ ticket: { from: 'KMS', keys }, answer: ['bob-phone'] })] }), {
    profile,
  });
}

/** W6. */
export const w6 = demonstration({
  id: 'W6',
  title: 'GTGK, TEK and MPKi are the same for all who may resolve, with key forking too',
  rule: 'tickets bring TGKs',
  setting: 'tickets bring a GTGK, or a TEK; key forking is on',
  unprotected: (story, profile) => {
    for (const keys of ['GTGK', 'TEK'] as const) {
      const lab = world(profile, [keys]);
      const [mine] = lab.taken('bob-laptop').resolved.sessionKeys;
      const [theirs] = lab.taken('bob-phone').resolved.sessionKeys;
      story.equal(
        `the KMS gives both endpoints the same ${keys}`,
        secret(`${keys} of the phone`, theirs?.key ?? new Uint8Array()),
        secret(`${keys} of the laptop`, mine?.key ?? new Uint8Array()),
      );
      story.holds('the laptop computes the TEK of alice and the phone', lab.derives('bob-laptop', 'TEK1(bob-phone)'));
    }
  },
  shielded: (story, profile) => {
    const lab = world(profile, ['TGK']);
    const [mine] = lab.taken('bob-laptop').resolved.sessionKeys;
    const [theirs] = lab.taken('bob-phone').resolved.sessionKeys;
    story.differ(
      'the KMS gives each endpoint a TGK of its own',
      secret("TGK' of the phone", theirs?.key ?? new Uint8Array()),
      secret("TGK' of the laptop", mine?.key ?? new Uint8Array()),
    );
    story.holds(
      'the laptop cannot compute the TEK of alice and the phone',
      !lab.derives('bob-laptop', 'TEK1(bob-phone)'),
    );
    story.equal(
      'MPKi stays the same for both: whatever travels under it is open to all endpoints (C5)',
      secret('MPKi of the phone', lab.taken('bob-phone').resolved.MPKi),
      secret('MPKi of the laptop', lab.taken('bob-laptop').resolved.MPKi),
    );
    story.holds(
      'the phone and alice have one TEK',
      Buffer.from(firstTek(lab.made().answers[0]?.keys)).equals(firstTek(lab.taken('bob-phone').answer.keys)),
    );
  },
});
