/**
 * W19: a foreign KMS that may name any responder gets the keys meant for the users of others.
 *
 * @module
 * @see [RFC 6043, section 10](https://www.rfc-editor.org/rfc/rfc6043.html#section-10)
 */
import { openResolveResp } from '../../../model/exchange/openResolveResp.ts';
import { buildResolveInit } from '../../../model/exchange/resolveInit.ts';
import { answerOffer } from '../../../model/exchange/transferResp.ts';
import { replayEntry } from '../../../model/protection/freshness.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import { uri } from '../../../model/message/identity.ts';
import { lastV, one } from '../../../model/message/select.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { plainUser } from '../../../model/modes/standard.ts';
import { aesCm256HmacSha1 } from '../../../model/policy/securityPolicy.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek, nameIn, value } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene } from '../scenes.ts';
import { secret } from '../story.ts';

const bob = 'sip:bob@a.example';

/** Alice and bob are users of kms-a, which cooperates with kms-b. Alice calls bob, who does not answer. */
const scenario: Scenario = scene(
  [{ ...plainUser('alice', 'sip:alice@a.example', 'kms-a'), mayRequest: true }, plainUser('bob', bob, 'kms-a')],
  {
    kmss: ['a', 'b'].map((letter) => ({
      name: `kms-${letter}`,
      identity: `sip:kms@${letter}.example`,
      realm: [`sip:*@${letter}.example`],
      agreements: [letter === 'a' ? 'kms-b' : 'kms-a'],
      longestValidity: 8 * 3600,
    })),
    steps: [call({ callee: bob, answer: [] })],
  },
);

/** kms-b asks kms-a to resolve alice's ticket for bob, and answers alice with what it gets. */
function attack(profile: Profile): { readonly lab: Lab; readonly tek: Uint8Array | undefined } {
  const lab = new Lab(scenario, { profile });
  const env = lab.env('kms-b');
  const [partner] = lab.kms('kms-b').partners;
  if (!partner) throw new RangeError('kms-b has no partner');
  const responder = uri(bytes, bob);
  const { offer, admitted } = lab.taken('bob');
  const request = { responder, kms: partner.identity, psk: partner.psk };
  const sent = buildResolveInit(env, request, admitted.ticket);
  lab.send('kms-b', 'kms-a', sent);
  const response = lab.messages.findLast(
    ({ from, to, type }) => from === 'kms-a' && to === 'kms-b' && type === 'RESOLVE_RESP',
  )?.message;
  if (!response) return { lab, tek: undefined };
  const { policy } = admitted.ticket;
  const { MPKi, MPKr, sessionKeys, IDRr, RANDRkms } = openResolveResp(env, response, {
    sent,
    kms: partner.identity,
    inkey: partner.psk.key,
    policy,
    resolver: responder,
    need: () => {},
  });
  const modifier = IDRr && RANDRkms ? { idData: IDRr.data, RANDRkms } : undefined;
  const replay = replayEntry(env, one(offer.payloads, 'T'), lastV(offer.payloads));
  const resolved = { MPKi, MPKr, sessionKeys, IDRr, modifier, replay, supplied: [] };
  const { message, keys } = value(
    answerOffer(env, { offer, admitted, resolved, policies: [aesCm256HmacSha1], supplied: [] }),
  );
  if (message) lab.send('kms-b', 'alice', message);
  return { lab, tek: firstTek(keys) };
}

/** W19. */
export const w19 = demonstration({
  id: 'W19',
  title: 'A partner KMS has the keys of a user that is not its own',
  checks: ['partnerSpeaksForResolver'],
  secondLine: ['resolverAuthorized'],
  unprotected: (story, profile) => {
    const { lab, tek } = attack(profile);
    const [answer] = lab.made().answers;
    story.holds(
      'kms-b answers alice in the name of bob, a user of kms-a, and alice believes it',
      nameIn(answer?.keys.peer) === bob,
    );
    story.equal(
      'kms-b holds the TEK of the call',
      secret('TEK of alice', firstTek(answer?.keys)),
      secret('TEK of kms-b', tek ?? new Uint8Array()),
    );
    story.holds('bob still rings', lab.endpoint('bob').state() === 'ringing');
  },
  shielded: (story, profile) => {
    const { lab } = attack(profile);
    story.refused('kms-a takes the word of kms-b for the users of kms-b only', 'kms-a', {
      check: 'partnerSpeaksForResolver',
      turned: lab.turnedDown('kms-a'),
    });
    story.holds('alice has no keys', lab.made().answers.length === 0);
  },
});
