import { createTicket } from '../../../model/exchange/createTicket.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import { keyName, uri } from '../../../model/message/identity.ts';
import { localAuthority } from '../../../model/modes/scenarioPolicy.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { renamed } from '../forger.ts';
import { call, changed, hop, people, played, standard, wait, withUser } from '../plays.ts';
import { only } from '../runs.ts';
import { withPayloads, type Change } from '../tamper.ts';
import {
  attacked,
  env,
  flags,
  hinted,
  honest,
  later,
  moved,
  policy,
  silence,
  tpData,
  type Refusal,
} from './refusal.ts';

const toBob = { type: 'TRANSFER_INIT', to: 'bob-phone' };
const selfMade = { ...builtIn('otway-rees'), steps: [call({ from: 'self', flags: 'EFGHIJLNO' })] };
const kemac = only(hop(honest, 'REQUEST_RESP').message, 'KEMAC');
/** A KEMAC before V, where none belongs. */
const withKemac: Change = (message) =>
  withPayloads(message, (payload) => (payload.kind === 'V' ? [kemac, payload] : [payload]));
/** An SRTP policy with an authentication tag of 32 bits. */
const weakPolicy: Change = (message) =>
  withPayloads(message, (payload) => [
    payload.kind === 'SP'
      ? {
          ...payload,
          params: payload.params.map((param) => (param.type === 11 ? { ...param, value: Buffer.from([4]) } : param)),
        }
      : payload,
  ]);
