/**
 * A2 and A7: the octets of Vi, and whether the answer covers Initiator Data.
 *
 * @module
 * @see [RFC 6043, section 6.10](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.10)
 * @see [RFC 6043, section 5.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.5)
 */
import { nextPayloads } from '../../../spec/registry/header.ts';
import { answerKeyInput } from '../../../model/exchange/transferResp.ts';
import { MikeyError } from '../../../model/error.ts';
import { strictProfile, type Profile } from '../../../model/guard/profile.ts';
import { initiatorDataAuthKey, messageAuthKey } from '../../../model/keys/protectionKeys.ts';
import { responseCoverage } from '../../../model/message/coverage.ts';
import type { Message } from '../../../model/message/message.ts';
import { lastV, one, optional } from '../../../model/message/select.ts';
import { appendV } from '../../../model/protection/authentication.ts';
import { initiatorDataHolds } from '../../../model/ticket/initiatorData.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { withTicket } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, user } from '../scenes.ts';
import { shown } from '../story.ts';

function world(profile: Profile, answer: readonly string[] = ['bob']): Lab {
  return new Lab(scene([user('alice'), user('bob')], { steps: [call({ answer })] }), { profile });
}

/** The octet of Initiator Data that says what follows Vi. */
const nextOfVi = 1;

/** Initiator Data whose Vi is V octet for octet, so that its Next Payload is 0; Vr covers that. */
function identicalVi(lab: Lab): Uint8Array {
  const { transferInit, held } = lab.made();
  const octets = Uint8Array.from(one(transferInit.payloads, 'TICKET').initiatorData);
  octets[nextOfVi] = 0;
  const { authAlg, mac } = lastV(transferInit.payloads);
  const { prfFunc } = held.ticket.policy;
  const authKey = initiatorDataAuthKey(bytes, prfFunc, { MPKr: held.MPKr ?? new Uint8Array(), macAlg: authAlg });
  octets.set(
    bytes.mac(authAlg, authKey, { data: octets.slice(0, octets.length - mac.length) }),
    octets.length - mac.length,
  );
  return octets;
}

/** The code with which octets cannot be read as Initiator Data; undefined if they can. */
function faultIn(octets: Uint8Array): string | undefined {
  try {
    bytes.decode('Initiator Data', octets);
    return undefined;
  } catch (error) {
    if (error instanceof MikeyError) return error.code;
    throw error;
  }
}

/** A2. */
export const a2 = demonstration({
  id: 'A2',
  title: 'Vi identical to V, octet for octet, ends the chain in which Vr follows',
  rule: 'the Next Payload octet of Vi names V, the rest is identical',
  setting: 'an Initiator that copies V as it is',
  unprotected: (story, profile) => {
    const lab = world(profile);
    const ours = one(lab.made().transferInit.payloads, 'TICKET').initiatorData;
    const theirs = identicalVi(lab);
    story.equal(
      'Next Payload of V is 0, as it ends the message, and so is that of Vi',
      shown('Next Payload of Vi', theirs.slice(nextOfVi, nextOfVi + 1)),
      shown('last payload', Uint8Array.of(0)),
    );
    story.holds(
      'to whoever reads Initiator Data as a chain, it ends after Vi, and octets are left',
      faultIn(theirs) === 'ERR_TRAILING',
    );
    story.differ(
      'besides, the two readings have different MACs in Vr',
      shown('Initiator Data in our reading', ours.slice(-32)),
      shown('Initiator Data in theirs', theirs.slice(-32)),
    );
  },
  shielded: (story, profile) => {
    const lab = world(profile);
    const { initiatorData, policy } = one(lab.taken('bob').offer.payloads, 'TICKET');
    story.equal(
      'Next Payload of Vi is V',
      shown('Next Payload of Vi', initiatorData.slice(nextOfVi, nextOfVi + 1)),
      shown('V', Uint8Array.of(nextPayloads.V)),
    );
    story.holds('the chain can be read', faultIn(initiatorData) === undefined);
    story.holds(
      'and Vr holds under MPKr',
      initiatorDataHolds(bytes, initiatorData, {
        prfFunc: policy.prfFunc,
        MPKr: lab.made().held.MPKr ?? new Uint8Array(),
      }),
    );
  },
});

/** Bob's answer as a Responder makes it that leaves Initiator Data out of what the answer covers. */
function answerWithout(lab: Lab, offer: Message<Uint8Array>): Message<Uint8Array> {
  const { resolved } = lab.taken('bob');
  const answer = lab.lastFrom('bob', 'TRANSFER_RESP');
  const { authAlg: macAlg } = lastV(answer.payloads);
  const RANDRr = optional(answer.payloads, 'RANDR', randRoles.RANDRr)?.rand;
  const covered = withTicket(offer, (ticket) => ({ ...ticket, initiatorData: new Uint8Array() }));
  return appendV(
    bytes,
    { header: answer.header, payloads: answer.payloads.filter(({ kind }) => kind !== 'V') },
    {
      macAlg,
      authKey: messageAuthKey(bytes, macAlg, answerKeyInput(offer, { inkey: resolved.MPKr ?? resolved.MPKi, RANDRr })),
      cover: (draft) => responseCoverage(bytes, draft, covered),
    },
  );
}

/** Alice's TRANSFER_INIT with one octet of Initiator Data changed on the way. */
function changed(lab: Lab): Message<Uint8Array> {
  return withTicket(lab.made().transferInit, (ticket) => ({
    ...ticket,
    initiatorData: ticket.initiatorData.map((octet, index) =>
      index === ticket.initiatorData.length - 1 ? octet ^ 1 : octet,
    ),
  }));
}

/** A7. */
export const a7 = demonstration({
  id: 'A7',
  title: 'The entire initial message, with or without its Initiator Data',
  checks: ['answerMacValid'],
  setting: 'a Responder that leaves Initiator Data out of the MAC of its answer',
  unprotected: (story) => {
    const lab = world(strictProfile);
    const { offer } = lab.taken('bob');
    story.equal(
      'to it, a message whose Initiator Data were changed on the way is the same message',
      shown('MAC for what alice sent', lastV(answerWithout(lab, offer).payloads).mac),
      shown('MAC for what was changed', lastV(answerWithout(lab, changed(lab)).payloads).mac),
    );
    const since = lab.now;
    lab.send('bob', 'alice', answerWithout(lab, offer));
    story.refused('and an Initiator that covers all octets does not understand it', 'alice', {
      check: 'answerMacValid',
      turned: lab.turnedDown('alice', since),
    });
  },
  shielded: (story, profile) => {
    const lab = world(profile);
    const { offer } = lab.taken('bob');
    story.holds('bob covers all octets of what he got: alice takes his answer', lab.made().answers.length === 1);
    const answer = lab.lastFrom('bob', 'TRANSFER_RESP');
    story.differ(
      'one octet of Initiator Data changed on the way gives another MAC',
      shown('coverage of what alice sent', responseCoverage(bytes, answer, offer)),
      shown('coverage of what was changed', responseCoverage(bytes, answer, changed(lab))),
    );
    const since = lab.now;
    lab.send('bob', 'alice', answerWithout(lab, offer));
    story.refused('and alice takes no answer that covers less', 'alice', {
      check: 'answerMacValid',
      turned: lab.turnedDown('alice', since),
    });
  },
});
