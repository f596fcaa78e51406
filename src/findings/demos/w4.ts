/**
 * W4 and N2: who may make a ticket in whose name. A ticket is worth what its TPK is worth.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 */
import { acceptAnswer } from '../../../model/exchange/acceptAnswer.ts';
import { createTicket } from '../../../model/exchange/createTicket.ts';
import { wantedKeys } from '../../../model/exchange/newKeys.ts';
import { buildTransferInit } from '../../../model/exchange/transferInit.ts';
import type { Env, Profile } from '../../../model/guard/profile.ts';
import { strictProfile } from '../../../model/guard/profile.ts';
import { suites } from '../../../model/keys/suite.ts';
import { deriveMpk } from '../../../model/keys/mpk.ts';
import { second } from '../../../model/message/timestamps.ts';
import { attachKms } from '../../../model/modes/kmsService.ts';
import { kmsAuthority } from '../../../model/modes/scenarioPolicy.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import type { HeldTicket } from '../../../model/exchange/requestResp.ts';
import type { NamedKey } from '../../../model/policy/account.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import { readTpData, writeTpData } from '../../../model/policy/tpData.ts';
import { policyAuthority } from '../../../model/policy/policyAuthority.ts';
import { strictPolicy } from '../../../model/policy/kmsPolicy.ts';
import { keyData } from '../../../model/exchange/newKeys.ts';
import { readTicketData, sealTicket, ticketMacHolds } from '../../../model/ticket/baseTicket.ts';
import { mikeyBaseTicket, numbersOf } from '../../../model/ticket/ticketType.ts';
import type { TicketPolicy } from '../../../model/message/ticketPolicy.ts';
import { one } from '../../../model/message/select.ts';
import { bytes, interpretation } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { callAs, firstTek, identityOf, nameIn, value } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, sip, user } from '../scenes.ts';
import { secret, type Story } from '../story.ts';

/** A Ticket Policy in which alice calls `callee`. */
function policyFor(
  lab: Lab,
  env: Env<Uint8Array>,
  { callee, flags, keys }: { readonly callee: string; readonly flags: string; readonly keys: boolean },
): TicketPolicy<Uint8Array> {
  const { prfFunc, keyLength } = suites.sha256;
  const now = env.source.now() / second;
  const tpData = writeTpData(bytes, {
    IDRkms: lab.kms().identity,
    IDRi: identityOf('alice'),
    TRs: now * second,
    TRe: (now + 3600n) * second,
    KEMAC: keys ? wantedKeys(bytes, ['TGK'], { length: keyLength }) : undefined,
    IDRapp: [],
    IDRr: [identityOf(callee)],
  });
  return { ...numbersOf(mikeyBaseTicket), prfFunc, flags: flagsOf(flags), res: 0, tpData };
}

/** Somebody calls as alice with a ticket that she made, and takes the answer off the network. */
function callWith(
  lab: Lab,
  who: string,
  { held, callee }: { readonly held: HeldTicket<Uint8Array>; readonly callee: string },
): Uint8Array | undefined {
  const env = lab.env(who);
  const made = callAs(identityOf('alice'), identityOf(callee));
  const offer = value(buildTransferInit(env, made, held));
  lab.send(who, callee, offer);
  if (!lab.answer(callee)) return undefined;
  const answer = acceptAnswer(env, lab.lastFrom(callee, 'TRANSFER_RESP'), {
    sent: offer,
    held,
    call: made,
    earlier: [],
  });
  return firstTek(value(answer).keys);
}

function tell(
  story: Story,
  lab: Lab,
  { who, victim, tek }: { readonly who: string; readonly victim: string; readonly tek: Uint8Array | undefined },
): void {
  const rang = tek !== undefined;
  story.holds(
    `${victim} believes that ${sip('alice')} calls`,
    rang && nameIn(lab.taken(victim).answer.keys.peer) === sip('alice'),
  );
  const theirs = rang ? firstTek(lab.taken(victim).answer.keys) : new Uint8Array();
  story.equal(
    `and ${who} holds the TEK that ${victim} means for alice`,
    secret(`TEK of ${victim}`, theirs),
    secret(`TEK of ${who}`, tek ?? new Uint8Array()),
  );
}

/** Tells under which key the ticket on the network is sealed, and whom it names. */
function tellSeal(story: Story, lab: Lab, TPK: NamedKey<Uint8Array> | undefined): void {
  const ticket = one(lab.lastFrom('mallory', 'TRANSFER_INIT').payloads, 'TICKET');
  const sealed = TPK && ticketMacHolds(bytes, ticket, { TPK: TPK.key, data: readTicketData(bytes, ticket) });
  story.holds(
    `mallory sends a ticket whose MAC holds under ${TPK ? nameIn(TPK.id) : 'no key'}, which she shares with the KMS`,
    sealed === true,
  );
  story.holds(
    'its TP Data names alice as its maker',
    nameIn(readTpData(bytes, ticket.policy.tpData).IDRi) === sip('alice'),
  );
}