/** Refusals of both sides of a call: one for each check before and on TRANSFER_INIT. */
export const transferRefusals = {
  calleeInTicket: {
    what: '[rfc6043:6.10-69] a call to somebody whom the ticket does not name',
    party: 'alice',
    run: () => played(standard({ responders: ['sip:carol@example.com'] })),
    told: silence,
  },
  heldTicketValidNow: {
    what: '[rfc6043:6.10-55] a call with a ticket that is not valid yet',
    party: 'alice',
    run: () => played(standard({ startsIn: 600 })),
    told: silence,
  },
  heldTicketReusable: {
    what: '[rfc6043:5.3-7] [rfc6043:6.10-34] a second call with a ticket that has J = 0',
    party: 'alice',
    run: () => played(standard({}, { steps: [call({ from: 'KMS', flags: 'DEFGHINO' }), call({ from: 'held' })] })),
    told: silence,
  },
  heldGroupVerified: {
    what: '[rfc6043:5.3-9] [rfc6043:5.3-8] [rfc6043:12.5-3] a second call with a group key, though nobody looked at the group',
    party: 'alice',
    run: () => played(standard({}, { steps: [call({ from: 'KMS', keys: ['GTGK'] }), call({ from: 'held' })] })),
    told: silence,
  },
  heldTicketMine: {
    what: '[rfc6043:9.1-1] a call with a ticket of somebody else under key forking',
    party: 'bob',
    run: () => played(withForking('group-decentralised')),
    told: silence,
  },
  callMaySupplyKeys: {
    what: '[rfc6043:6.10-40] a call with keys of the own making, though L is 0',
    party: 'alice',
    run: () => played(standard({}, { steps: [call({ from: 'KMS' }, { supply: ['TGK'] })] })),
    told: silence,
  },
  callHasKeys: {
    what: '[rfc6043:8-3] a call without any session key, from whomever',
    party: 'alice',
    run: () => played(standard({ flags: 'DEFGHIJLNO', keys: [] })),
    told: silence,
  },
  creationAllowed: {
    what: '[rfc6043:4.1-3] [rfc6043:4.1.1-3] a ticket of the own making, against the local policy',
    party: 'alice',
    run: () => played(withUser(selfMade, 'alice', { ownTickets: { key: true, local: false, kms: true } })),
    told: silence,
  },
  createdFlagsLegal: {
    what: '[rfc6043:6.10-15] a ticket of the own making that says that the KMS made it',
    party: 'alice',
    run: () => played(changed(selfMade, { steps: [call({ from: 'self', flags: 'DEFGHIJLNO' })] })),
    told: silence,
  },
  createdKeysAdequate: {
    what: '[rfc6043:12.1-11] a ticket of the own making with 256-bit algorithms under a TPK of 128 bits',
    why: 'all keys of a scenario fit its suite',
    step: () => {
      const made = hop(played(selfMade), 'TRANSFER_INIT', { to: 'proxy' }).message;
      return createTicket(env, {
        initiator: uri(bytes, 'sip:alice@example.com'),
        TPK: { id: keyName(bytes, 'tpk-alice'), key: Buffer.alloc(16, 1) },
        policy: only(made, 'TICKET').policy,
        localPolicy: localAuthority(selfMade.users[0]!),
      });
    },
  },
  offerTicketTypeSupported: {
    what: '[rfc6043:6.10-12] a call with a ticket of another subtype',
    party: 'bob-phone',
    run: attacked(
      toBob,
      policy((before) => ({ ...before, subtype: 2 })),
    ),
    told: hinted('Invalid TICKET'),
  },
  offerFlagsLegal: {
    what: '[rfc6043:6.10-48] a call with a ticket that has a reserved bit set',
    party: 'bob-phone',
    run: attacked(
      toBob,
      policy((before) => ({ ...before, res: 1 })),
    ),
    told: hinted('Invalid TPpar'),
  },
  offerPolicyAcceptable: {
    what: '[rfc6043:12.4-5] a call without key forking',
    party: 'bob-phone',
    run: attacked(toBob, policy(flags('DEFGHJNO'))),
    told: hinted('Invalid TPpar'),
  },
  offerMapGeneric: {
    what: '[rfc6043:6.1-10] a call with an Empty map',
    party: 'bob-phone',
    run: attacked(toBob, ({ header, payloads }) => ({ header: { ...header, map: { type: 'Empty map' } }, payloads })),
    told: hinted('Invalid SPpar'),
  },
  offerTimestampFresh: {
    what: '[rfc3830:5.4-4] a call of an hour ago',
    party: 'bob-phone',
    run: attacked(toBob, later(-3600)),
    told: hinted('Invalid TS'),
  },
  offerAlgorithmsMatch: {
    what: '[rfc6043:12.1-11] a call with a 128-bit ticket under 256-bit algorithms',
    party: 'bob-phone',
    run: attacked(
      toBob,
      policy((before) => ({ ...before, prfFunc: 0 })),
    ),
    told: hinted('Unspecified error'),
  },
  offerTicketValidNow: {
    what: '[rfc6043:6.10-57] a call with a ticket that is over',
    party: 'bob-phone',
    run: attacked(toBob, policy(tpData(moved(-7200)))),
    told: hinted('Invalid TICKET'),
  },
  offerCallerOwnsTicket: {
    what: '[rfc6043:12.3-3] a call in the name of somebody who does not own the ticket',
    party: 'bob-phone',
    run: attacked(toBob, renamed('IDRi', 'sip:mallory@example.com')),
    told: hinted('Auth failure'),
  },
  offerAddressedToMe: {
    what: '[rfc6043:4.2.2.1-5] a call to somebody else',
    party: 'bob-phone',
    run: attacked(toBob, renamed('IDRr', 'sip:carol@example.com')),
    told: hinted('Auth failure'),
  },
  offerTicketNamesMe: {
    what: '[rfc6043:6.10-69] a call with a ticket for somebody else',
    party: 'bob-phone',
    run: attacked(toBob, policy(tpData((data) => ({ ...data, IDRr: [uri(bytes, 'sip:carol@example.com')] })))),
    told: hinted('Auth failure'),
  },
  offerApplicationAuthorized: {
    what: '[rfc6043:6.10-70] a call that an application takes for which the ticket is not',
    party: 'bob-phone',
    run: () => played(withApplication('app:games', standard({ applications: ['app:voice'] }))),
    told: hinted('Auth failure'),
  },
  offerInitiatorDataIffForking: {
    what: '[rfc6043:6.10-71] a call whose Initiator Data somebody stripped',
    party: 'bob-phone',
    run: attacked(toBob, (message) =>
      withPayloads(message, (payload) => [
        payload.kind === 'TICKET' ? { ...payload, initiatorData: Buffer.alloc(0) } : payload,
      ]),
    ),
    told: hinted('Invalid TICKET'),
  },
  offerKemacAllowed: {
    what: '[rfc6043:6.10-40] a call with keys of the caller, though L is 0',
    party: 'bob-phone',
    run: attacked(toBob, withKemac),
    told: hinted('Invalid TPpar'),
  },
  offerSecurityPolicyAcceptable: {
    what: '[rfc6043:4.2.2.2-2] a call with a security policy that is too weak',
    party: 'bob-phone',
    run: attacked(toBob, weakPolicy),
    told: hinted('Invalid SPpar'),
  },
  offerTicketReusable: {
    what: '[rfc6043:5.3-7] [rfc6043:6.10-34] a second call with a ticket that has J = 0, of a caller that does not care',
    party: 'bob-phone',
    run: () =>
      played(standard({}, { steps: [call({ from: 'KMS', flags: 'DEFGHINO' }), wait(60), call({ from: 'held' })] }), {
        without: ['heldTicketReusable'],
      }),
    told: hinted('Auth failure'),
  },
  offerResolvableHere: {
    what: '[rfc6043:4.1.1-4] a call with a ticket under a TPK that the callee does not share, and no KMS either',
    party: 'bob',
    run: () =>
      played(
        changed(builtIn('pre-shared'), {
          users: [...builtIn('pre-shared').users, ...people('carol')],
          sharedTicketKeys: [['alice', 'carol']],
        }),
      ),
    told: hinted('Auth failure'),
  },
} satisfies Partial<Record<CheckName, Refusal>>;

/** The decentralised group scenario with key forking, with which it cannot work. */
function withForking(name: string): ReturnType<typeof builtIn> {
  const scenario = builtIn(name);
  const steps = scenario.steps.map((step) =>
    step.do === 'call' && step.ticket.from === 'KMS'
      ? { ...step, ticket: { ...step.ticket, flags: 'DEFHIJNO' } }
      : step,
  );
  return { ...scenario, steps };
}

/** bob's phone takes calls for one application. */
function withApplication(application: string, scenario: ReturnType<typeof standard>): ReturnType<typeof standard> {
  const { devices } = scenario.users.find((user) => user.name === 'bob')!;
  return withUser(scenario, 'bob', { devices: devices.map((device) => ({ ...device, application })) });
}
