/**
 * W1: in public-key mode, whoever copies envelope, CSB ID, RANDRi and timestamp of a request has two key sets encrypted with one keystream.
 *
 * @module
 * @see [RFC 3830, section 4.2.3](https://www.rfc-editor.org/rfc/rfc3830.html#section-4.2.3)
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 */
import { idRoles } from '../../../spec/registry/identities.ts';
import { tsTypes } from '../../../spec/registry/timestamps.ts';
import { wantedKeys } from '../../../model/exchange/newKeys.ts';
import { openResolveResp } from '../../../model/exchange/openResolveResp.ts';
import type { Granted } from '../../../model/exchange/requestResp.ts';
import { buildResolveInitPk } from '../../../model/exchange/resolveInitPk.ts';
import { withPublicKeys, type Profile } from '../../../model/guard/profile.ts';
import { initialCoverage } from '../../../model/message/coverage.ts';
import type { Message } from '../../../model/message/message.ts';
import type { KeyDataPayload, Payload, TpPayload } from '../../../model/message/payload.ts';
import { lastSign, one } from '../../../model/message/select.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import { readTpData, writeTpData } from '../../../model/policy/tpData.ts';
import { appendSign } from '../../../model/protection/signature.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { identityOf, value } from '../forge.ts';
import { Lab } from '../lab.ts';
import { grantedKeys, inLiteralReading, xor } from '../literalIv.ts';
import { call, scene, user } from '../scenes.ts';
import { secret, shown, type Story } from '../story.ts';

/** All have certificates. Alice asks for a ticket and calls bob; mallory and eve work together. */
function world(profile: Profile): Lab {
  const users = ['alice', 'bob', 'mallory', 'eve'].map((name) => user(name, { access: 'certificate' }));
  return new Lab(scene(users, { steps: [call()] }), { profile });
}

/** What mallory asks for: a ticket without key forking that eve resolves, with as many keys as that of alice has. */
function wish({ kind, policy }: TpPayload<Uint8Array>): TpPayload<Uint8Array> {
  const asked = readTpData(bytes, policy.tpData);
  const KEMAC = wantedKeys(bytes, ['TGK', 'TGK'], { length: 32 });
  const tpData = writeTpData(bytes, { ...asked, IDRi: identityOf('mallory'), IDRr: [identityOf('eve')], KEMAC });
  return { kind, policy: { ...policy, flags: flagsOf('DEFGHJNO'), tpData } };
}

/** Mallory's request, with all of alice's that makes keystream: PKE, CSB ID, RANDRi and T. */
function copied(lab: Lab): Message<Uint8Array> {
  const { header, payloads } = lab.made().requestInit;
  const mine = identityOf('mallory');
  const { signer, chain } = lab.certified('mallory').own;
  const changed = payloads.flatMap((payload): readonly Payload<Uint8Array>[] => {
    if (payload.kind === 'SIGN') return [];
    if (payload.kind === 'TP') return [wish(payload)];
    if (payload.kind === 'CERT') return [{ ...payload, data: chain[0] }];
    return payload.kind === 'IDR' && payload.role === idRoles.IDRi ? [{ ...payload, ...mine }] : [payload];
  });
  const cover = (draft: Message<Uint8Array>): Uint8Array => initialCoverage(bytes, draft, [mine, lab.kms().identity]);
  return appendSign(withPublicKeys(lab.env('mallory')), { header, payloads: changed }, { signer, cover });
}

/** Eve resolves mallory's ticket, so the two know the keys in the KEMAC of mallory's answer. */
function resolveOwn(lab: Lab, answer: Message<Uint8Array>): readonly KeyDataPayload<Uint8Array>[] {
  const env = withPublicKeys(lab.env('eve'));
  const ticket = one(answer.payloads, 'TICKET');
  const resolver = identityOf('eve');
  const { identity: kms } = lab.kms();
  const request = { responder: resolver, kms, access: lab.certified('eve') };
  const { message: sent, envelopeKey: inkey } = value(buildResolveInitPk(env, request, ticket));
  lab.send('eve', 'kms', sent);
  const response = lab.lastFrom('kms', 'RESOLVE_RESP');
  return openResolveResp(env, response, { sent, kms, inkey, policy: ticket.policy, resolver, need: () => {} }).all;
}

/** Both answers, what mallory knows of hers, and the keys in alice's. */
interface Taken {
  readonly ofAlice: Message<Uint8Array>;
  readonly ofMallory: Message<Uint8Array>;
  readonly known: readonly KeyDataPayload<Uint8Array>[];
  readonly wanted: readonly KeyDataPayload<Uint8Array>[];
}

