/**
 * B2, W15 and C3: group keys want the same RANDs in all transfers, reuse wants new ones; and where RANDs are the same, so are the TEKs.
 *
 * @module
 * @see [RFC 6043, section 9](https://www.rfc-editor.org/rfc/rfc6043.html#section-9)
 */
import { createCipheriv } from 'node:crypto';
import { strictProfile, type Profile } from '../../../model/guard/profile.ts';
import { randRoles } from '../../../spec/registry/rand.ts';
import type { Actor } from '../../../model/modes/network.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { one } from '../../../model/message/select.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek } from '../forge.ts';
import { Lab, type MadeCall, type TakenCall } from '../lab.ts';
import { xor } from '../literalIv.ts';
import { call, scene, sip, twoDevices, user } from '../scenes.ts';
import { sameOctets, secret, shown, type Story } from '../story.ts';

const team = { identity: sip('team'), kms: 'kms', members: ['bob', 'carol'] };

/** Alice calls bob and then carol with one ticket for their group. @param sameRands - whether RANDRi stays the same */
function groupScene(flags: string, sameRands: boolean): Scenario {
  const ticket = { from: 'KMS' as const, flags, keys: ['GTGK+SALT'] as const };
  return scene([user('alice'), user('bob'), user('carol')], {
    groups: [team],
    allow: ['G=0', 'unverified-group-reuse'],
    steps: [
      call({ callee: team.identity, ticket, reach: ['bob'] }),
      call({ callee: team.identity, ticket: { from: 'held' }, reach: ['carol'], ...(sameRands ? { sameRands } : {}) }),
    ],
  });
}

function tekAt(lab: Lab, name: string): Uint8Array {
  return firstTek(lab.taken(name).answer.keys);
}

function randOf(call: MadeCall): Uint8Array {
  return one(call.transferInit.payloads, 'RANDR', randRoles.RANDRi).rand;
}

function tellOneKey(story: Story, lab: Lab): void {
  story.equal(
    'bob and carol have one TEK: what alice sends to the group is encrypted once',
    secret('TEK of bob', tekAt(lab, 'bob')),
    secret('TEK of carol', tekAt(lab, 'carol')),
  );
  story.differ(
    'the CSB ID is a new one each time',
    shown('CSB ID of the first call', lab.made(0).transferInit.header.csbId),
    shown('CSB ID of the second call', lab.made(1).transferInit.header.csbId),
  );
  story.differ(
    'and so is T',
    shown('T of the first call', one(lab.made(0).transferInit.payloads, 'T').value),
    shown('T of the second call', one(lab.made(1).transferInit.payloads, 'T').value),
  );
}

function tellTwoKeys(story: Story): void {
  const lab = new Lab(groupScene('DEFHIJNO', false), { profile: strictProfile });
  story.differ(
    'a reused ticket gets a new RANDRi',
    shown('RANDRi of the first call', randOf(lab.made(0))),
    shown('RANDRi of the second call', randOf(lab.made(1))),
  );
  story.differ(
    'so each member has another TEK, and there is no group key',
    secret('TEK of bob', tekAt(lab, 'bob')),
    secret('TEK of carol', tekAt(lab, 'carol')),
  );
}

const reuseSetting = 'the rule for reuse wins: new RANDs in each transfer (5.3)';

/** B2. */
export const b2 = demonstration({
  id: 'B2',
  title: 'New RANDs for a reused ticket make a group key impossible',
  checks: ['heldTicketReusable'],
  setting: reuseSetting,
  unprotected: tellTwoKeys,
  shielded: (story, profile) => {
    const lab = new Lab(groupScene('DEFHIJNO', true), { profile });
    story.equal(
      'in a group RANDRi stays the same',
      shown('RANDRi of the first call', randOf(lab.made(0))),
      shown('RANDRi of the second call', randOf(lab.made(1))),
    );
    tellOneKey(story, lab);
    const once = new Lab(groupScene('DEFHINO', true), { profile });
    story.refused('and the ticket must be reusable: J = 1', 'alice', {
      check: 'heldTicketReusable',
      turned: once.turnedDown('alice'),
    });
  },
});

