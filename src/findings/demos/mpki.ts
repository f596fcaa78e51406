/**
 * C5: MPKi, which all authorised endpoints know, so that it protects nothing from them.
 *
 * @module
 * @see [RFC 6043, section 12.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.2)
 */
import {
  newSessionKeys,
  openSuppliedKeys,
  sealSuppliedKeys,
  type SuppliedKeying,
} from '../../../model/exchange/suppliedKeys.ts';
import { suites } from '../../../model/keys/suite.ts';
import type { Message } from '../../../model/message/message.ts';
import { lastV, one } from '../../../model/message/select.ts';
import { sealInitiatorData } from '../../../model/ticket/initiatorData.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { signedOffer, withTicket } from '../forge.ts';
import type { Lab } from '../lab.ts';
import { sameOctets, secret, type Story } from '../story.ts';
import { borrow, parties, tellBorrowing, world } from '../borrowed.ts';

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
