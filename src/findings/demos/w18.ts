/**
 * W18 and B7: a NULL MAC, which RFC 3830 allows, proves nothing.
 *
 * @module
 * @see [RFC 3830, section 4.2.4](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.4)
 */
import type { Profile } from '../../../model/guard/profile.ts';
import { messageAuthKey } from '../../../model/keys/protectionKeys.ts';
import { transferInitCoverage } from '../../../model/message/coverage.ts';
import type { Message } from '../../../model/message/message.ts';
import type { VPayload } from '../../../model/message/payload.ts';
import { idRoles } from '../../../spec/registry/identities.ts';
import { macAlgs } from '../../../spec/registry/kemac.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { freshT } from '../../../model/message/timestamps.ts';
import { lastV, one } from '../../../model/message/select.ts';
import { readInitiatorData } from '../../../model/ticket/initiatorData.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { identityOf, nameIn, withPayloads } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, user } from '../scenes.ts';
import { sameOctets } from '../story.ts';

const noMac: VPayload<Uint8Array> = { kind: 'V', authAlg: macAlgs.NULL, mac: new Uint8Array() };

/** Somebody without any key copies a ticket from the network, and puts it into a TRANSFER_INIT of her own with NULL MACs. */
function forge(lab: Lab): Message<Uint8Array> {
  const env = lab.env('mallory');
  const seen = lab.made().transferInit;
  const csbId = env.source.random(4, 'CSB ID');
  const initiatorData = bytes.encode({ kind: 'Initiator Data', payloads: [noMac, noMac] });
  return withPayloads({ header: { ...seen.header, csbId }, payloads: seen.payloads }, (payload) => {
    if (payload.kind === 'T') return [freshT(bytes, env.source.now())];
    if (payload.kind === 'RANDR') return [{ ...payload, rand: env.source.random(payload.rand.length, 'RANDRi') }];
    if (payload.kind === 'TICKET') return [{ ...payload, initiatorData }];
    return payload.kind === 'V' ? [noMac] : [payload];
  });
}

/** Verifies V to the letter of RFC 3830: what a MAC alg computes must be what V holds; NULL computes nothing (4.2.4). */
function literallyHolds(message: Message<Uint8Array>, MPKi: Uint8Array): boolean {
  const { header, payloads } = message;
  const V = lastV(payloads);
  const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
  const input = { prfFunc: header.prfFunc, inkey: MPKi, direction: 'initial', csbId: header.csbId, RANDRi } as const;
  const data = transferInitCoverage(bytes, message, [identityOf('alice'), identityOf('bob')]);
  const mac =
    V.authAlg === macAlgs.NULL
      ? new Uint8Array()
      : bytes.mac(V.authAlg, messageAuthKey(bytes, V.authAlg, input), { data });
  return sameOctets(mac, V.mac);
}

function world(profile: Profile): Lab {
  return new Lab(scene([user('alice'), user('bob'), user('mallory')], { steps: [call()] }), { profile });
}

/** Both halves about NULL, which is a reading (B7) and a weakness (W18) at once. */
const nullMac: Omit<Parameters<typeof demonstration>[0], 'id'> = {
  title: 'A TRANSFER_INIT with NULL MACs, by somebody who has no key at all',
  rule: 'NULL is no algorithm: no suite has it',
  setting: 'V is verified to the letter of RFC 3830, 4.2.4',
  unprotected: (story, profile) => {
    const lab = world(profile);
    const forged = forge(lab);
    const { MPKi } = lab.made().held;
    story.holds('the verifier is right about the genuine message', literallyHolds(lab.made().transferInit, MPKi));
    story.holds(
      'and about one whose MAC was changed',
      !literallyHolds(
        withPayloads(lab.made().transferInit, (payload) => [
          payload.kind === 'V' ? { ...payload, mac: new Uint8Array(32) } : payload,
        ]),
        MPKi,
      ),
    );
    story.holds(
      `mallory writes ${sip('alice')} into IDRi`,
      nameIn(one(forged.payloads, 'IDR', idRoles.IDRi)) === sip('alice'),
    );
    story.holds('V with a NULL MAC holds, though mallory has no key', literallyHolds(forged, MPKi));
    const inside = readInitiatorData(bytes, one(forged.payloads, 'TICKET').initiatorData);
    const V = lastV(forged.payloads);
    story.holds(
      'Vi equals V, as both are empty',
      inside !== undefined && inside.Vi.authAlg === V.authAlg && sameOctets(inside.Vi.mac, V.mac),
    );
    story.holds('and Vr is empty as well', inside?.Vr.mac.length === 0);
  },
  shielded: (story, profile) => {
    const lab = world(profile);
    const since = lab.now;
    lab.send('mallory', 'bob', forge(lab));
    story.refusedFor('bob has no way to compute a NULL MAC, and says so when he compares the algorithms', 'bob', {
      code: 'ERR_MAC_ALG',
      clause: 'rfc6043:6.2',
      turned: lab.turnedDown('bob', since),
    });
    story.holds('he does not bother the KMS', lab.sent('bob', 'RESOLVE_INIT_PSK') === 1);
    // What happens if he did not look.
    const careless = world({ ...profile, without: new Set([...profile.without, 'offerAlgorithmsMatch'] as const) });
    const from = careless.now;
    careless.send('mallory', 'bob', forge(careless));
    story.refusedFor('nor could he go on if he did not: no suite has it', 'bob', {
      code: 'ERR_MAC_ALG',
      clause: 'rfc6043:6.2',
      turned: careless.turnedDown('bob', from),
    });
    story.holds('so he does not ring', careless.endpoint('bob').state() !== 'ringing');
  },
};

/** W18. */
export const w18 = demonstration({ id: 'W18', ...nullMac });

/** B7. */
export const b7 = demonstration({ id: 'B7', ...nullMac });
