/**
 * W8, C1, C2 and A19: CSB updates, where one key serves both directions.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import { tsTypes } from '../../../spec/registry/timestamps.ts';
import type { Bundle } from '../../../model/exchange/bundle.ts';
import { newSessionKeys, sealSuppliedKeys } from '../../../model/exchange/suppliedKeys.ts';
import { verifyUpdate } from '../../../model/exchange/updateInit.ts';
import { answerUpdate } from '../../../model/exchange/updateResp.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import type { Env, Profile } from '../../../model/guard/profile.ts';
import { messageAuthKey, type MessageKeyInput } from '../../../model/keys/protectionKeys.ts';
import { transferInitCoverage } from '../../../model/message/coverage.ts';
import type { Identity } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import type { TPayload } from '../../../model/message/payload.ts';
import { lastV, one } from '../../../model/message/select.ts';
import { freshT } from '../../../model/message/timestamps.ts';
import { appendV, macHolds } from '../../../model/protection/authentication.ts';
import { bytes } from '../../run/byteRun.ts';
import { establishedSides, startUpdate } from '../bundles.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek } from '../forge.ts';
import { envOf } from '../lab.ts';
import { xor } from '../literalIv.ts';
import { secret, shown, type Story } from '../story.ts';

const reflection = ['updateStarterIsPeer', 'updateNotReflected', 'updateTimestampUnused'] as const;

function envWith(name: string, profile: Profile, without: readonly CheckName[] = []): Env<Uint8Array> {
  return { ...envOf(name), profile: { ...profile, without: new Set([...profile.without, ...without]) } };
}

/** A message with V made anew, over identities in the given order. */
function signed(
  message: Message<Uint8Array>,
  keyInput: MessageKeyInput<Uint8Array>,
  identities: readonly Identity<Uint8Array>[],
): Message<Uint8Array> {
  const { authAlg: macAlg } = lastV(message.payloads);
  return appendV(
    bytes,
    { header: message.header, payloads: message.payloads.filter(({ kind }) => kind !== 'V') },
    {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, keyInput),
      cover: (draft) => transferInitCoverage(bytes, draft, identities),
    },
  );
}

/** Whether V holds for somebody who reads the standard in this way. */
function vHolds(
  message: Message<Uint8Array>,
  keyInput: MessageKeyInput<Uint8Array>,
  identities: readonly Identity<Uint8Array>[],
): boolean {
  const V = lastV(message.payloads);
  return macHolds(bytes, V, {
    authKey: messageAuthKey(bytes, V.authAlg, keyInput),
    data: transferInitCoverage(bytes, message, identities),
  });
}

/** Alice starts an update; somebody sends it back to her. */
function tellReflection(story: Story, profile: Profile): void {
  const { alice, bob } = establishedSides();
  const env = envWith('alice', profile);
  const { bundle, started } = startUpdate(env, alice);
  const taken = story.accepted(
    'alice starts an update with a new TGK; it comes back to her, and she takes it for an update of bob',
    verifyUpdate(env, started.message, bundle),
  );
  if (!taken) return;
  // The keys that she takes for those of bob are not in her bundle yet, as nobody has answered her own update.
  const done = story.accepted(
    'she answers it',
    answerUpdate(env, taken.bundle, { message: started.message, supply: [] }),
  );
  if (!done) return;
  const before = secret('TEK of bob', firstTek({ sessions: bob.keys }));
  story.equal('before, both had one TEK', secret('TEK of alice before', firstTek({ sessions: alice.keys })), before);
  story.differ(
    'now alice encrypts under a TEK that bob has never seen',
    secret('TEK of alice now', firstTek({ sessions: done.bundle.keys })),
    before,
  );
}

function tellRefusals(story: Story, profile: Profile): void {
  const { alice } = establishedSides();
  const { bundle, started } = startUpdate(envWith('alice', profile), alice);
  const texts = [
    'the first IDR is that of the one who starts: alice sees her own',
    'were it not, she knows the T as one of hers',
    'and if not as hers, then as used under these keys',
  ];
  for (const [index, check] of reflection.entries()) {
    const outcome = verifyUpdate(envWith('alice', profile, reflection.slice(0, index)), started.message, bundle);
    story.refusedStep(texts[index] ?? '', 'alice', { check, outcome });
  }
}

