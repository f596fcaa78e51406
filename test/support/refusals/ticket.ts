import { resolveTicket } from '../../../model/exchange/resolveResp.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import { keyName, uri } from '../../../model/message/identity.ts';
import { policyOf } from '../../../model/modes/scenarioPolicy.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { second } from '../../../model/message/timestamps.ts';
import { policyAuthority } from '../../../model/policy/policyAuthority.ts';
import { encrAlgs } from '../../../spec/registry/kemac.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { flipped, Forger, renamed, type Where } from '../forger.ts';
import { call, changed, hop, played, secretOf, standard, wait, withUser, type BytesPlayed } from '../plays.ts';
import { withPayloads, type Change } from '../tamper.ts';
import { attacked, env, flags, forger, honest, policy, told, tpData, type Refusal } from './refusal.ts';

const toKms = { type: 'RESOLVE_INIT_PSK', to: 'kms' };
const phone = uri(bytes, 'sip:bob-phone@example.com');
const kms = uri(bytes, 'sip:kms@example.com');
const authority = policyAuthority(() => policyOf(standard(), standard().kmss[0]!, []));
const toPhone = { callee: 'sip:bob@b.example', reach: ['bob-phone'] };
const twoKms = changed(builtIn('two-kms'), { steps: [call({ from: 'KMS' }, toPhone)] });
const honestTwo = played(twoKms);
const forgerOfTwo = new Forger(honestTwo);
const asks = hop(honest, 'RESOLVE_INIT_PSK').message;

/** Changes the octets of the Ticket Data of a message's ticket. */
const ticketData =
  (change: (data: Uint8Array) => Uint8Array): Change =>
  (message) =>
    withPayloads(message, (payload) => [
      payload.kind === 'TICKET' ? { ...payload, ticketData: change(payload.ticketData) } : payload,
    ]);
/** Changes the last octet of Initiator Data, in the MAC of Vr. */
const forgedVr: Change = (message) =>
  withPayloads(message, (payload) => [
    payload.kind === 'TICKET' ? { ...payload, initiatorData: flipped(payload.initiatorData) } : payload,
  ]);
/** A KMS pair in which a message from one to the other is changed. */
const attackedTwo =
  (where: Where, change: Change): (() => BytesPlayed) =>
  () =>
    played(twoKms, { intercept: forgerOfTwo.at(where, change) });
/** alice calls bob with a ticket for carol, and nobody but a KMS minds. */
const forCarol: Scenario = changed(twoKms, {
  users: [...twoKms.users, { ...twoKms.users[1]!, name: 'carol', identity: 'sip:carol@b.example', devices: [] }],
  steps: [call({ from: 'KMS', responders: ['sip:carol@b.example'] }, toPhone)],
});