/** @param literal - whether the KMS puts the timestamp of the request into the IV */
function attack(story: Story, lab: Lab, literal: boolean): Taken | undefined {
  const { requestInit: sent, requestKey } = lab.made();
  const copy = copied(lab);
  story.equal(
    'mallory copies PKE of alice',
    shown('PKE of alice', one(sent.payloads, 'PKE').data),
    shown('PKE of mallory', one(copy.payloads, 'PKE').data),
  );
  story.differ(
    'and signs with her own key',
    shown('SIGN of alice', lastSign(sent.payloads).signature),
    shown('SIGN of mallory', lastSign(copy.payloads).signature),
  );
  lab.send('mallory', 'kms', copy);
  const [genuine, mine] = lab.played.kmss[0]?.granted ?? [];
  story.holds('the KMS answers her: a cache of whole messages does not know hers', mine !== undefined);
  if (!genuine || !mine) return undefined;
  const read = (granted: Granted<Uint8Array>, request: Message<Uint8Array>): Message<Uint8Array> =>
    literal ? inLiteralReading(granted, request, requestKey) : granted.message;
  const ofMallory = read(mine, copy);
  const wanted = grantedKeys(genuine, sent, requestKey);
  return { ofAlice: read(genuine, sent), ofMallory, known: resolveOwn(lab, ofMallory), wanted };
}

/** Octets of a key data sub-payload before the key, and behind it: KV is SPI, of four octets. */
const keyDataHeader = 4;
const spiField = 5;

/** What mallory computes: ciphertext of alice, ciphertext of her own, and the keys that she knows, at the place of each key. */
function recovered({ ofAlice, ofMallory, known }: Taken): readonly Uint8Array[] {
  const streams = [ofAlice, ofMallory].map(({ payloads }) => one(payloads, 'KEMAC').encrData);
  let offset = 0;
  return known.map((key) => {
    const start = offset + keyDataHeader;
    offset = start + key.key.length + spiField;
    return xor(...streams.map((octets) => octets.slice(start, start + key.key.length)), key.key);
  });
}

const names = ['MPKi', 'MPKr', 'TGK'] as const;

/** W1. */
export const w1 = demonstration({
  id: 'W1',
  title: 'An insider copies a public-key request, and computes MPKi, MPKr and TGK of its sender',
  checks: ['requestEnvelopeNotReplayed'],
  rule: 'the IV holds the timestamp of the response',
  unprotected: (story, profile) => {
    const taken = attack(story, world(profile), true);
    if (!taken) return;
    story.holds('eve resolves the ticket of mallory, so they know three keys in her answer', taken.known.length === 3);
    for (const [index, octets] of recovered(taken).entries()) {
      const name = names[index] ?? 'key';
      story.equal(
        `the XOR of both answers and of what they know is ${name} of alice`,
        secret(`${name} of alice`, taken.wanted[index]?.key ?? new Uint8Array()),
        secret(`${name} that mallory computes`, octets),
      );
    }
  },
  shielded: (story, profile) => {
    const lab = world(profile);
    const since = lab.now;
    lab.send('mallory', 'kms', copied(lab));
    story.refused('the KMS answers no second request with the same PKE, RANDRi and CSB ID', 'kms', {
      check: 'requestEnvelopeNotReplayed',
      turned: lab.turnedDown('kms', since),
    });
    const counter = { tsType: tsTypes.COUNTER, value: Uint8Array.of(0, 0, 0, 1) };
    const { header, payloads } = lab.made().requestInit;
    const before = lab.now;
    lab.send('mallory', 'kms', {
      header,
      payloads: payloads.map((payload) => (payload.kind === 'T' ? { ...payload, ...counter } : payload)),
    });
    story.refused('nor one with a COUNTER, which its answer could repeat', 'kms', {
      check: 'requestTimestampFresh',
      turned: lab.turnedDown('kms', before),
    });
    // What is left if the memory is lost.
    const without = new Set([...profile.without, 'requestEnvelopeNotReplayed'] as const);
    const taken = attack(story, world({ ...profile, without }), false);
    const [octets] = taken ? recovered(taken) : [];
    story.differ(
      'had it forgotten the first one: each answer has a T of its own, and XOR gives nothing',
      secret('MPKi of alice', taken?.wanted[0]?.key ?? new Uint8Array()),
      secret('what mallory computes', octets ?? new Uint8Array()),
    );
  },
});
