/**
 * Vectors that are to be turned down: each by our own roles, at the message that it names, for the reason that it gives; and by the judge, who finds
 * the fault at the same message and none if it is not there.
 */
import { describe, expect, test } from 'vitest';
import { catalogue, type CheckName } from '../../model/guard/catalogue.ts';
import { errorChecks } from '../../model/guard/errorChecks.ts';
import { play } from '../../model/modes/play.ts';
import { judgeVector } from '../../src/judge/judge.ts';
import { interpretation } from '../../src/run/byteRun.ts';
import { allAttacks } from '../../src/run/rejected/index.ts';
import { perform, type HonestRuns } from '../../src/run/rejected/perform.ts';
import { listMessages } from '../../src/run/vector/messages.ts';
import type { NoteName } from '../../src/run/vector/notes.ts';
import { policyOf } from '../../src/run/vector/vectorOf.ts';
import type { Vector } from '../../src/run/vectors.ts';

const seed = 'rejected';
const honestRuns: HonestRuns = new Map();
const attacks = allAttacks();
const performed = attacks.map((attack) => ({ attack, vector: perform(attack, seed, honestRuns) }));

/** Why no message on the wire shows that these fail. */
const without: Readonly<Partial<Record<CheckName, string>>> = {
  requestedTicketKeyShared: 'with whom the KMS shares TPKs stands in no message, nor in the context of a vector',
  calleeInTicket: 'made by the Initiator before it sends anything',
  heldTicketValidNow: 'made by the Initiator before it sends anything',
  heldTicketReusable: 'made by the Initiator before it sends anything; offerTicketReusable is the one of the Responder',
  heldGroupVerified: 'made by the Initiator before it sends anything',
  heldTicketMine: 'made by the Initiator before it sends anything',
  creationAllowed: 'made by the Initiator before it sends anything; ticketMakerAuthorized is the one of the KMS',
  createdFlagsLegal: 'made by the Initiator before it sends anything',
  createdKeysAdequate: 'made by the Initiator before it sends anything',
  callMaySupplyKeys: 'made by the Initiator before it sends anything; offerKemacAllowed is the one of the Responder',
  callHasKeys: 'made by the Initiator before it sends anything',
  answerMaySupplyKeys: 'made by the Responder before it answers; answerKemacAllowed is the one of the Initiator',
  ticketNamesThisKms: 'a ticket that names another KMS is passed on to it before it would be opened',
  errorAnswersNoError:
    'who sent an Error message listens no more, so that the answer to it never gets as far as this check',
  errorSignatureValid:
    'no run has signed Error messages: a KMS sends those about public-key messages under the envelope key',
  kmsCertificateValid: 'made before anything is sent',
  kmsCertificateNamesKms: 'made before anything is sent',
  requesterCertificateKnown: 'which certificates are on file stands in no message, nor in the context of a vector',
  resolverCertificateKnown: 'which certificates are on file stands in no message, nor in the context of a vector',
  requestKmsKeyKnown: 'a vector has the RSA key of the KMS and not its certificate, of which CHASH is the hash',
  resolveKmsKeyKnown: 'a vector has the RSA key of the KMS and not its certificate, of which CHASH is the hash',
  requestEnvelopeNotReplayed:
    'shown in the tests of signed messages; a vector needs two users with one envelope, which the runs do not have',
  resolveEnvelopeNotReplayed:
    'shown in the tests of signed messages; a vector needs two users with one envelope, which the runs do not have',
  keysWithinRekeyInterval: 'both sides make it at the same time, and who starts the update makes it first',
  updateAnswerAllowed: 'an update without answer is legal: only our own profile turns it down',
  updateSessionsConsistent: 'shown in the tests of updates; the runs change no policy of a session',
};

describe('the checks of the catalogue', () => {
  const shown = new Set(attacks.map(({ refused }) => ('check' in refused ? refused.check : undefined)));

  test('each have a vector in which they fail, or a reason why not', () => {
    const missing = (Object.keys(catalogue) as CheckName[]).filter((name) => !shown.has(name) && !(name in without));
    expect(missing).toEqual([]);
    expect(Object.keys(without).filter((name) => shown.has(name as CheckName))).toEqual([]);
    expect(Object.keys(errorChecks).filter((name) => shown.has(name as CheckName)).length).toBeGreaterThan(3);
  });
});

describe('our own roles', () => {
  test('turn down exactly the message that is named, with exactly the error that is named', () => {
    for (const { attack, vector } of performed) {
      const { refused } = attack;
      const error = 'check' in refused ? catalogue[refused.check].code : refused.code;
      expect([vector.name, vector.reject!.error]).toEqual([vector.name, error]);
      expect(vector.reject!.message).toBeLessThan(vector.messages.length);
    }
  });

  test('would find nothing wrong if nothing was changed', () => {
    const inNeed = attacks.filter(({ careless = [], short, change }) => careless.length === 0 && !short && change);
    const scenarios = new Map(inNeed.map(({ scenario }) => [JSON.stringify(scenario), scenario]));
    for (const scenario of scenarios.values()) {
      const { outcomes } = play(interpretation(seed), scenario);
      expect([scenario.title, outcomes.every(({ asExpected }) => asExpected)]).toEqual([scenario.title, true]);
    }
    expect(scenarios.size).toBeGreaterThan(10);
  });

  test('an attack that nobody notices, or somebody else, or for another reason, makes no vector', () => {
    const [first] = attacks;
    const { flag, what, scenario, at, refused } = first!;
    const idle = { flag, what, scenario, at, refused };
    expect(() => perform(idle, seed)).toThrow('nobody noticed');
    expect(() => perform({ ...first!, refused: { by: 'alice', check: 'requestMacValid' } }, seed)).toThrow(
      'kms turned it down',
    );
    expect(() => perform({ ...first!, refused: { by: 'kms', check: 'requesterKnown' } }, seed)).toThrow(
      'requestMacValid',
    );
    expect(() => perform({ ...first!, at: { type: 'TRANSFER_INIT', to: 'kms' } }, seed)).toThrow('never came');
  });
});

