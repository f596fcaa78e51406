/**
 * W21: what a KMS without memory cannot see: a ticket that is to be used once comes twice, and a member that left keeps what it has.
 *
 * @module
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 */
import type { Profile } from '../../../model/guard/profile.ts';
import { demonstration } from '../demonstration.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, user } from '../scenes.ts';
import { secret, type Story } from '../story.ts';

/** Alice calls bob twice with a ticket that is not reusable: J = 0. */
function twice(profile: Profile): Lab {
  const first = call({ ticket: { from: 'KMS', flags: 'DEFGHINO' } });
  return new Lab(scene([user('alice'), user('bob')], { steps: [first, call({ ticket: { from: 'held' } })] }), {
    profile,
  });
}

/** Bob and carol are called as a group; then carol leaves, and the group is called again with the same ticket. */
function leaving(profile: Profile): Lab {
  const group = { identity: sip('team'), kms: 'kms', members: ['bob', 'carol'] };
  const held = call({ callee: sip('team'), ticket: { from: 'held' }, reach: ['bob', 'carol'] });
  const steps = [call({ callee: sip('team') }), { do: 'leave', group: sip('team'), member: 'carol' } as const, held];
  // What a former member can do with what it keeps is N4; here the KMS is asked.
  const allow = ['unverified-group-reuse'] as const;
  return new Lab(scene([user('alice'), user('bob'), user('carol')], { groups: [group], allow, steps }), { profile });
}

function tellKeptKeys(story: Story, lab: Lab): void {
  // Carol took the first call only.
  const carol = lab.played.endpoints.find(({ party }) => party.name === 'carol');
  const { MPKi } = (carol?.context()['resolved'] ?? { MPKi: new Uint8Array() }) as { readonly MPKi: Uint8Array };
  story.equal(
    'carol keeps what she resolved before she left: MPKi still protects every TRANSFER_INIT with this ticket',
    secret('MPKi that carol kept', MPKi),
    secret('MPKi of alice', lab.made(1).held.MPKi),
  );
}

/** W21. */
export const w21 = demonstration({
  id: 'W21',
  title: 'A ticket for one use is used twice; a former member keeps its keys',
  checks: ['heldTicketReusable', 'offerTicketReusable'],
  unprotected: (story, profile) => {
    const lab = twice(profile);
    story.holds(
      'alice uses a ticket with J = 0 a second time, and bob answers',
      lab.played.outcomes[1]?.answered[0] === 'bob',
    );
    story.holds('the KMS resolved it twice, and could not tell', lab.played.kmss[0]?.resolved.length === 2);
    tellKeptKeys(story, leaving(profile));
  },
  shielded: (story, profile) => {
    const lab = twice(profile);
    story.refused('the Initiator does not use it again', 'alice', {
      check: 'heldTicketReusable',
      turned: lab.turnedDown('alice'),
    });
    const dishonest = new Lab(
      scene([user('alice'), user('bob')], {
        steps: [call({ ticket: { from: 'KMS', flags: 'DEFGHINO' } }), call({ ticket: { from: 'held' } })],
      }),
      {
        profile: { ...profile, without: new Set([...profile.without, 'heldTicketReusable'] as const) },
      },
    );
    story.refused('and if it does, the Responder knows the ticket', 'bob', {
      check: 'offerTicketReusable',
      turned: dishonest.turnedDown('bob'),
    });
    const left = leaving(profile);
    story.refused('the KMS resolves nothing more for a member that left', 'kms', {
      check: 'resolverAuthorized',
      turned: left.turnedDown('kms'),
    });
    tellKeptKeys(story, left);
  },
});
