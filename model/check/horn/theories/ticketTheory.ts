/**
 * MIKEY-TICKET with key forking as a theory written by hand: mode 1 (the KMS makes the ticket) and mode 3 (the initiator makes it).
 *
 * It is a yardstick for the clauses that are extracted from the role machines, and a first target for the prover; it is not what runs.
 *
 * Any number of honest users hon(X) and of dishonest ones dis(X), who have credentials like everybody. A ticket is for `oneof(X,Y)`: two identities, honest
 * or not. The network is the attacker's.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 */
import { buildTheory, type RoleStep } from '../builder.ts';
import type { Theory } from '../clauses.ts';
import type { TicketAblation, TicketMode } from './ticketSwitches.ts';
import { TicketTerms } from './ticketTerms.ts';

/** What these theories leave out. */
export const ticketAbstraction: readonly string[] = [
  'written by hand, not extracted from the role machines',
  'perfect PRF, MAC and encryption; encryption without IV',
  'no time and no lengths; one KMS; one crypto session; pre-shared keys; one transfer for each ticket',
  'fresh values are functions of who draws them, for what, and a session',
];

const functions = {
  senc: 2,
  mac: 2,
  mpkI: 1,
  mpkR: 1,
  ticketEncr: 1,
  ticketAuth: 1,
  vrAuth: 1,
  initAuth: 2,
  respAuth: 3,
  tek: 3,
  requestAuth: 2,
  answerAuth: 2,
  answerEncr: 2,
  resolveAuth: 2,
  resolvedAuth: 2,
  resolvedEncr: 2,
  oneof: 2,
};

/** The theory of a mode, with protections left out. */
export function ticketTheory(mode: TicketMode, without: readonly TicketAblation[] = []): Theory {
  const off = new Set(without);
  const terms = new TicketTerms(mode, off);
  return buildTheory({
    name: `hand-written MIKEY-TICKET, ${mode}${without.length > 0 ? ` without ${without.join(', ')}` : ''}`,
    abstraction: ticketAbstraction,
    knows: ['hon(X)', 'dis(X)', 'psk(dis(X))', ...(mode === 'mode 3' ? ['tpk(dis(X))'] : []), 'policy'].concat([
      'requestInit',
      'requestResp',
      'transferInit',
      'transferResp',
      'resolveInit',
      'resolveResp',
      'kms',
    ]),
    functions: { ...functions, ...terms.functions },
    clauses: {
      decrypt: 'att(senc(M,K)) & att(K) => att(M)',
      'the first may answer': 'may(oneof(X,Y),X)',
      'the second may answer': 'may(oneof(X,Y),Y)',
    },
    roles: [
      ...(mode === 'mode 1' ? [requestRole(terms), issueRole(terms, off)] : []),
      initiatorRole(mode, terms),
      resolveInitRole(),
      kmsRole(terms, off),
      responderRole(terms, off),
    ],
  });
}

const RANDq = 'randRequest(hon(A),R,S)';

function requestInit(terms: TicketTerms): string {
  return `[requestInit,hon(A),${RANDq},${terms.tp('hon(A)', 'R')}]`;
}

/** The initiator asks for a ticket, for any responders. */
function requestRole(terms: TicketTerms): readonly RoleStep[] {
  const message = requestInit(terms);
  return [
    {
      name: 'I sends REQUEST_INIT',
      receive: ['R'],
      send: [message, `mac(requestAuth(psk(hon(A)),${RANDq}),${message})`],
    },
  ];
}

/** The KMS issues a ticket. */
function issueRole(terms: TicketTerms, off: ReadonlySet<TicketAblation>): readonly RoleStep[] {
  const named = off.has('requester-not-compared') ? 'P' : 'A';
  const policy = terms.tp(named, 'R');
  const message = `[requestInit,A,Q,${policy}]`;
  const [MPK, TGK] = [`mpk(A,R,Q)`, `tgk(A,R,Q)`];
  const sealed = terms.sealed('kms', { MPK, TGK });
  const ticket = `[${policy},kms,${sealed},${terms.ticketMac('kms', policy, sealed)}]`;
  const KEMAC = `senc([mpkI(${MPK}),mpkR(${MPK}),${TGK}],answerEncr(psk(A),Q))`;
  return [
    {
      name: 'KMS sends REQUEST_RESP',
      receive: [message, `mac(requestAuth(psk(A),Q),${message})`],
      send: [
        `[requestResp,${ticket},${KEMAC}]`,
        `mac(answerAuth(psk(A),Q),[[requestResp,${ticket},${KEMAC}],${message}])`,
      ],
    },
  ];
}

