/**
 * W5: without key forking an authorised insider reads the media and is both Initiator and Responder.
 *
 * @module
 * @see [RFC 6043, section 12.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.2)
 */
import { acceptAnswer } from '../../../model/exchange/acceptAnswer.ts';
import { buildTransferInit } from '../../../model/exchange/transferInit.ts';
import { answerOffer } from '../../../model/exchange/transferResp.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import { aesCm256HmacSha1 } from '../../../model/policy/securityPolicy.ts';
import { demonstration } from '../demonstration.ts';
import { asOwn, callAs, firstTek, identityOf, nameIn, value } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, twoDevices, user } from '../scenes.ts';
import { secret, type Story } from '../story.ts';

const withoutForking = 'DEFGHJNO';
const withForking = 'DEFGHIJNO';

/** Alice calls bob; his phone and his laptop ring, and those named in `answer` answer. The laptop is dishonest. */
function world(profile: Profile, flags: string, answer: readonly string[]): Lab {
  const users = [user('alice'), twoDevices('bob')];
  return new Lab(scene(users, { steps: [call({ ticket: { from: 'KMS', flags }, answer })] }), { profile });
}

/** The laptop answers alice's call as the phone would. */
function answerAsPhone(lab: Lab): void {
  const env = lab.env('bob-laptop');
  const { offer, admitted, resolved } = lab.taken('bob-laptop');
  const IDRr = lab.device('bob-phone').identity;
  const pretended = {
    ...resolved,
    IDRr,
    // With key forking RANDRkms and MPKr' of the phone are unknown, so they are made up.
    ...(resolved.modifier ? { modifier: { ...resolved.modifier, idData: IDRr.data } } : {}),
  };
  const { message } = value(
    answerOffer(env, { offer, admitted, resolved: pretended, policies: [aesCm256HmacSha1], supplied: [] }),
  );
  if (message) lab.send('bob-laptop', 'alice', message);
}

/** The laptop calls the phone as alice. @returns the TEK that the laptop computes from the answer */
function callAsAlice(lab: Lab): Uint8Array | undefined {
  const env = lab.env('bob-laptop');
  const held = asOwn(env, lab.taken('bob-laptop'));
  const made = callAs(identityOf('alice'), identityOf('bob'));
  const offer = value(buildTransferInit(env, made, held));
  lab.send('bob-laptop', 'bob-phone', offer);
  if (!lab.answer('bob-phone')) return undefined;
  const answer = lab.lastFrom('bob-phone', 'TRANSFER_RESP');
  return firstTek(value(acceptAnswer(env, answer, { sent: offer, held, call: made, earlier: [] })).keys);
}

function tell(story: Story, profile: Profile): void {
  const lab = world(profile, withoutForking, ['bob-phone']);
  story.holds(
    'alice talks to the phone; the laptop, which did not answer, computes the TEK of the call',
    lab.derives('bob-laptop', 'TEK1(bob-phone)'),
  );

  const other = world(profile, withoutForking, []);
  answerAsPhone(other);
  const [answer] = other.made().answers;
  story.holds(
    'nobody answers; the laptop answers as the phone, and alice believes it',
    nameIn(answer?.keys.peer) === sip('bob-phone'),
  );
  story.holds('the phone still rings', other.endpoint('bob-phone').state() === 'ringing');

  const tek = callAsAlice(lab);
  const { keys } = lab.taken('bob-phone').answer;
  story.holds('the laptop calls the phone as alice, and the phone believes it', nameIn(keys.peer) === sip('alice'));
  story.equal(
    'and the laptop holds the TEK that the phone means for alice',
    secret('TEK of the phone', firstTek(keys)),
    secret('TEK of the laptop', tek ?? new Uint8Array()),
  );
}

/** W5. */
export const w5 = demonstration({
  id: 'W5',
  title: 'An authorised insider reads the media, and poses as both sides',
  allowances: ['I=0'],
  unprotected: tell,
  shielded: (story, profile) => {
    const plain = world(profile, withoutForking, []);
    story.refused('an endpoint does not take a ticket without key forking', 'bob-phone', {
      check: 'offerPolicyAcceptable',
      turned: plain.turnedDown('bob-phone'),
    });
    const lab = world(profile, withForking, ['bob-phone']);
    story.holds(
      'with key forking the laptop cannot compute the TEK of alice and the phone',
      !lab.derives('bob-laptop', 'TEK1(bob-phone)'),
    );
    const other = world(profile, withForking, []);
    answerAsPhone(other);
    story.refused("the laptop answers as the phone: alice misses the MPKr' of the phone in it", 'alice', {
      check: 'answerMacValid',
      turned: other.turnedDown('alice'),
    });
    // A kept resolution would stand in for the KMS among devices of one user: that is W2.
    const strict = world({ ...profile, keptResolutions: 'one endpoint' }, withForking, ['bob-phone']);
    callAsAlice(strict);
    story.refused('the laptop calls the phone as alice: the KMS misses Vr', 'kms', {
      check: 'initiatorDataValid',
      turned: strict.turnedDown('kms'),
    });
  },
});
