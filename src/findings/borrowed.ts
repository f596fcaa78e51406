/**
 * A TRANSFER_INIT that the laptop of bob forges in the name of alice, with the Initiator Data of a genuine one.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import type { Profile } from '../../model/guard/profile.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { transferInitCoverage } from '../../model/message/coverage.ts';
import type { Message } from '../../model/message/message.ts';
import { lastV, one } from '../../model/message/select.ts';
import { macHolds } from '../../model/protection/authentication.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { bytes } from '../run/byteRun.ts';
import { forgedOffer, identityOf, withTicket } from './forge.ts';
import { Lab } from './lab.ts';
import { call, scene, twoDevices, user } from './scenes.ts';
import { shown, type Story } from './story.ts';

/** Who calls whom. */
export const parties = [identityOf('alice'), identityOf('bob')] as const;

/** Alice calls bob, whose phone and laptop resolve the ticket. @param more - flags of the ticket, and what somebody in the middle does */
export function world(
  profile: Profile,
  more: { readonly flags?: string; readonly intercept?: ConstructorParameters<typeof Lab>[1]['intercept'] } = {},
): Lab {
  const { flags, intercept } = more;
  const ticket = { from: 'KMS' as const, ...(flags === undefined ? {} : { flags }) };
  return new Lab(scene([user('alice'), twoDevices('bob')], { steps: [call({ ticket })] }), {
    profile,
    ...(intercept ? { intercept } : {}),
  });
}

/** Whether V of a TRANSFER_INIT holds under MPKi. */
export function vHolds(message: Message<Uint8Array>, MPKi: Uint8Array): boolean {
  const { header, payloads } = message;
  const V = lastV(payloads);
  const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
  const key = { prfFunc: header.prfFunc, inkey: MPKi, direction: 'initial', csbId: header.csbId, RANDRi } as const;
  const authKey = messageAuthKey(bytes, V.authAlg, key);
  return macHolds(bytes, V, { authKey, data: transferInitCoverage(bytes, message, parties) });
}

/** The laptop forges a TRANSFER_INIT, and puts the Initiator Data of alice's genuine one into it. */
export function borrow(profile: Profile): {
  readonly lab: Lab;
  readonly forged: Message<Uint8Array>;
  readonly since: number;
} {
  // So that the forged call is resolved anew, and the KMS looks at Vr.
  const lab = world({ ...profile, keptResolutions: 'one endpoint' });
  const { initiatorData } = one(lab.taken('bob-phone').offer.payloads, 'TICKET');
  const made = forgedOffer(lab.env('bob-laptop'), lab.taken('bob-laptop'), { as: 'alice', callee: 'bob' });
  const forged = withTicket(made, (ticket) => ({ ...ticket, initiatorData }));
  const since = lab.now;
  lab.send('bob-laptop', 'bob-phone', forged);
  return { lab, forged, since };
}

/** Tells what is borrowed and what is forged. */
export function tellBorrowing(story: Story, { lab, forged }: ReturnType<typeof borrow>): void {
  const { MPKi } = lab.taken('bob-laptop').resolved;
  const genuine = lab.taken('bob-laptop').offer;
  story.holds(
    'V of the forged TRANSFER_INIT holds under MPKi, which the laptop has as an authorised endpoint',
    vHolds(forged, MPKi),
  );
  story.equal(
    "its Initiator Data are those of alice's own message",
    shown('Initiator Data of alice', one(genuine.payloads, 'TICKET').initiatorData),
    shown('Initiator Data in the forged message', one(forged.payloads, 'TICKET').initiatorData),
  );
  story.differ(
    'though V is another one',
    shown('V of alice', lastV(genuine.payloads).mac),
    shown('V of the forged message', lastV(forged.payloads).mac),
  );
}
