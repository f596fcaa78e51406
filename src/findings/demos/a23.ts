/**
 * A23: whether the CSB ID is in the label of session keys.
 *
 * @module
 * @see [RFC 6043, section 5.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.3)
 */
import { randRoles } from '../../../spec/registry/rand.ts';
import { strictProfile } from '../../../model/guard/profile.ts';
import { sessionKeyConstants } from '../../../model/keys/constants.ts';
import { one, optional } from '../../../model/message/select.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, user } from '../scenes.ts';
import { secret, shown } from '../story.ts';

const plain = scene([user('alice'), user('bob')], { steps: [call()] });

/** The TEK of the first session in a reading of the label. @param place - what stands where the CSB ID would be */
function tekOf(lab: Lab, place: (csbId: Uint8Array) => Uint8Array): Uint8Array {
  const { transferInit, answers } = lab.made();
  const { answer } = lab.taken('bob');
  const RANDRi = one(transferInit.payloads, 'RANDR', randRoles.RANDRi).rand;
  const RANDRr = answer.message && optional(answer.message.payloads, 'RANDR', randRoles.RANDRr)?.rand;
  const [TGK] = answers[0]?.keys.sessionKeys ?? [];
  const rand = (octets: Uint8Array | undefined): Uint8Array =>
    Buffer.concat([Uint8Array.of(octets?.length ?? 0), octets ?? new Uint8Array()]);
  const csId = answers[0]?.keys.sessions[0]?.csId ?? 0;
  const constant = Buffer.from(sessionKeyConstants.TEK, 'hex');
  const label = Buffer.concat([
    constant,
    Uint8Array.of(csId),
    place(transferInit.header.csbId),
    Uint8Array.of(3),
    rand(RANDRi),
    rand(RANDRr),
  ]);
  return bytes.prf(transferInit.header.prfFunc, TGK?.key ?? new Uint8Array(), {
    label,
    length: firstTek(answers[0]?.keys).length,
  });
}

/** A23. */
export const a23 = demonstration({
  id: 'A23',
  title: 'A CSB ID in the label of session keys, or none',
  rule: 'the label is as printed, with FF FF FF FF',
  setting: 'bob derives session keys with the CSB ID, as RFC 3830 does',
  unprotected: (story) => {
    const lab = new Lab(plain, { profile: strictProfile });
    const { csbId } = lab.made().transferInit.header;
    story.differ(
      'where RFC 6043 prints four octets of ones, RFC 3830 has the CSB ID',
      shown('printed', Uint8Array.of(255, 255, 255, 255)),
      shown('CSB ID', csbId),
    );
    story.differ(
      'so alice and bob set up a call in which neither decrypts the other',
      secret('TEK of alice', firstTek(lab.made().answers[0]?.keys)),
      secret(
        'TEK of bob',
        tekOf(lab, (id) => id),
      ),
    );
  },
  shielded: (story, profile) => {
    const lab = new Lab(plain, { profile });
    const alice = secret('TEK of alice', firstTek(lab.made().answers[0]?.keys));
    story.equal('both derive one TEK', alice, secret('TEK of bob', firstTek(lab.taken('bob').answer.keys)));
    story.equal(
      'which is that of the printed label',
      alice,
      secret(
        'TEK of the printed label',
        tekOf(lab, () => Uint8Array.of(255, 255, 255, 255)),
      ),
    );
  },
});