/** C1. */
export const c1 = demonstration({
  id: 'C1',
  title: 'An update is reflected to its sender, who takes it for one of the peer',
  checks: reflection,
  unprotected: tellReflection,
  shielded: tellRefusals,
});

/** W8. */
export const w8 = demonstration({
  id: 'W8',
  title: 'One key for both directions of an update, and no word on who Identity_i is',
  checks: reflection,
  unprotected: (story, profile) => {
    const { alice, bob } = establishedSides();
    const keyOf = ({ suite, keyInput }: Bundle<Uint8Array>): Uint8Array =>
      messageAuthKey(bytes, suite.macAlg, keyInput);
    story.equal(
      'both sides authenticate updates with one key',
      secret('auth_key of alice', keyOf(alice)),
      secret('auth_key of bob', keyOf(bob)),
    );
    const { started } = startUpdate(envWith('bob', profile), bob);
    const roles = [bob.initiator, bob.responder];
    const starterFirst = [bob.responder, bob.initiator];
    story.holds(
      'bob starts an update: V holds with Identity_i = alice, as in the initial exchange',
      vHolds(started.message, bob.keyInput, roles),
    );
    story.holds(
      'and not with Identity_i = bob, who is the one that starts',
      !vHolds(started.message, bob.keyInput, starterFirst),
    );
    tellReflection(story, profile);
  },
  shielded: (story, profile) => {
    tellRefusals(story, profile);
    const { alice } = establishedSides();
    const { started } = startUpdate(envWith('alice', profile), alice);
    const inOrder = signed(started.message, alice.keyInput, [alice.initiator, alice.responder]);
    story.holds(
      "what a better standard would do: with the starter's identity first, a reflected update has no valid MAC to its sender",
      vHolds(inOrder, alice.keyInput, [alice.initiator, alice.responder]) &&
        !vHolds(inOrder, alice.keyInput, [alice.responder, alice.initiator]),
    );
  },
});

/** A KEMAC with a new TGK, as a side would send it with a given T. */
function kemacOf(
  side: Bundle<Uint8Array>,
  env: Env<Uint8Array>,
  T: TPayload<Uint8Array>,
): { readonly cipher: Uint8Array; readonly plain: Uint8Array } {
  const keys = newSessionKeys(env, ['TGK'], { length: 32, tekLength: 32 });
  const { encrData } = sealSuppliedKeys(bytes, keys, { keyInput: side.keyInput, suite: side.suite, T });
  return { cipher: encrData, plain: bytes.encode({ kind: 'Key data', keys }) };
}

/** An update of bob's with another T, with a MAC that holds. */
function withT(bob: Bundle<Uint8Array>, message: Message<Uint8Array>, T: TPayload<Uint8Array>): Message<Uint8Array> {
  const payloads = message.payloads.map((payload) => (payload.kind === 'T' ? T : payload));
  return signed({ header: message.header, payloads }, bob.keyInput, [bob.initiator, bob.responder]);
}

