/**
 * A9 and W14: two texts about the V flag of HDR that contradict each other.
 *
 * @module
 * @see [RFC 6043, section 6.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1)
 */
import { randRoles } from '../../../spec/registry/rand.ts';
import { strictProfile } from '../../../model/guard/profile.ts';
import { messageAuthKey } from '../../../model/keys/protectionKeys.ts';
import { initialCoverage } from '../../../model/message/coverage.ts';
import type { Message } from '../../../model/message/message.ts';
import { lastV, one } from '../../../model/message/select.ts';
import { appendV } from '../../../model/protection/authentication.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { identityOf } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, user } from '../scenes.ts';
import { shown } from '../story.ts';

const plain = scene([user('alice'), user('bob')], { steps: [call()] });

/** The octet of HDR with V flag and PRF func. */
const flagOctet = 3;

/** A REQUEST_INIT of alice's with a V flag. */
function requestWithV(lab: Lab, v: boolean): Message<Uint8Array> {
  const { requestInit } = lab.made();
  const header = { ...requestInit.header, v, csbId: lab.env('alice').source.random(4, 'CSB ID') };
  const { authAlg: macAlg } = lastV(requestInit.payloads);
  const RANDRi = one(requestInit.payloads, 'RANDR', randRoles.RANDRi).rand;
  const { key: inkey } = lab.psk('alice');
  const key = { prfFunc: header.prfFunc, inkey, direction: 'initial', csbId: header.csbId, RANDRi } as const;
  return appendV(
    bytes,
    { header, payloads: requestInit.payloads.filter(({ kind }) => kind !== 'V') },
    {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, key),
      cover: (draft) => initialCoverage(bytes, draft, [identityOf('alice'), lab.kms().identity]),
    },
  );
}

function octetOf(message: Message<Uint8Array>): Uint8Array {
  return bytes.encode({ kind: 'Message', message }).slice(flagOctet, flagOctet + 1);
}

/** What a receiver demands who knows one of the two texts only. */
const strictReaders = [
  { text: '4.2.1.1: V must be 1', demands: true },
  { text: '6.1: V must be 0 in all messages except TRANSFER_INIT for CSB updating', demands: false },
] as const;

/** Both halves about the V flag, which are a reading (A9) and a contradiction (W14) at once. */
const vFlag: Omit<Parameters<typeof demonstration>[0], 'id'> = {
  title: 'Two texts about the V flag of REQUEST_INIT: no sender pleases both',
  rule: 'V is taken either way where the texts contradict each other',
  setting: 'receivers that demand what one of the two texts says',
  unprotected: (story) => {
    const lab = new Lab(plain, { profile: strictProfile });
    for (const sender of strictReaders) {
      const octet = octetOf(requestWithV(lab, sender.demands));
      for (const receiver of strictReaders) {
        const taken = (((octet[0] ?? 0) & 0x80) !== 0) === receiver.demands;
        const same = sender === receiver;
        story.holds(
          `sent by ${sender.text}; a receiver that follows ${receiver.text.split(':')[0] ?? ''} ${same ? 'takes it' : 'turns it down'}`,
          taken === same,
        );
      }
    }
  },
  shielded: (story, profile) => {
    const lab = new Lab(plain, { profile });
    story.equal(
      'we send V = 1, by the text of the exchange',
      shown('octet of HDR', octetOf(lab.made().requestInit)),
      shown('octet with V = 1', octetOf(requestWithV(lab, true))),
    );
    for (const { text, demands } of strictReaders) {
      const before = lab.sent('kms', 'REQUEST_RESP');
      lab.send('alice', 'kms', requestWithV(lab, demands));
      story.holds(`sent by ${text}: our KMS answers`, lab.sent('kms', 'REQUEST_RESP') === before + 1);
    }
  },
};

/** A9. */
export const a9 = demonstration({ id: 'A9', ...vFlag });

/** W14. */
export const w14 = demonstration({ id: 'W14', ...vFlag });