/** W15. */
export const w15 = demonstration({
  id: 'W15',
  title: 'One ticket for a group meets two demands that exclude each other',
  rule: 'in a group the RANDs stay the same, and G is 0',
  setting: reuseSetting,
  unprotected: (story) => {
    tellTwoKeys(story);
    const lab = new Lab(groupScene('DEFGHIJNO', true), { profile: strictProfile });
    story.equal(
      'with one RANDRi, but G = 1',
      shown('RANDRi of the first call', randOf(lab.made(0))),
      shown('RANDRi of the second call', randOf(lab.made(1))),
    );
    story.differ(
      'each member adds a RANDRr of its own, and the TEKs differ again',
      secret('TEK of bob', tekAt(lab, 'bob')),
      secret('TEK of carol', tekAt(lab, 'carol')),
    );
  },
  shielded: (story, profile) => tellOneKey(story, new Lab(groupScene('DEFHIJNO', true), { profile })),
});

/** The first octets of an SRTP keystream: AES-CM with the TEK as session key, one SSRC, one packet index. */
function keystream(tek: Uint8Array, ssrc: Uint8Array): Uint8Array {
  const iv = Buffer.concat([Buffer.alloc(4), ssrc, Buffer.alloc(8)]);
  return createCipheriv(`aes-${tek.length * 8}-ctr`, tek, iv).update(Buffer.alloc(32));
}

/** What a member of the group holds of its call: the TEK of the stream that it sends itself. */
function sending(actor: Actor | undefined): Uint8Array {
  const { answer } = (actor?.context() ?? {}) as unknown as TakenCall;
  return answer.keys.sessions.find(({ csId }) => csId === 2)?.tek ?? new Uint8Array();
}

/** C3. */
export const c3 = demonstration({
  id: 'C3',
  title: 'With a group key and the same RANDs all senders encrypt under one TEK',
  allowances: ['G=0'],
  unprotected: (story, profile) => {
    const lab = new Lab(groupScene('DEFHIJNO', true), { profile });
    const [bob, carol] = [sending(lab.played.endpoints[0]), sending(lab.played.endpoints[1])];
    story.differ(
      'bob and carol are in two crypto session bundles',
      shown('CSB ID of bob', lab.made(0).transferInit.header.csbId),
      shown('CSB ID of carol', lab.made(1).transferInit.header.csbId),
    );
    story.equal(
      'and send under one TEK, as the label has neither CSB ID nor identity',
      secret('TEK under which bob sends', bob),
      secret('TEK under which carol sends', carol),
    );
    const ssrc = lab.env('bob').source.random(4, 'SSRC');
    const [a, b] = [
      Buffer.from('bob says: buy, at any price now!'),
      Buffer.from('carol says: sell, and tell no-one'),
    ].map((text) => text.subarray(0, 32)) as [Buffer, Buffer];
    const [c, d] = [xor(a, keystream(bob, ssrc)), xor(b, keystream(carol, ssrc))];
    story.equal(
      'if their SSRCs are the same too, whoever listens has the XOR of what they say',
      shown('XOR of both packets', xor(c, d)),
      shown('XOR of what they say', xor(a, b)),
    );
  },
  shielded: (story, profile) => {
    const refusing = new Lab({ ...groupScene('DEFHIJNO', true), allow: [] }, { profile });
    story.refused('G = 0 is taken only where it is allowed by name', 'bob', {
      check: 'offerPolicyAcceptable',
      turned: refusing.turnedDown('bob'),
    });
    const lab = salted(profile);
    story.differ(
      'with a TGK, G = 1 and H = 1 each endpoint has a TEK of its own',
      secret('TEK of the phone', tekAt(lab, 'bob-phone')),
      secret('TEK of the laptop', tekAt(lab, 'bob-laptop')),
    );
    const [phone, laptop] = ['bob-phone', 'bob-laptop'].map(
      (name) => lab.taken(name).resolved.sessionKeys[0]?.salt ?? new Uint8Array(),
    );
    story.holds(
      'the salt that came with the key is not forked: both have the same',
      phone !== undefined && laptop !== undefined && phone.length > 0 && sameOctets(phone, laptop),
    );
  },
});

function salted(profile: Profile): Lab {
  return new Lab(
    scene([user('alice'), twoDevices('bob')], { steps: [call({ ticket: { from: 'KMS', keys: ['TGK+SALT'] } })] }),
    { profile },
  );
}