/** C2. */
export const c2 = demonstration({
  id: 'C2',
  title: 'Both sides use one timestamp, and encrypt with one keystream',
  checks: ['updateTimestampUnused', 'updateTimestampPrecise'],
  unprotected: (story, profile) => {
    const { alice, bob } = establishedSides();
    const T = freshT(bytes, envOf('alice').source.now());
    const [a, b] = [kemacOf(alice, envOf('alice'), T), kemacOf(bob, envOf('bob'), T)];
    story.differ(
      'alice and bob each send a new key, with one T',
      secret('key data of alice', a.plain),
      secret('key data of bob', b.plain),
    );
    story.equal(
      'whoever listens has the XOR of the two',
      secret('XOR of both KEMACs', xor(a.cipher, b.cipher)),
      secret('XOR of both key data', xor(a.plain, b.plain)),
    );
    const first = startUpdate(envWith('alice', profile), alice);
    const { started } = startUpdate(envWith('bob', profile), bob);
    const again = withT(bob, started.message, one(first.started.message.payloads, 'T'));
    story.accepted(
      'a receiver that does not compare timestamps takes an update with a T that was used',
      verifyUpdate(envWith('alice', profile, ['updateNotReflected']), again, first.bundle),
    );
  },
  shielded: (story, profile) => {
    const { alice, bob } = establishedSides();
    const now = envOf('alice').source.now();
    const [a, b] = [
      kemacOf(alice, envOf('alice'), freshT(bytes, now)),
      kemacOf(bob, envOf('bob'), freshT(bytes, now + 1n)),
    ];
    story.differ(
      'with two T, one bit apart, the XOR of the KEMACs is worth nothing',
      secret('XOR of both KEMACs', xor(a.cipher, b.cipher)),
      secret('XOR of both key data', xor(a.plain, b.plain)),
    );
    const ours = [startUpdate(envWith('alice', profile), alice), startUpdate(envWith('bob', profile), bob)].map(
      ({ started }) => one(started.message.payloads, 'T').value,
    );
    story.holds(
      'the last bit of T is 0 if alice sends and 1 if bob does, so the two never collide',
      ours.map((octets) => (octets[7] ?? 0) & 1).join() === '0,1',
    );
    const { started } = startUpdate(envWith('bob', profile), bob);
    const used = verifyUpdate(envWith('alice', profile), started.message, alice);
    const after = story.accepted('alice takes an update of bob', used);
    story.refusedStep('and none with a T that was used under these keys', 'alice', {
      check: 'updateTimestampUnused',
      outcome: verifyUpdate(envWith('alice', profile), started.message, after?.bundle ?? alice),
    });
    const value = bytes.timestamp(tsTypes['NTP-UTC-32'], now);
    const coarse = withT(bob, started.message, { kind: 'T', tsType: tsTypes['NTP-UTC-32'], value });
    story.refusedStep('nor one with a T of whole seconds', 'alice', {
      check: 'updateTimestampPrecise',
      outcome: verifyUpdate(envWith('alice', profile), coarse, alice),
    });
  },
});

/** The update of bob as a peer would send it who reads the same keys otherwise. */
function otherReadings(
  bob: Bundle<Uint8Array>,
  message: Message<Uint8Array>,
): readonly {
  readonly says: string;
  readonly message: Message<Uint8Array>;
  readonly keyInput: MessageKeyInput<Uint8Array>;
  readonly identities: readonly Identity<Uint8Array>[];
}[] {
  const roles = [bob.initiator, bob.responder];
  const starterFirst = [bob.responder, bob.initiator];
  const asInitial = { ...bob.keyInput, direction: 'initial' } as const;
  return [
    {
      says: 'keys with the label of an initial message, as this is one',
      message: signed(message, asInitial, roles),
      keyInput: asInitial,
      identities: roles,
    },
    {
      says: 'the identity of the starter first',
      message: signed(message, bob.keyInput, starterFirst),
      keyInput: bob.keyInput,
      identities: starterFirst,
    },
  ];
}

/** A19. */
export const a19 = demonstration({
  id: 'A19',
  title: 'Which keys are the same keys, and whose identity comes first',
  checks: ['updateMacValid'],
  setting: 'a peer in another reading',
  unprotected: (story, profile) => {
    const { alice, bob } = establishedSides();
    const checking = { ...profile, without: new Set<never>() };
    const { started } = startUpdate(envWith('bob', checking), bob);
    for (const { says, message, keyInput, identities } of otherReadings(bob, started.message)) {
      story.differ(
        `${says}: V of the same update is another one`,
        shown('V in our reading', lastV(started.message.payloads).mac),
        shown('V in the other reading', lastV(message.payloads).mac),
      );
      story.refusedStep('alice turns it down', 'alice', {
        check: 'updateMacValid',
        outcome: verifyUpdate(envWith('alice', checking), message, alice),
      });
      story.holds('and the peer turns ours down', !vHolds(started.message, keyInput, identities));
    }
  },
  shielded: (story, profile) => {
    const { alice, bob } = establishedSides();
    const { started } = startUpdate(envWith('bob', profile), bob);
    story.accepted(
      'the keys of the last message of the initial exchange, identities by their roles in it: alice takes the update of bob',
      verifyUpdate(envWith('alice', profile), started.message, alice),
    );
    for (const { says, message } of otherReadings(bob, started.message)) {
      story.refusedStep(`${says}: nothing else is taken`, 'alice', {
        check: 'updateMacValid',
        outcome: verifyUpdate(envWith('alice', profile), message, alice),
      });
    }
  },
});
