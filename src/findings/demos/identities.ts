/**
 * W12 and A5: identities enter MACs and labels without boundaries and types.
 *
 * @module
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import { idRoles, idTypes } from '../../../spec/registry/identities.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { acceptKeptResolution } from '../../../model/exchange/verifyOffer.ts';
import { verifyRequestInit } from '../../../model/exchange/requestInit.ts';
import type { Outcome } from '../../../model/guard/checker.ts';
import { strictProfile, type Profile } from '../../../model/guard/profile.ts';
import { forkKey } from '../../../model/keys/forkedKeys.ts';
import { messageAuthKey } from '../../../model/keys/protectionKeys.ts';
import { suites } from '../../../model/keys/suite.ts';
import { initialCoverage, transferInitCoverage } from '../../../model/message/coverage.ts';
import { sameIdentity, uri, type Identity } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import { lastV, one } from '../../../model/message/select.ts';
import { appendV } from '../../../model/protection/authentication.ts';
import { sealInitiatorData } from '../../../model/ticket/initiatorData.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { identityOf, signedOffer, withPayloads, withTicket } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, user } from '../scenes.ts';
import { secret, shown } from '../story.ts';

/** Two pairs of identities that are one text when they stand one after the other. */
const pairs = [
  ['sip:alice@a.example', 'sip:bob@b.example'],
  ['sip:alice@a.examplesip:', 'bob@b.example'],
] as const;
const [real, other] = pairs.map(([i, r]) => [uri(bytes, i), uri(bytes, r)] as const) as [Pair, Pair];
type Pair = readonly [Identity<Uint8Array>, Identity<Uint8Array>];

function world(profile: Profile): Lab {
  return new Lab(scene([user('alice'), user('bob')], { steps: [call()] }), { profile });
}

/** Alice's TRANSFER_INIT, signed for a pair of identities. @param named - whether the IDR payloads are sent too */
function offerFor(lab: Lab, [initiator, responder]: Pair, named: boolean): Message<Uint8Array> {
  const { transferInit, held } = lab.made();
  const drafted = withPayloads(transferInit, (payload) => {
    if (payload.kind !== 'IDR') return [payload];
    const { idType, data } = payload.role === idRoles.IDRi ? initiator : responder;
    return named ? [{ ...payload, idType, data }] : [];
  });
  const signed = signedOffer(drafted, held.MPKi, [initiator, responder]);
  const { prfFunc } = held.ticket.policy;
  const initiatorData = sealInitiatorData(bytes, lastV(signed.payloads), { prfFunc, MPKr: held.MPKr ?? held.MPKi });
  return withTicket(signed, (ticket) => ({ ...ticket, initiatorData }));
}

/** Bob verifies a TRANSFER_INIT, believing that the parties are these. */
function verify(
  lab: Lab,
  profile: Profile,
  { offer, parties }: { readonly offer: Message<Uint8Array>; readonly parties: Pair },
): Outcome<unknown> {
  const { admitted, resolved } = lab.taken('bob');
  const [caller, callee] = parties;
  const ticket = one(offer.payloads, 'TICKET');
  return acceptKeptResolution({ ...lab.env('bob'), profile }, resolved, {
    offer,
    admitted: { ...admitted, ticket, caller, callee },
  });
}

/** The same message with the IDR payloads of another pair. */
function renamed(message: Message<Uint8Array>, [initiator, responder]: Pair): Message<Uint8Array> {
  return withPayloads(message, (payload) => {
    if (payload.kind !== 'IDR') return [payload];
    const { idType, data } = payload.role === idRoles.IDRi ? initiator : responder;
    return [{ ...payload, idType, data }];
  });
}