describe('the judge', () => {
  test('finds the fault at the message that is named', () => {
    for (const { vector } of performed) expect([vector.name, errorsOf(vector)]).toEqual([vector.name, []]);
  });

  test('does not take the message before for the one that is at fault', () => {
    const wrong = performed
      .filter(({ vector: { reject } }) => reject!.message > 0)
      .map(({ vector }) => {
        const reject = { ...vector.reject!, message: vector.reject!.message - 1 };
        return { name: vector.name, taken: errorsOf({ ...vector, reject }).length === 0 };
      });
    // A forged ticket is at fault in every message that carries it; without agreement a KMS should not even have been asked.
    const shared = new Set(
      performed
        .filter(({ attack, vector }) => carriesOneTicket(vector) || attack.what.endsWith('without agreement'))
        .map(({ vector }) => vector.name),
    );
    expect(wrong.filter(({ name, taken }) => taken && !shared.has(name))).toEqual([]);
    expect(wrong.length).toBeGreaterThan(200);
  });

  test('finds nothing in the message that would have come in its place', () => {
    for (const { attack, vector } of performed) {
      const { careless = [], short } = attack;
      if (careless.length > 0 || short || !attack.change || isReplay(attack.flag)) continue;
      const { trace: honest } = honestRuns.get(
        JSON.stringify([seed, attack.scenario, attack.careless ?? [], attack.short]),
      )!;
      const octets = new Set(honest.messages.map((hop) => Buffer.from(hop.octets).toString('hex')));
      const at = vector.messages.findIndex(({ hex }) => !octets.has(hex));
      const sent = honest.messages.filter(({ type, to }) => type === attack.at.type && to === attack.at.to)[
        (attack.at.nth ?? 1) - 1
      ]!;
      const messages = vector.messages.map((message, index) =>
        index === at ? { ...message, hex: Buffer.from(sent.octets).toString('hex') } : message,
      );
      const policy = policyOf(listMessages(honest)) ?? vector.policy;
      const mended = {
        ...vector,
        policy,
        messages: messages.slice(0, at + 1),
        reject: { ...vector.reject!, message: at },
      };
      expect([vector.name, errorsOf(mended)]).toEqual([
        vector.name,
        [expect.stringContaining('nothing is wrong with it')],
      ]);
    }
  });

  test('sees that whoever has the keys made the MAC anew: nothing but the one thing is wrong', () => {
    const stolen = new Set<NoteName>([
      'ModifiedMessage',
      'UnknownKey',
      'WidenedPolicy',
      'NullMac',
      'BadModifier',
      'Replay',
    ]);
    const broken = new Set<NoteName>([
      'Truncated',
      'TrailingOctets',
      'MissingPayload',
      'DuplicatePayload',
      'UnknownAlgorithm',
    ]);
    const signed = performed.filter(({ attack: { flag } }) => !stolen.has(flag) && !broken.has(flag));
    for (const { attack, vector } of signed) {
      const { name, mode, policy, secrets, messages } = vector;
      const expected = { mpki: '', mpkr: null, forks: {} };
      const reasons = judgeVector({ name, mode, policy, secrets, messages, expected }).map(({ reason }) => reason);
      // A changed ticket of the KMS, and an Error message under another MAC, are meant.
      const isMeant = attack.flag === 'BadErrorMessage' || attack.flag === 'InitiatorData' || vector.mode === 'two-kms';
      const macs = reasons.filter((reason) => reason.startsWith('the MAC'));
      expect([vector.name, isMeant || isTypeOfTicket(attack.flag) ? [] : macs]).toEqual([vector.name, []]);
    }
    expect(signed.length).toBeGreaterThan(200);
  });
});

function errorsOf(vector: Vector): readonly string[] {
  return judgeVector(vector)
    .filter(({ level }) => level === 'error')
    .map(({ reason }) => reason);
}

function isReplay(flag: NoteName): boolean {
  return flag === 'Replay';
}

function isTypeOfTicket(flag: NoteName): boolean {
  return flag === 'UnsupportedTicket';
}

/** Whether the message before is a TRANSFER_INIT with the ticket that the named message carries. */
function carriesOneTicket({ messages, reject }: Vector): boolean {
  const [before, named] = [messages[reject!.message - 1], messages[reject!.message]];
  return before?.type === 'TRANSFER_INIT' && named?.type.startsWith('RESOLVE_INIT') === true;
}