/** The initiator calls with a ticket, then takes an answer. */
function initiatorRole(mode: TicketMode, terms: TicketTerms): readonly RoleStep[] {
  const policy = terms.tp('hon(A)', 'R');
  const own = { MPK: 'mpk(hon(A),R,S)', TGK: 'tgk(hon(A),R,S)' };
  const sealed = terms.sealed('hon(A)', own);
  const made = mode === 'mode 3';
  const ticket = made
    ? `[${policy},hon(A),${sealed},${terms.ticketMac('hon(A)', policy, sealed)}]`
    : `[${policy},kms,E,MT]`;
  const [MPKi, MPKr, TGK] = made ? [`mpkI(${own.MPK})`, `mpkR(${own.MPK})`, own.TGK] : ['KI', 'KR', 'TG'];
  const KEMAC = `senc([KI,KR,TG],answerEncr(psk(hon(A)),${RANDq}))`;
  const response = `[requestResp,${ticket},${KEMAC}]`;
  const RANDt = 'randTransfer(hon(A),R,S)';
  const V = terms.transferV(MPKi, RANDt, { initiator: 'hon(A)', responders: 'R', ticket });
  const Vr = `mac(vrAuth(${MPKr}),${V})`;
  const message = `[transferInit,${RANDt},hon(A),R,${ticket}]`;
  const [MPKrB, TGKB] = [terms.forkedMpkr(MPKr, 'B', 'RK'), terms.forkedTgk(TGK, 'B', 'RK')];
  const answer = `[transferResp,RR,B,RK]`;
  return [
    {
      name: 'I sends TRANSFER_INIT',
      receive: made
        ? ['R']
        : ['R', response, `mac(answerAuth(psk(hon(A)),${RANDq}),[${response},${requestInit(terms)}])`],
      begin: [`beginI(hon(A),R,${RANDt},${ticket})`],
      send: [message, `[${V},${V},${Vr}]`],
    },
    {
      name: 'I accepts TRANSFER_RESP',
      receive: [answer, `mac(respAuth(${MPKrB},${RANDt},RR),[${answer},${message}])`],
      given: 'may(R,B)',
      end: [
        `doneI(hon(A),B,R,${RANDt},tek(${TGKB},${RANDt},RR))`,
        `forkI(hon(A),B,R,${MPKrB},${TGKB})`,
        `callI(hon(A),R,${MPKi})`,
      ],
    },
  ];
}

const offered = '[transferInit,RT,A,R,TICKET]';
const RANDr = 'randResolve(hon(B),S)';

/** The responder has any ticket resolved. */
function resolveInitRole(): readonly RoleStep[] {
  const message = `[resolveInit,hon(B),${RANDr},TICKET,VI,VR]`;
  return [
    {
      name: 'R sends RESOLVE_INIT',
      receive: ['TICKET', 'VI', 'VR'],
      send: [message, `mac(resolveAuth(psk(hon(B)),${RANDr}),${message})`],
    },
  ];
}

/** The KMS resolves a ticket. */
function kmsRole(terms: TicketTerms, off: ReadonlySet<TicketAblation>): readonly RoleStep[] {
  const owner = terms.tpk('O') === 'tpkKms' ? 'kms' : off.has('tpk-owner-not-compared') ? 'O' : 'P';
  const policy = terms.tp('P', 'R');
  const sealed = terms.sealed(owner, { MPK: 'M', TGK: 'G' });
  const ticket = `[${policy},${owner},${sealed},${terms.ticketMac(owner, policy, sealed)}]`;
  const Vr = off.has('vr-not-checked') ? 'VR' : terms.vr('M', 'VI');
  const message = `[resolveInit,B,Q,${ticket},VI,${Vr}]`;
  const RK = 'randKms(B,Q,S)';
  const [MPKr, TGK] = [terms.forkedMpkr('mpkR(M)', 'B', RK), terms.forkedTgk('G', 'B', RK)];
  const response = `[resolveResp,B,${RK},senc([mpkI(M),${MPKr},${TGK}],resolvedEncr(psk(B),Q))]`;
  return [
    {
      name: 'KMS sends RESOLVE_RESP',
      receive: [message, `mac(resolveAuth(psk(B),Q),${message})`],
      given: off.has('no-authorisation') ? '' : 'may(R,B)',
      send: [response, `mac(resolvedAuth(psk(B),Q),[${response},${message}])`],
    },
  ];
}

/** The responder takes the call. */
function responderRole(terms: TicketTerms, off: ReadonlySet<TicketAblation>): readonly RoleStep[] {
  const believed = off.has('responder-ignores-idri') ? 'P' : 'A';
  const ticket = `[${terms.tp(believed, 'R')},O,E,MT]`;
  const message = offered.replace('TICKET', ticket);
  const V = terms.transferV('KI', 'RT', { initiator: 'A', responders: 'R', ticket });
  const Vi = off.has('vi-not-compared') ? 'VI' : V;
  const resolve = `[resolveInit,hon(B),${RANDr},${ticket},${Vi},VR]`;
  const response = `[resolveResp,hon(B),RK,senc([KI,KR,TG],resolvedEncr(psk(hon(B)),${RANDr}))]`;
  const RR = 'randAnswer(hon(B),RT,S)';
  const answer = `[transferResp,${RR},hon(B),RK]`;
  const TEK = `tek(TG,RT,${RR})`;
  const unique = off.has('no-replay-cache') ? 'S' : V;
  return [
    {
      name: 'R accepts TRANSFER_INIT',
      receive: [
        message,
        `[${V},${Vi},VR]`,
        response,
        `mac(resolvedAuth(psk(hon(B)),${RANDr}),[${response},${resolve}])`,
      ],
      given: 'may(R,hon(B))',
      begin: [`beginR(A,hon(B),R,RT,${TEK})`],
      send: [answer, `mac(respAuth(KR,RT,${RR}),[${answer},${message}])`],
      end: [`doneR(A,hon(B),R,RT,${TEK})`, `forkR(A,hon(B),R,KR,TG)`, `tookR(A,hon(B),R,RT,${ticket},${unique})`],
    },
  ];
}
