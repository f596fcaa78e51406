/**
 * A1, A9 (with W14) and A23: readings that change octets or keys.
 *
 * @module
 * @see [RFC 3830, section 4.2.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.3)
 * @see [RFC 6043, section 6.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1)
 * @see [RFC 6043, section 5.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.3)
 */
import { randRoles } from '../../../spec/registry/rand.ts';
import { grantTicket, type Granted } from '../../../model/exchange/requestResp.ts';
import { strictProfile, type Profile } from '../../../model/guard/profile.ts';
import { sessionKeyConstants } from '../../../model/keys/constants.ts';
import { messageAuthKey } from '../../../model/keys/protectionKeys.ts';
import { initialCoverage } from '../../../model/message/coverage.ts';
import type { Message } from '../../../model/message/message.ts';
import { lastV, one, optional } from '../../../model/message/select.ts';
import { kmsAuthority } from '../../../model/modes/scenarioPolicy.ts';
import type { NamedKey } from '../../../model/policy/account.ts';
import { appendV } from '../../../model/protection/authentication.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek, identityOf, value } from '../forge.ts';
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
  const { key: inkey } = lab.device('alice').psk;
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

/** The octet of HDR with V flag and PRF func. */
const flagOctet = 3;

/** A REQUEST_INIT of alice's with a V flag. */
function requestWithV(lab: Lab, v: boolean): Message<Uint8Array> {
  const { requestInit } = lab.made();
  const header = { ...requestInit.header, v, csbId: lab.env('alice').source.random(4, 'CSB ID') };
  const { authAlg: macAlg } = lastV(requestInit.payloads);
  const RANDRi = one(requestInit.payloads, 'RANDR', randRoles.RANDRi).rand;
  const { key: inkey } = lab.device('alice').psk;
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