/** W12. */
export const w12 = demonstration({
  id: 'W12',
  title: 'One MAC for two pairs of identities, one forked key for two types of identity',
  checks: ['offerMacValid'],
  setting: 'IDR payloads are left out, as the RFC allows',
  unprotected: (story, profile) => {
    // The MAC is verified: what is missing is what it should cover.
    const checking = { ...profile, without: new Set<never>() };
    const lab = world(checking);
    const offer = offerFor(lab, real, false);
    story.differ(
      'two pairs of identities: the callers differ',
      shown('caller', real[0].data),
      shown('other caller', other[0].data),
    );
    story.equal(
      'without lengths both are covered as the same octets',
      shown('coverage of the first pair', transferInitCoverage(bytes, offer, real)),
      shown('coverage of the second pair', transferInitCoverage(bytes, offer, other)),
    );
    story.accepted(`V holds for ${pairs[0].join(' calling ')}`, verify(lab, checking, { offer, parties: real }));
    story.accepted(`and for ${pairs[1].join(' calling ')}`, verify(lab, checking, { offer, parties: other }));
    const RANDRkms = lab.env('kms').source.random(32, 'RANDRkms');
    const data = Buffer.from('bob@example.com', 'utf8');
    const nai: Identity<Uint8Array> = { idType: idTypes.NAI, data };
    const name: Identity<Uint8Array> = { idType: idTypes['Byte string'], data };
    const inkey = RANDRkms; // Any MPKr.
    const fork = ({ data: idData }: Identity<Uint8Array>): Uint8Array =>
      forkKey(bytes, suites.sha256.prfFunc, { inkey, as: "MPKr'", modifier: { idData, RANDRkms } });
    story.holds('an NAI and a byte string of the same octets are two identities', !sameIdentity(bytes, nai, name));
    story.equal(
      'but they fork to the same key, as the label has no ID Type',
      secret('MPKr of the NAI', fork(nai)),
      secret('MPKr of the byte string', fork(name)),
    );
  },
  shielded: (story, profile) => {
    const lab = world(profile);
    const offer = offerFor(lab, real, true);
    story.accepted(
      `with IDR payloads V holds for ${pairs[0].join(' calling ')}`,
      verify(lab, profile, { offer, parties: real }),
    );
    const changed = renamed(offer, other);
    story.differ(
      'the payloads have types and lengths, so the coverage differs',
      shown('coverage of the first pair', transferInitCoverage(bytes, offer, real)),
      shown('coverage of the second pair', transferInitCoverage(bytes, changed, other)),
    );
    story.refusedStep('and V does not hold for the other pair', 'bob', {
      check: 'offerMacValid',
      outcome: verify(lab, profile, { offer: changed, parties: other }),
    });
  },
});

/** The REQUEST_INIT of alice with V in the other reading: type and length of each identity are covered too. */
function inOtherReading(lab: Lab): Message<Uint8Array> {
  const { requestInit } = lab.made();
  const { header, payloads } = requestInit;
  const psk = lab.psk('alice');
  const { authAlg: macAlg } = lastV(payloads);
  const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
  const input = { prfFunc: header.prfFunc, inkey: psk.key, direction: 'initial', csbId: header.csbId, RANDRi } as const;
  const whole = [identityOf('alice'), identityOf('kms')].map(({ idType, data }) => ({
    idType,
    data: Buffer.concat([Uint8Array.of(idType, data.length >> 8, data.length & 255), data]),
  }));
  return appendV(
    bytes,
    { header, payloads: payloads.filter(({ kind }) => kind !== 'V') },
    { macAlg, authKey: messageAuthKey(bytes, macAlg, input), cover: (draft) => initialCoverage(bytes, draft, whole) },
  );
}

/** The KMS verifies a REQUEST_INIT. */
function atKms(lab: Lab, profile: Profile, message: Message<Uint8Array>): Outcome<unknown> {
  const kms = lab.kms();
  const account = kms.accounts.find(({ id }) => Buffer.from(id.data).toString() === 'psk-alice');
  return verifyRequestInit({ ...lab.env('kms'), profile }, message, { kms: kms.identity, account });
}

/** A5. */
export const a5 = demonstration({
  id: 'A5',
  title: 'Identities (not whole payloads): two readings, two MACs',
  checks: ['requestMacValid'],
  setting: 'a peer that covers ID Type, ID len and ID Data',
  unprotected: (story) => {
    const lab = world(strictProfile);
    const { requestInit } = lab.made();
    const theirs = inOtherReading(lab);
    story.differ(
      'the same REQUEST_INIT has another MAC',
      shown('V over ID Data', lastV(requestInit.payloads).mac),
      shown('V over type, length and data', lastV(theirs.payloads).mac),
    );
    story.refusedStep('the two do not understand each other: a KMS that covers ID Data turns the request down', 'kms', {
      check: 'requestMacValid',
      outcome: atKms(lab, strictProfile, theirs),
    });
  },
  shielded: (story, profile) => {
    const lab = world(profile);
    story.accepted('ID Data alone: the KMS takes the request', atKms(lab, profile, lab.made().requestInit));
    story.refusedStep('and nothing else', 'kms', {
      check: 'requestMacValid',
      outcome: atKms(lab, profile, inOtherReading(lab)),
    });
    const sent = lab.made().requestInit.payloads.filter(({ kind }) => kind === 'IDR').length;
    story.holds('the IDR payloads are sent, so that type and length are under the MAC all the same', sent === 3);
  },
});
