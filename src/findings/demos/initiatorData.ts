/**
 * W20, C4 and C5: Initiator Data, which the MAC of TRANSFER_INIT does not cover, and MPKi, which all authorised endpoints know.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import {
  newSessionKeys,
  openSuppliedKeys,
  sealSuppliedKeys,
  type SuppliedKeying,
} from '../../../model/exchange/suppliedKeys.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import { messageAuthKey } from '../../../model/keys/protectionKeys.ts';
import { suites } from '../../../model/keys/suite.ts';
import { transferInitCoverage } from '../../../model/message/coverage.ts';
import type { Message } from '../../../model/message/message.ts';
import { lastV, one } from '../../../model/message/select.ts';
import { macHolds } from '../../../model/protection/authentication.ts';
import { sealInitiatorData } from '../../../model/ticket/initiatorData.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek, forgedOffer, identityOf, nameIn, signedOffer, withTicket } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, twoDevices, user } from '../scenes.ts';
import { sameOctets, secret, shown, type Story } from '../story.ts';

const parties = [identityOf('alice'), identityOf('bob')] as const;

/** Alice calls bob, whose phone and laptop resolve the ticket. @param more - flags of the ticket, and what somebody in the middle does */
function world(
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
function vHolds(message: Message<Uint8Array>, MPKi: Uint8Array): boolean {
  const { header, payloads } = message;
  const V = lastV(payloads);
  const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
  const key = { prfFunc: header.prfFunc, inkey: MPKi, direction: 'initial', csbId: header.csbId, RANDRi } as const;
  const authKey = messageAuthKey(bytes, V.authAlg, key);
  return macHolds(bytes, V, { authKey, data: transferInitCoverage(bytes, message, parties) });
}

/** The laptop forges a TRANSFER_INIT, and puts the Initiator Data of alice's genuine one into it. */
function borrow(profile: Profile): { readonly lab: Lab; readonly forged: Message<Uint8Array>; readonly since: number } {
  // So that the forged call is resolved anew, and the KMS looks at Vr.
  const lab = world({ ...profile, keptResolutions: 'one endpoint' });
  const { initiatorData } = one(lab.taken('bob-phone').offer.payloads, 'TICKET');
  const made = forgedOffer(lab.env('bob-laptop'), lab.taken('bob-laptop'), { as: 'alice', callee: 'bob' });
  const forged = withTicket(made, (ticket) => ({ ...ticket, initiatorData }));
  const since = lab.now;
  lab.send('bob-laptop', 'bob-phone', forged);
  return { lab, forged, since };
}

function tellBorrowing(story: Story, { lab, forged }: ReturnType<typeof borrow>): void {
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

/** Alice sends a TRANSFER_INIT with a TGK of her own in a KEMAC, as L = 1 lets her. */
function withKemac(lab: Lab): {
  readonly offer: Message<Uint8Array>;
  readonly supplied: Uint8Array;
  readonly T: SuppliedKeying<Uint8Array>['T'];
} {
  const { transferInit, held } = lab.made();
  const { header, payloads } = transferInit;
  const env = lab.env('alice');
  const keys = newSessionKeys(env, ['TGK'], { length: 32, tekLength: 32 });
  const T = one(payloads, 'T');
  const KEMAC = sealSuppliedKeys(bytes, keys, keyingOf(transferInit, held.MPKi));
  const drafted = { header, payloads: [...payloads.filter((payload) => payload.kind !== 'V'), KEMAC, lastV(payloads)] };
  const signed = signedOffer(drafted, held.MPKi, parties);
  const initiatorData = held.MPKr
    ? sealInitiatorData(bytes, lastV(signed.payloads), { prfFunc: header.prfFunc, MPKr: held.MPKr })
    : new Uint8Array();
  return {
    offer: withTicket(signed, (ticket) => ({ ...ticket, initiatorData })),
    supplied: keys[0]?.key ?? new Uint8Array(),
    T,
  };
}

/** What protects a KEMAC in TRANSFER_INIT. */
function keyingOf({ header, payloads }: Message<Uint8Array>, MPKi: Uint8Array): SuppliedKeying<Uint8Array> {
  const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
  const keyInput = { prfFunc: header.prfFunc, inkey: MPKi, direction: 'initial', csbId: header.csbId, RANDRi } as const;
  return { keyInput, suite: suites.sha256, T: one(payloads, 'T') };
}

function tellReading(story: Story, lab: Lab, { offer, supplied }: ReturnType<typeof withKemac>): void {
  const { MPKi } = lab.taken('bob-laptop').resolved;
  const [read] = openSuppliedKeys(bytes, one(offer.payloads, 'KEMAC'), {
    ...keyingOf(offer, MPKi),
    need: () => {},
    known: [],
  });
  story.equal(
    'the laptop, which is not to answer, opens the KEMAC with MPKi',
    secret('TGK that alice sent', supplied),
    secret('TGK that the laptop reads', read?.key ?? new Uint8Array()),
  );
}

/** C5. */
export const c5 = demonstration({
  id: 'C5',
  title: 'An endpoint that does not answer reads the KEMAC of TRANSFER_INIT, and forges its V',
  checks: ['offerKemacAllowed', 'viEqualsV'],
  unprotected: (story, profile) => {
    const lab = world(profile);
    const made = withKemac(lab);
    tellReading(story, lab, made);
    lab.send('proxy', 'bob-phone', made.offer);
    story.holds('the phone takes the message with the KEMAC', lab.endpoint('bob-phone').state() === 'ringing');
    const done = borrow(profile);
    tellBorrowing(story, done);
    story.holds('the phone rings', done.lab.endpoint('bob-phone').state() === 'ringing');
  },
  shielded: (story, profile) => {
    const lab = world(profile);
    const since = lab.now;
    const made = withKemac(lab);
    story.holds(
      'MPKi protects nothing from the other endpoints',
      sameOctets(lab.taken('bob-laptop').resolved.MPKi, lab.made().held.MPKi),
    );
    lab.send('proxy', 'bob-phone', made.offer);
    story.refused('so with L = 0 no key travels under it', 'bob-phone', {
      check: 'offerKemacAllowed',
      turned: lab.turnedDown('bob-phone', since),
    });
    const done = borrow(profile);
    story.refused('and a V forged with it does not match Vi, which only MPKr makes', 'bob-phone', {
      check: 'viEqualsV',
      turned: done.lab.turnedDown('bob-phone', done.since),
    });
  },
});