/** Refusals of a KMS: one for each check on the ticket, on who may have its keys, and on partner KMSs. */
export const ticketRefusals = {
  ticketTypeSupported: {
    what: '[rfc6043:6.10-13] a ticket of another version',
    party: 'kms',
    run: attacked(toKms, forger.resealed({ policy: (before) => ({ ...before, version: 9 }) })),
    told: told('Invalid TICKET'),
  },
  ticketKeyKnown: {
    what: '[rfc6043:A.1-9] a ticket under a TPK that the KMS does not have',
    party: 'kms',
    run: attacked(toKms, forger.resealed({ TPK: { id: keyName(bytes, 'tpk-nobody'), key: Buffer.alloc(32, 1) } })),
    told: told('Invalid TICKET'),
  },
  ticketMacValid: {
    what: '[rfc6043:A.1-12] a ticket whose policy was widened',
    party: 'kms',
    run: attacked(toKms, policy(tpData((data) => ({ ...data, TRe: data.TRe! + second })))),
    told: told('Invalid TICKET'),
  },
  ticketAlgorithmsMatch: {
    what: '[rfc6043:A.1-4] a ticket whose keys are encrypted with 128 bits',
    party: 'kms',
    run: attacked(
      toKms,
      ticketData((octets) => {
        const { thdr, payloads } = bytes.decode('Ticket Data', octets);
        const weaker = payloads.map((payload) =>
          payload.kind === 'KEMAC' ? { ...payload, encrAlg: encrAlgs['AES-CM-128'] } : payload,
        );
        return bytes.encode({ kind: 'Ticket Data', thdr, payloads: weaker });
      }),
    ),
    told: told('Unspecified error'),
  },
  ticketRandLongEnough: {
    what: '[rfc6043:12.1-7] a ticket with a RAND shorter than TPK and MPK',
    party: 'kms',
    run: attacked(toKms, forger.resealed({ RAND: Buffer.alloc(16, 7) })),
    told: told('Unspecified error'),
  },
  ticketKeysComplete: {
    what: '[rfc6043:A.1-8] a ticket whose first key is no MPK',
    party: 'kms',
    run: attacked(toKms, forger.resealed({ keys: (keys) => keys.toReversed() })),
    told: told('Unspecified error'),
  },
  ticketKeysStrong: {
    what: '[rfc6043:12.1-4] a ticket with a TGK of 64 bits',
    party: 'kms',
    run: attacked(toKms, forger.resealed({ keys: ([MPK, TGK]) => [MPK!, { ...TGK!, key: TGK!.key.subarray(0, 8) }] })),
    told: told('Unspecified error'),
  },
  ticketFlagsLegal: {
    what: '[rfc6043:6.10-9] a ticket with a forked TGK and no response',
    party: 'kms',
    run: attacked(toKms, forger.resealed({ policy: flags('DEHIJNO') })),
    told: told('Invalid TPpar'),
  },
  ticketMakerMatchesKey: {
    what: '[rfc6043:6.10-15] a ticket under the TPK of the KMS that says that a user made it',
    party: 'kms',
    run: attacked(toKms, forger.resealed({ policy: flags('EFGHIJLNO') })),
    told: told('Invalid TPpar'),
  },
  ticketMakerOwnsIdentity: {
    what: '[rfc6043:6.10-53] a ticket that mallory made in the name of alice',
    party: 'kms',
    run: () => {
      const scenario = withMallory(builtIn('otway-rees'));
      const alone = new Forger(played(scenario));
      const inHerName = tpData((data) => ({ ...data, IDRi: uri(bytes, 'sip:alice@example.com') }));
      const steal: Change = (message) =>
        renamed('IDRi', 'sip:alice@example.com')(alone.resealed({ policy: inHerName })(message));
      return played(scenario, { intercept: alone.at({ type: 'TRANSFER_INIT', to: 'proxy' }, steal) });
    },
    told: told('Invalid ID'),
  },
  ticketMakerAuthorized: {
    what: '[rfc6043:4.1.1-3] [rfc6043:12.1-1] a ticket of a user that may make none',
    party: 'kms',
    run: () =>
      played(
        withUser(
          changed(builtIn('otway-rees'), {
            steps: [call({ from: 'self', flags: 'EFGHIJLNO' }, { reach: ['bob-phone'] })],
          }),
          'alice',
          {
            ownTickets: { key: true, local: true, kms: false },
          },
        ),
      ),
    told: told('Invalid ID'),
  },
  ticketNamesThisKms: {
    what: '[rfc6043:6.10-52] a ticket for another KMS',
    why: 'the machine passes such a ticket on to the other KMS before it would resolve it',
    step: () =>
      resolveTicket(
        env,
        forger.resealed({
          policy: tpData((data) => ({ ...data, IDRkms: uri(bytes, 'sip:other-kms@example.com') })),
        })(asks),
        {
          kms,
          authority,
          TPK: { id: keyName(bytes, 'tpk-1'), key: secretOf(honest, 'TPK'), maker: undefined },
          resolver: phone,
          partner: undefined,
          inkey: secretOf(honest, 'PSK(bob-phone)'),
        },
      ),
  },
  ticketValidNow: {
    what: '[rfc6043:6.10-57] a ticket that is over, of a caller and a callee that do not care',
    party: 'kms',
    run: () =>
      played(
        changed(builtIn('reused'), {
          steps: [
            call({ from: 'KMS', validFor: 60 }, { reach: ['bob-phone'] }),
            wait(61),
            call({ from: 'held' }, { reach: ['bob-laptop'] }),
          ],
        }),
        {
          without: ['heldTicketValidNow', 'offerTicketValidNow'],
        },
      ),
    told: told('Invalid TICKET'),
  },
  resolverAuthorized: {
    what: '[rfc6043:12.5-1] [rfc6043:12.5-2] a ticket for a group that the resolver has left',
    party: 'kms',
    run: () => {
      const group = builtIn('group');
      const [first, leave] = group.steps;
      const again = call({ from: 'held' }, { callee: 'sip:team@example.com', reach: ['dave'] });
      return played(changed(group, { steps: [first!, leave!, again] }));
    },
    told: told('Invalid ID'),
  },
  initiatorDataValid: {
    what: '[rfc6043:4.2.3.4-2] Initiator Data of somebody without MPKr',
    party: 'kms',
    run: attacked(toKms, forgedVr),
    told: told('Invalid TICKET'),
  },
  partnerSpeaksForResolver: {
    what: '[rfc6043:10-1] a request of a partner KMS for a user that is not its own',
    party: 'kms-a',
    run: attackedTwo({ type: 'RESOLVE_INIT_PSK', to: 'kms-a' }, renamed('IDRr', 'sip:bob-phone@c.example')),
    told: told('Invalid ID'),
  },
  resolveNotForwardedTwice: {
    what: '[rfc6043:10-7] a ticket of a third KMS, from a partner KMS',
    party: 'kms-a',
    run: attackedTwo(
      { type: 'RESOLVE_INIT_PSK', to: 'kms-a' },
      policy(tpData((data) => ({ ...data, IDRkms: uri(bytes, 'sip:kms@c.example') }))),
    ),
    told: told('Invalid ID'),
  },
  partnerKnown: {
    what: '[rfc6043:10-1] a ticket of a KMS with which there is no agreement',
    party: 'kms-b',
    run: () =>
      played(
        changed(twoKms, { kmss: twoKms.kmss.map((one) => (one.name === 'kms-b' ? { ...one, agreements: [] } : one)) }),
      ),
    told: told('Invalid ID'),
  },
  foreignResolverAuthorized: {
    what: '[rfc6043:4.2.3-13] a ticket of another KMS for another user of this one',
    party: 'kms-b',
    run: () => played(forCarol, { without: ['calleeInTicket', 'offerTicketNamesMe'] }),
    told: told('Invalid ID'),
  },
} satisfies Partial<Record<CheckName, Refusal>>;

/** mallory takes the place of alice as the caller; alice is still a user. */
function withMallory(scenario: Scenario): Scenario {
  const [alice, ...others] = scenario.users;
  return {
    ...scenario,
    users: [{ ...alice!, name: 'mallory', identity: 'sip:mallory@example.com' }, alice!, ...others],
    steps: [call({ from: 'self', flags: 'EFGHIJLNO' }, { caller: 'mallory', reach: ['bob-phone'] })],
  };
}
