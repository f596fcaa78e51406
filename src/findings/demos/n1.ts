/**
 * N1: what identifies a ticket whose resolution an endpoint kept.
 *
 * @module
 * @see [RFC 6043, section 5.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.3)
 */
import { chooseResolution, ticketMemoryQuery, type TicketMemory } from '../../../model/exchange/chooseResolution.ts';
import type { HeldTicket } from '../../../model/exchange/requestResp.ts';
import { admitOffer, buildTransferInit, type AdmittedOffer } from '../../../model/exchange/transferInit.ts';
import { acceptKeptResolution } from '../../../model/exchange/verifyOffer.ts';
import { answerOffer } from '../../../model/exchange/transferResp.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import type { Message } from '../../../model/message/message.ts';
import type { ResponderContext } from '../../../model/roles/responderContext.ts';
import { second } from '../../../model/message/timestamps.ts';
import { writeTpData } from '../../../model/policy/tpData.ts';
import { aesCm256HmacSha1 } from '../../../model/policy/securityPolicy.ts';
import { demonstration } from '../demonstration.ts';
import { callAs, identityOf, nameIn, value } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, user } from '../scenes.ts';
import { shown, type Story } from '../story.ts';

const hour = 3600;

/** Alice calls bob; then her ticket runs out, and a second hour passes. She gives it another day, and calls again. */
function extended(profile: Profile): {
  readonly lab: Lab;
  readonly old: HeldTicket<Uint8Array>;
  readonly offer: Message<Uint8Array>;
  readonly held: HeldTicket<Uint8Array>;
} {
  const steps = [call(), { do: 'wait', seconds: 2 * hour } as const];
  const lab = new Lab(scene([user('alice'), user('bob')], { steps }), { profile });
  const env = lab.env('alice');
  const { held: old } = lab.made();
  const TRe = (env.source.now() / second + BigInt(24 * hour)) * second;
  const tpData = { ...old.tpData, TRe };
  const policy = { ...old.ticket.policy, tpData: writeTpData(env.algebra, tpData) };
  const held = { ...old, tpData, ticket: { ...old.ticket, policy } };
  const offer = value(buildTransferInit(env, callAs(identityOf('alice'), identityOf('bob')), held));
  return { lab, old, offer, held };
}

/** An endpoint whose memory goes by the Ticket Data alone. */
function byTicketData(
  earlier: ResponderContext<Uint8Array>,
  admitted: AdmittedOffer<Uint8Array>,
): TicketMemory<Uint8Array> {
  const known = earlier.admitted?.ticket.ticketData ?? new Uint8Array();
  const same = Buffer.from(known).equals(admitted.ticket.ticketData);
  return { seen: same, resolution: same ? earlier.resolved : undefined, TPK: undefined };
}

function tellExpiry(story: Story, { old, held, lab }: ReturnType<typeof extended>): void {
  const now = lab.env('bob').source.now();
  story.holds('the ticket that the KMS granted has run out', old.tpData.TRe !== undefined && old.tpData.TRe < now);
  story.holds('alice writes another end into its TP Data', held.tpData.TRe !== undefined && held.tpData.TRe > now);
  story.equal(
    'the Ticket Data stay the same',
    shown('Ticket Data as granted', old.ticket.ticketData),
    shown('Ticket Data in the new call', held.ticket.ticketData),
  );
}

/** N1. */
export const n1 = demonstration({
  id: 'N1',
  title: 'The owner of a ticket extends it, and no KMS is asked',
  rule: 'the memory of tickets goes by the whole TICKET',
  setting: 'an endpoint that knows a ticket again by its Ticket Data',
  unprotected: (story, profile) => {
    const done = extended(profile);
    tellExpiry(story, done);
    const { lab, offer } = done;
    const env = { ...lab.env('bob'), profile };
    const earlier = lab.endpoint('bob').context() as unknown as ResponderContext<Uint8Array>;
    const { endpoint } = earlier;
    const admitted = story.accepted('bob finds that the ticket is valid now', admitOffer(env, offer, { endpoint }));
    if (!admitted) return;
    const way = story.accepted(
      'he knows the ticket',
      chooseResolution(env, admitted, { memory: byTicketData(earlier, admitted), endpoint }),
    );
    story.holds('and does not ask the KMS', way?.from === 'kept');
    if (way?.from !== 'kept') return;
    const resolved = story.accepted(
      'MPKi verifies TRANSFER_INIT',
      acceptKeptResolution(env, way.resolution, { offer, admitted }),
    );
    if (!resolved) return;
    const answer = story.accepted(
      'he answers',
      answerOffer(env, { offer, admitted, resolved, policies: [aesCm256HmacSha1], supplied: [] }),
    );
    story.holds(
      `and has keys with ${sip('alice')}, under a policy that no KMS granted`,
      nameIn(answer?.keys.peer) === sip('alice'),
    );
  },
  shielded: (story, profile) => {
    const done = extended(profile);
    tellExpiry(story, done);
    const { lab, offer } = done;
    const { query, admitted } = lab.endpoint('bob').context() as unknown as ResponderContext<Uint8Array>;
    const since = lab.now;
    lab.send('alice', 'bob', offer);
    const changed = lab.endpoint('bob').context() as unknown as ResponderContext<Uint8Array>;
    story.differ(
      'to the memory of bob it is another ticket',
      shown('what he remembers', query?.key ?? new Uint8Array()),
      shown('what he looks for', changed.query?.key ?? new Uint8Array()),
    );
    story.equal(
      'his memory goes by all octets but Initiator Data',
      shown('what he remembers', query?.key ?? new Uint8Array()),
      shown(
        'the ticket of the first call',
        admitted ? ticketMemoryQuery(lab.env('bob'), admitted).key : new Uint8Array(),
      ),
    );
    story.refused('so he asks the KMS, which verifies the MAC of the ticket', 'kms', {
      check: 'ticketMacValid',
      turned: lab.turnedDown('kms', since),
    });
    story.holds('bob does not ring', lab.endpoint('bob').state() !== 'ringing');
  },
});
