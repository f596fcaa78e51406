/**
 * W3 and B4: three places where IDRi must be compared; whoever leaves one out lets mallory call as alice, and hands her the keys.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 */
import { acceptAnswer } from '../../../model/exchange/acceptAnswer.ts';
import { wantedKeys } from '../../../model/exchange/newKeys.ts';
import { buildRequestInit, type TicketRequest } from '../../../model/exchange/requestInit.ts';
import { acceptRequestResp } from '../../../model/exchange/requestResp.ts';
import { buildTransferInit } from '../../../model/exchange/transferInit.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import { suites } from '../../../model/keys/suite.ts';
import { second } from '../../../model/message/timestamps.ts';
import { strictFlags } from '../../../model/modes/scenario.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import { writeTpData } from '../../../model/policy/tpData.ts';
import { mikeyBaseTicket, numbersOf } from '../../../model/ticket/ticketType.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { callAs, firstTek, identityOf, nameIn, value } from '../forge.ts';
import { Lab } from '../lab.ts';
import { scene, sip, user } from '../scenes.ts';
import { secret, type Story } from '../story.ts';

/** Where mallory writes alice in place of herself, and the check that is to see it. */
interface Lie {
  readonly says: string;
  readonly inTp: string;
  readonly inRequest: string;
  readonly inOffer: string;
  readonly by: 'kms' | 'bob';
  readonly check: CheckName;
}

const lies: readonly Lie[] = [
  {
    says: 'IDRi of the requested Ticket Policy',
    inTp: 'alice',
    inRequest: 'mallory',
    inOffer: 'alice',
    by: 'kms',
    check: 'requestedPolicyNamesRequester',
  },
  {
    says: 'IDRi of REQUEST_INIT, under her own key',
    inTp: 'alice',
    inRequest: 'alice',
    inOffer: 'alice',
    by: 'kms',
    check: 'requesterOwnsIdentity',
  },
  {
    says: 'IDRi of TRANSFER_INIT, with a ticket of her own',
    inTp: 'mallory',
    inRequest: 'mallory',
    inOffer: 'alice',
    by: 'bob',
    check: 'offerCallerOwnsTicket',
  },
];

/** What mallory asks the KMS for. */
function requestOf(lab: Lab, lie: Lie): TicketRequest<Uint8Array> {
  const suite = suites.sha256;
  const { source } = lab.env('mallory');
  const tpData = writeTpData(bytes, {
    IDRkms: lab.kms().identity,
    IDRi: identityOf(lie.inTp),
    TRs: (source.now() / second) * second,
    TRe: (source.now() / second + 3600n) * second,
    KEMAC: wantedKeys(bytes, ['TGK'], { length: suite.keyLength }),
    IDRapp: [],
    IDRr: [identityOf('bob')],
  });
  return {
    initiator: identityOf(lie.inRequest),
    kms: lab.kms().identity,
    psk: lab.psk('mallory'),
    suite,
    policy: { ...numbersOf(mikeyBaseTicket), prfFunc: suite.prfFunc, flags: flagsOf(strictFlags), res: 0, tpData },
  };
}

/** What came of a lie: undefined if somebody noticed. */
interface Taken {
  readonly believed: string;
  readonly atBob: Uint8Array;
  readonly atMallory: Uint8Array;
}

/** Mallory asks for a ticket, calls bob as alice, and takes his answer off the network. */
function attack(lab: Lab, lie: Lie): Taken | undefined {
  const env = lab.env('mallory');
  const request = requestOf(lab, lie);
  const requestInit = buildRequestInit(env, request);
  lab.send('mallory', 'kms', requestInit);
  if (lab.sent('kms', 'REQUEST_RESP') === 0) return undefined;
  const held = value(
    acceptRequestResp(env, lab.lastFrom('kms', 'REQUEST_RESP'), { sent: requestInit, request, inkey: request.psk.key }),
  );
  const call = callAs(identityOf(lie.inOffer), identityOf('bob'));
  const offer = value(buildTransferInit(env, call, held));
  lab.send('mallory', 'bob', offer);
  if (!lab.answer('bob')) return undefined;
  const answer = acceptAnswer(env, lab.lastFrom('bob', 'TRANSFER_RESP'), { sent: offer, held, call, earlier: [] });
  const { keys } = lab.taken('bob').answer;
  return { believed: nameIn(keys.peer), atBob: firstTek(keys), atMallory: firstTek(value(answer).keys) };
}

function tell(story: Story, told: readonly Lie[], profile: Profile): void {
  for (const lie of told) {
    const lab = new Lab(scene([user('alice'), user('bob'), user('mallory')], { steps: [] }), { profile });
    const taken = attack(lab, lie);
    story.holds(
      `mallory writes ${sip('alice')} into ${lie.says}: bob believes that alice calls`,
      taken?.believed === sip('alice'),
    );
    story.equal(
      'and mallory holds the TEK that bob means for alice',
      secret('TEK of bob', taken?.atBob ?? new Uint8Array()),
      secret('TEK of mallory', taken?.atMallory ?? new Uint8Array()),
    );
  }
}

function tellRefusal(story: Story, told: readonly Lie[], profile: Profile): void {
  for (const lie of told) {
    const lab = new Lab(scene([user('alice'), user('bob'), user('mallory')], { steps: [] }), { profile });
    attack(lab, lie);
    const { by, check } = lie;
    story.refused(`mallory writes ${sip('alice')} into ${lie.says}: ${by} notices`, by, {
      check,
      turned: lab.turnedDown(by),
    });
  }
}

/** W3: all three places. */
export const w3 = demonstration({
  id: 'W3',
  title: 'A user calls as another user, and gets the keys',
  checks: lies.map((lie) => lie.check),
  // The policy of our KMS asks once more for whom the requester may speak.
  secondLine: ['requesterAuthorized'],
  unprotected: (story, profile) => tell(story, lies, profile),
  shielded: (story, profile) => tellRefusal(story, lies, profile),
});

/** B4: the last one, which is the Responder's. */
export const b4 = demonstration({
  id: 'B4',
  title: 'A lawful ticket holder shows another name to the Responder',
  checks: ['offerCallerOwnsTicket'],
  unprotected: (story, profile) => tell(story, lies.slice(2), profile),
  shielded: (story, profile) => tellRefusal(story, lies.slice(2), profile),
});
