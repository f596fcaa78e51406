/**
 * W2: whoever may resolve a ticket can call in the name of its owner, wherever a resolution was kept.
 *
 * @module
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 */
import { strictProfile, type Profile } from '../../../model/guard/profile.ts';
import { demonstration } from '../demonstration.ts';
import { forgedOffer, nameIn } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, twoDevices, user } from '../scenes.ts';
import { sameOctets, secret, type Story } from '../story.ts';

/** A call to bob with a ticket that names mallory too, then one to mallory with the same ticket: she is an authorised responder. */
function world(profile: Profile): Lab {
  const first = call({ ticket: { from: 'KMS', responders: [sip('bob'), sip('mallory')] } });
  const second = call({ callee: sip('mallory'), ticket: { from: 'held' } });
  return new Lab(scene([user('alice'), user('bob'), user('mallory')], { steps: [first, second] }), { profile });
}

/** Mallory forges a call of alice's to bob, with MPKi and a made-up Vr. */
function forge(story: Story, profile: Profile): { readonly lab: Lab; readonly since: number } {
  const lab = world(profile);
  const { MPKi } = lab.made().held;
  const known = secret('MPKi as the KMS gave it to mallory', lab.taken('mallory').resolved.MPKi);
  story.equal(
    'mallory, a responder that the ticket names, holds the MPKi of alice',
    known,
    secret('MPKi of alice', MPKi),
  );
  const since = lab.now;
  const forged = forgedOffer(lab.env('mallory'), lab.taken('mallory'), { as: 'alice', callee: 'bob' });
  lab.send('mallory', 'bob', forged);
  return { lab, since };
}

/** The laptop of bob forges a call of alice's to bob's phone: the ticket names bob alone, but both are bob. */
function forgeToSibling(profile: Profile): { readonly lab: Lab; readonly since: number } {
  const lab = new Lab(scene([user('alice'), twoDevices('bob')], { steps: [call()] }), { profile });
  const since = lab.now;
  const forged = forgedOffer(lab.env('bob-laptop'), lab.taken('bob-laptop'), { as: 'alice', callee: 'bob' });
  lab.send('bob-laptop', 'bob-phone', forged);
  return { lab, since };
}

/** Tells what came of a forged call: taken for alice's, but its keys stay unknown to the forger. */
function tellSuccess(
  story: Story,
  lab: Lab,
  { victim, forger }: { readonly victim: string; readonly forger: string },
): void {
  const { resolved } = lab.taken(victim);
  story.holds(
    `${victim} rings without having asked the KMS again`,
    lab.endpoint(victim).state() === 'ringing' && lab.sent(victim, 'RESOLVE_INIT_PSK') === 1,
  );
  story.holds(
    `${victim} answers, and believes that ${sip('alice')} called`,
    lab.answer(victim) && nameIn(lab.taken(victim).answer.keys.peer) === sip('alice'),
  );
  const [mine] = lab.taken(forger).resolved.sessionKeys;
  const [theirs] = resolved.sessionKeys;
  story.differ(
    `${forger} got no key for it: secrecy survives, authentication does not`,
    secret(`TGK' of ${forger}`, mine?.key ?? new Uint8Array()),
    secret(`TGK' of ${victim}`, theirs?.key ?? new Uint8Array()),
  );
  const { csbId } = lab.taken(victim).offer.header;
  const calls = lab.played.callers.map((_, index) => lab.made(index).transferInit.header.csbId);
  story.holds(
    `alice has made ${calls.length} call${calls.length === 1 ? '' : 's'}, none with the CSB ID of this one`,
    calls.every((mine) => !sameOctets(mine, csbId)),
  );
}

/** W2, between two users. */
export const w2 = demonstration({
  id: 'W2',
  title: 'A responder that resolved the ticket calls another one in the name of its owner',
  allowances: ['cached-group'],
  unprotected: (story, profile) => {
    const { lab } = forge(story, profile);
    tellSuccess(story, lab, { victim: 'bob', forger: 'mallory' });
    // This half of the weakness is there under the strict profile too, unless the option is set.
    const sibling = forgeToSibling(strictProfile);
    story.holds(
      'the same among two devices of one user, with a ticket that names this user alone, under the strict profile',
      sibling.lab.endpoint('bob-phone').state() === 'ringing',
    );
    tellSuccess(story, sibling.lab, { victim: 'bob-phone', forger: 'bob-laptop' });
  },
  shielded: (story, profile) => {
    const { lab, since } = forge(story, profile);
    story.holds('bob asks the KMS again, as the ticket names others too', lab.sent('bob', 'RESOLVE_INIT_PSK') === 2);
    story.refused('the KMS verifies Vr, which only the owner of MPKr can make', 'kms', {
      check: 'initiatorDataValid',
      turned: lab.turnedDown('kms', since),
    });
    story.holds('bob does not ring', lab.endpoint('bob').state() !== 'ringing');
    const sibling = forgeToSibling({ ...profile, keptResolutions: 'one endpoint' });
    story.refused(
      'with the option keptResolutions = one endpoint a device asks the KMS, as a sibling could hold MPKi too',
      'kms',
      {
        check: 'initiatorDataValid',
        turned: sibling.lab.turnedDown('kms', sibling.since),
      },
    );
  },
});
