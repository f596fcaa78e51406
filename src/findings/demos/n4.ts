/**
 * N4: a member who left a group, and what it can do with the forked keys that it kept.
 *
 * @module
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 * @see [RFC 6043, section 12.5](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.5)
 */
import { genericSessions } from '../../../model/exchange/sessions.ts';
import { answerOffer } from '../../../model/exchange/transferResp.ts';
import type { ResolvedOffer } from '../../../model/exchange/verifyOffer.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import type { TicketSpec } from '../../../model/modes/scenario.ts';
import { aesCm256HmacSha1 } from '../../../model/policy/securityPolicy.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek, nameIn, value } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, user } from '../scenes.ts';
import { secret, type Story } from '../story.ts';

/** Alice calls the team, and bob and carol answer. Carol leaves. Alice calls the team again, and nobody has answered yet. */
function leaving(profile: Profile, ticket: TicketSpec): Lab {
  const group = { identity: sip('team'), kms: 'kms', members: ['bob', 'carol'] };
  const steps = [
    call({ callee: group.identity }),
    { do: 'leave', group: group.identity, member: 'carol' } as const,
    call({ callee: group.identity, ticket, reach: ['bob', 'carol'], answer: [] }),
  ];
  return new Lab(scene([user('alice'), user('bob'), user('carol')], { groups: [group], steps }), { profile });
}

/** What the KMS gave carol in the first call, when she was a member. */
function keptBy(lab: Lab): ResolvedOffer<Uint8Array> {
  const first = lab.played.endpoints.find(({ party }) => party.name === 'carol');
  return first?.context()['resolved'] as ResolvedOffer<Uint8Array>;
}

/** Carol answers the second call with what she kept of the first one. @returns the TEK that she computes */
function answerWithKept(lab: Lab): Uint8Array {
  const { offer, admitted } = lab.taken('carol');
  const kept = keptBy(lab);
  // A new ticket calls its keys by other SPIs, which stand in the clear in the map: carol passes her old keys off under them.
  const [session] = genericSessions(offer.header.map) ?? [];
  const spi = session?.spi ?? new Uint8Array();
  const resolved = {
    ...kept,
    sessionKeys: kept.sessionKeys.map((key) => ({ ...key, kv: { kind: 'SPI', spi } as const })),
  };
  const answer = value(
    answerOffer(lab.env('carol'), { offer, admitted, resolved, policies: [aesCm256HmacSha1], supplied: [] }),
  );
  if (answer.message) lab.send('carol', 'alice', answer.message);
  return firstTek(answer.keys);
}

/** Tells that the KMS does what the RFC asks of it. */
function tellKms(story: Story, lab: Lab): void {
  story.holds('carol answers the first call as a member', lab.played.outcomes[0]?.answered.includes('carol') === true);
  story.refused('she leaves; at the second call the KMS resolves nothing for her', 'kms', {
    check: 'resolverAuthorized',
    turned: lab.turnedDown('kms'),
  });
}

/** N4. */
export const n4 = demonstration({
  id: 'N4',
  title: 'A member who left answers for the group with forked keys that it kept',
  checks: ['heldGroupVerified'],
  unprotected: (story, profile) => {
    const lab = leaving(profile, { from: 'held' });
    tellKms(story, lab);
    const asked = lab.sent('carol', 'RESOLVE_INIT_PSK');
    const tek = answerWithKept(lab);
    const [answer] = lab.made(1).answers;
    story.holds(
      `she answers nevertheless, and alice has keys with ${sip('carol')}`,
      nameIn(answer?.keys.peer) === sip('carol'),
    );
    story.holds('without another word to the KMS', lab.sent('carol', 'RESOLVE_INIT_PSK') === asked);
    story.equal(
      "MPKr' that alice forks from the old modifier is the one that carol kept",
      secret("MPKr' that carol kept", keptBy(lab).MPKr ?? new Uint8Array()),
      secret("MPKr' at alice", answer?.keys.MPKr ?? new Uint8Array()),
    );
    story.equal(
      'and both have the TEK of what alice says to the group',
      secret('TEK of carol', tek),
      secret('TEK of alice', answer ? firstTek(answer.keys) : new Uint8Array()),
    );
    story.holds('bob, who is a member, still rings', lab.endpoint('bob').state() === 'ringing');
  },
  shielded: (story, profile) => {
    const again = leaving(profile, { from: 'held' });
    story.refused('alice does not use the ticket for the group again, as nobody looked who is in it', 'alice', {
      check: 'heldGroupVerified',
      turned: again.turnedDown('alice'),
    });
    story.holds(
      'so the first TRANSFER_INIT to the group is the only one',
      new Set(again.played.callers.map((one) => one.context()['transferInit']).filter(Boolean)).size === 1,
    );
    const fresh = leaving(profile, { from: 'KMS' });
    tellKms(story, fresh);
    answerWithKept(fresh);
    story.refused('alice asks for a new ticket instead: what carol kept is of another one', 'alice', {
      check: 'answerMacValid',
      turned: fresh.turnedDown('alice'),
    });
    story.holds('and bob answers', fresh.answer('bob') && nameIn(fresh.made(1).answers[0]?.keys.peer) === sip('bob'));
  },
});
