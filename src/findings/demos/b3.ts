/**
 * B3: an Initiator that believes the K flag instead of comparing is handed a weaker policy.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.6](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.6)
 */
import { randRoles } from '../../../spec/registry/rand.ts';
import { grantTicket } from '../../../model/exchange/requestResp.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import { messageAuthKey } from '../../../model/keys/protectionKeys.ts';
import { responseCoverage } from '../../../model/message/coverage.ts';
import type { Message } from '../../../model/message/message.ts';
import { lastV, one } from '../../../model/message/select.ts';
import { kmsAuthority } from '../../../model/modes/scenarioPolicy.ts';
import type { NamedKey } from '../../../model/policy/account.ts';
import { appendV } from '../../../model/protection/authentication.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { identityOf, value, withPayloads } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, user } from '../scenes.ts';

const plain = scene([user('alice'), user('bob')], { steps: [call()] });

/** Alice waits for her ticket; the answer of the KMS got lost. */
function waiting(profile: Profile): Lab {
  let lost = false;
  return new Lab(plain, {
    profile,
    intercept: ({ type, octets }) => {
      if (lost || type !== 'REQUEST_RESP') return [octets];
      lost = true;
      return [];
    },
  });
}

/** A REQUEST_RESP of a KMS that grants less than was asked for, without key forking, and sets K to 0. */
function weaker(lab: Lab): Message<Uint8Array> {
  const { requestInit } = lab.made();
  const { key: inkey } = lab.psk('alice');
  const store = lab.kms();
  const without = withPayloads(requestInit, (payload) =>
    payload.kind === 'TP'
      ? [{ ...payload, policy: { ...payload.policy, flags: { ...payload.policy.flags, I: false } } }]
      : [payload],
  );
  const input = {
    kms: store.identity,
    authority: kmsAuthority(plain, store.spec, []),
    TPK: store.ticketKeys[0] as NamedKey<Uint8Array>,
    requester: identityOf('alice'),
    inkey,
  };
  const { message } = value(grantTicket(lab.env('kms'), without, input));
  const { authAlg: macAlg } = lastV(message.payloads);
  const { header, payloads } = requestInit;
  const RANDRi = one(payloads, 'RANDR', randRoles.RANDRi).rand;
  const key = { prfFunc: header.prfFunc, inkey, direction: 'response', csbId: header.csbId, RANDRi } as const;
  return appendV(
    bytes,
    { header: message.header, payloads: message.payloads.filter(({ kind }) => kind !== 'V') },
    {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, key),
      cover: (draft) => responseCoverage(bytes, draft, requestInit),
    },
  );
}

/** B3. */
export const b3 = demonstration({
  id: 'B3',
  title: 'K = 0 says that nothing was changed, though key forking was taken away',
  checks: ['grantedPolicyAcceptable'],
  unprotected: (story, profile) => {
    const lab = waiting(profile);
    const response = weaker(lab);
    const { flags } = one(response.payloads, 'TICKET').policy;
    story.holds('alice asked for key forking', one(lab.made().requestInit.payloads, 'TP').policy.flags.I);
    story.holds('a KMS grants a ticket without, and K = 0', !flags.I && !flags.K);
    lab.send('kms', 'alice', response);
    story.holds(
      'alice, who believes K, calls with it',
      lab.caller().state() === 'awaitingTransferResp' && !lab.made().held.ticket.policy.flags.I,
    );
  },
  shielded: (story, profile) => {
    const lab = waiting(profile);
    lab.send('kms', 'alice', weaker(lab));
    story.refused('alice compares for herself', 'alice', {
      check: 'grantedPolicyAcceptable',
      turned: lab.turnedDown('alice'),
    });
    story.holds('and does not call', lab.caller().state() === 'failed' && lab.sent('alice', 'TRANSFER_INIT') === 0);
  },
});
