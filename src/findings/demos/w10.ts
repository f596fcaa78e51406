/**
 * W10: whoever the ticket authorises can answer in place of the callee, if the Initiator does not look who answers.
 *
 * @module
 * @see [RFC 6043, section 4.2.2.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.2.4)
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import { one } from '../../../model/message/select.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek, nameIn } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, user } from '../scenes.ts';
import { secret } from '../story.ts';

/** Alice calls bob with a ticket that names mallory too; the network leads the call to mallory, who answers. */
function world(profile: Profile): Lab {
  const step = call({ ticket: { from: 'KMS', responders: [sip('bob'), sip('mallory')] }, reach: ['mallory'] });
  // Mallory does not mind that the call is for bob.
  const careless = { ...profile, without: new Set([...profile.without, 'offerAddressedToMe'] as const) };
  return new Lab(scene([user('alice'), user('bob'), user('mallory')], { steps: [step] }), { profile: careless });
}

/** W10. */
export const w10 = demonstration({
  id: 'W10',
  title: 'Another authorised responder takes the call',
  checks: ['answererAcceptable'],
  unprotected: (story, profile) => {
    const lab = world(profile);
    const [answer] = lab.made().answers;
    story.holds(
      `alice calls ${sip('bob')}`,
      nameIn(one(lab.made().transferInit.payloads, 'IDR', idRoles.IDRr)) === sip('bob'),
    );
    story.holds(
      `and ends up with ${sip('mallory')}, whom the ticket authorises too`,
      nameIn(answer?.keys.peer) === sip('mallory'),
    );
    story.equal(
      'with whom she has agreed on a TEK',
      secret('TEK of alice', firstTek(answer?.keys)),
      secret('TEK of mallory', firstTek(lab.taken('mallory').answer.keys)),
    );
  },
  shielded: (story, profile) => {
    const lab = world(profile);
    story.refused('alice compares IDRr of TRANSFER_RESP with the callee', 'alice', {
      check: 'answererAcceptable',
      turned: lab.turnedDown('alice'),
    });
    story.holds(
      'she has no keys, and waits for bob',
      lab.made().answers.length === 0 && lab.caller().state() === 'awaitingTransferResp',
    );
  },
});
