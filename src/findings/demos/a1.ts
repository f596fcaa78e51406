/**
 * A1: whose timestamp goes into the IV of a KEMAC.
 *
 * @module
 * @see [RFC 3830, section 4.2.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.3)
 */
import { grantTicket, type Granted } from '../../../model/exchange/requestResp.ts';
import { strictProfile, type Profile } from '../../../model/guard/profile.ts';
import type { Message } from '../../../model/message/message.ts';
import { one } from '../../../model/message/select.ts';
import { kmsAuthority } from '../../../model/modes/scenarioPolicy.ts';
import type { NamedKey } from '../../../model/policy/account.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { identityOf, value } from '../forge.ts';
import { Lab } from '../lab.ts';
import { inLiteralReading, plaintextOf, requestRespKeying, xor } from '../literalIv.ts';
import { call, scene, user } from '../scenes.ts';
import { secret, shown } from '../story.ts';

const plain = scene([user('alice'), user('bob')], { steps: [call()] });

/** A KMS that keeps nothing answers one request of alice's twice, as when it is sent again. */
function answeredTwice(
  lab: Lab,
  profile: Profile,
): {
  readonly request: Message<Uint8Array>;
  readonly inkey: Uint8Array;
  readonly granted: readonly Granted<Uint8Array>[];
} {
  const { requestInit: request } = lab.made();
  const { key: inkey } = lab.psk('alice');
  const store = lab.kms();
  const input = {
    kms: store.identity,
    authority: kmsAuthority(plain, store.spec, []),
    TPK: store.ticketKeys[0] as NamedKey<Uint8Array>,
    requester: identityOf('alice'),
    inkey,
  };
  const env = { ...lab.env('kms'), profile };
  return { request, inkey, granted: [1, 2].map(() => value(grantTicket(env, request, input))) };
}

/** A1. */
export const a1 = demonstration({
  id: 'A1',
  title: 'The timestamp of the request in the IV of the response: one keystream for two answers',
  rule: 'the IV holds the timestamp of the message that carries the KEMAC',
  unprotected: (story) => {
    const lab = new Lab(plain, { profile: strictProfile });
    const { request, inkey, granted } = answeredTwice(lab, strictProfile);
    const [a, b] = granted.map((one) => plaintextOf(one, request, inkey)) as [Uint8Array, Uint8Array];
    story.differ(
      'a KMS without memory answers a request twice, with different keys',
      secret('keys of the first answer', a),
      secret('keys of the second answer', b),
    );
    const [c, d] = granted.map(
      (answer) => one(inLiteralReading(answer, request, inkey).payloads, 'KEMAC').encrData,
    ) as [Uint8Array, Uint8Array];
    story.equal(
      'whoever listens has the XOR of both key sets',
      secret('XOR of both KEMACs', xor(c, d)),
      secret('XOR of both key sets', xor(a, b)),
    );
    const [first] = granted;
    if (!first) return;
    const { encrAlg, encrData } = one(first.message.payloads, 'KEMAC');
    const read = bytes.decrypt(encrAlg, requestRespKeying(request, inkey, { encrAlg, carrier: request }), {
      data: encrData,
    });
    story.differ(
      'and the two readings do not understand each other',
      secret('keys that one sends', a),
      secret('keys that the other reads', read),
    );
  },
  shielded: (story, profile) => {
    const lab = new Lab(plain, { profile });
    const { request, inkey, granted } = answeredTwice(lab, profile);
    const [a, b] = granted.map((one) => plaintextOf(one, request, inkey)) as [Uint8Array, Uint8Array];
    const [T1, T2] = granted.map(({ message }) => one(message.payloads, 'T').value) as [Uint8Array, Uint8Array];
    story.differ(
      'each answer has a timestamp of its own',
      shown('T of the first answer', T1),
      shown('T of the second answer', T2),
    );
    const [c, d] = granted.map(({ message }) => one(message.payloads, 'KEMAC').encrData) as [Uint8Array, Uint8Array];
    story.differ(
      'so the XOR of the KEMACs is worth nothing',
      secret('XOR of both KEMACs', xor(c, d)),
      secret('XOR of both key sets', xor(a, b)),
    );
    const since = lab.now;
    lab.send('proxy', 'kms', request);
    story.refused('besides, our KMS does not answer a request twice', 'kms', {
      check: 'requestNotReplayed',
      turned: lab.turnedDown('kms', since),
    });
  },
});