/** Mallory, who shares a TPK with the KMS, makes a ticket that names alice as its maker. */
function selfMade(profile: Profile): { readonly lab: Lab; readonly tek: Uint8Array | undefined } {
  const maker = { ownTickets: { key: true, local: true, kms: true } };
  const lab = new Lab(scene([user('alice', maker), user('bob'), user('mallory', maker)], { steps: [] }), { profile });
  const env = lab.env('mallory');
  const TPK = lab.device('mallory').makerKey as NamedKey<Uint8Array>;
  const policy = policyFor(lab, env, { callee: 'bob', flags: 'EFGHIJLNO', keys: true });
  const localPolicy = policyAuthority(() => strictPolicy);
  const held = value(createTicket(env, { initiator: identityOf('alice'), TPK, policy, localPolicy }));
  return { lab, tek: callWith(lab, 'mallory', { held, callee: 'bob' }) };
}

/** W4. */
export const w4 = demonstration({
  id: 'W4',
  title: 'A user makes a ticket in the name of another, under its own TPK',
  checks: ['ticketMakerOwnsIdentity'],
  unprotected: (story, profile) => {
    const { lab, tek } = selfMade(profile);
    tellSeal(story, lab, lab.device('mallory').makerKey);
    tell(story, lab, { who: 'mallory', victim: 'bob', tek });
  },
  shielded: (story, profile) => {
    const { lab } = selfMade(profile);
    story.refused('the KMS knows whose TPK it is, and that is not who the ticket names', 'kms', {
      check: 'ticketMakerOwnsIdentity',
      turned: lab.turnedDown('kms'),
    });
    story.holds('bob does not ring', lab.endpoint('bob').state() !== 'ringing');
  },
});

/**
 * Mallory resolves tickets herself (mode 2), so she shares a TPK with the KMS. She seals a ticket with it that names alice and carol.
 *
 * @param anyKey - whether the KMS takes every TPK that it knows to resolve tickets
 */
function underResponderKey(
  profile: Profile,
  anyKey: boolean,
): { readonly lab: Lab; readonly tek: Uint8Array | undefined } {
  const people = [user('alice'), user('mallory', { resolvesItself: true }), user('carol')];
  const scenario: Scenario = scene(people, {
    allow: ['I=0'],
    steps: [call({ callee: sip('mallory'), ticket: { from: 'KMS', flags: 'DFGHJNO' } })],
  });
  const lab = new Lab(scenario, { profile });
  if (anyKey) attachCarelessKms(lab, scenario);
  const env = lab.env('mallory');
  const [TPK] = lab.device('mallory').ownTicketKeys;
  if (!TPK) throw new RangeError('mallory shares no TPK');
  const policy = policyFor(lab, env, { callee: 'carol', flags: 'DEFGHIJNO', keys: false });
  const MPK = env.source.random(32, 'MPK');
  const sessionKeys = [keyData(env, 'TGK', env.source.random(32, 'TGK'))];
  const { ticket, RAND } = sealTicket(env, policy, { TPK, keys: [keyData(env, 'MPK', MPK), ...sessionKeys] });
  const mpk = (as: 'MPKi' | 'MPKr'): Uint8Array => deriveMpk(bytes, policy.prfFunc, { MPK, RAND, as });
  const held = {
    ticket,
    tpData: readTpData(bytes, policy.tpData),
    MPKi: mpk('MPKi'),
    MPKr: mpk('MPKr'),
    sessionKeys,
    used: false,
  };
  return { lab, tek: callWith(lab, 'mallory', { held, callee: 'carol' }) };
}

/** Puts a KMS in the place of the honest one: the same storage, but it resolves tickets with any TPK that it knows. */
function attachCarelessKms({ played }: Lab, scenario: Scenario): void {
  const { network, people } = played;
  for (const store of people.kmss) {
    attachKms(network, {
      env: { algebra: bytes, source: interpretation().sourceOf(store.party.name), profile: strictProfile },
      store: { ...store, ticketKeys: [...store.ticketKeys, ...store.responderKeys.map(({ TPK }) => TPK)] },
      authority: kmsAuthority(scenario, store.spec, people.groups),
      addressOf: () => store.party.name,
    });
  }
}

/** N2. */
export const n2 = demonstration({
  id: 'N2',
  title: 'A responder that shares a TPK makes tickets in the name of anybody',
  rule: 'a KMS does not resolve tickets under a TPK that it shares with a Responder',
  unprotected: (story, profile) => {
    const { lab, tek } = underResponderKey(profile, true);
    tellSeal(story, lab, lab.device('mallory').ownTicketKeys[0]);
    tell(story, lab, { who: 'mallory', victim: 'carol', tek });
  },
  shielded: (story, profile) => {
    const { lab } = underResponderKey(profile, false);
    story.refused('to the KMS, such a TPK is none that it resolves tickets with', 'kms', {
      check: 'ticketKeyKnown',
      turned: lab.turnedDown('kms'),
    });
    story.holds('carol does not ring', lab.endpoint('carol').state() !== 'ringing');
  },
});
