/**
 * What has to be so that a step of a path comes true in a run over bytes. A step that is not here comes true by itself in the standard
 * flow, or in the flow that an earlier step asks for.
 *
 * @module
 */
import type { Message } from '../../model/message/message.ts';
import { withPayloads } from '../support/tamper.ts';
import { bundleDrivers } from './bundleDrivers.ts';
import {
  again,
  faultyPartner,
  formerMember,
  mode2,
  namesOthers,
  oneWay,
  publicKeys,
  selfMade,
  singleUse,
  stray,
  twoEndpoints,
  twoKms,
  unanswered,
  unspeakable,
} from './situations.ts';
import {
  afterForgedError,
  beforeForgedError,
  damaged,
  damagedFirst,
  dropped,
  faulty,
  outdated,
  replaced,
  twice,
  type Which,
} from './taps.ts';
import type { Tap, World } from './world.ts';

/** Changes a world so that a step of a path comes true in it. */
export type Driver = (world: World) => void;

/** Somebody stands in the middle. */
function tapped(tap: () => Tap): Driver {
  return (world) => void world.taps.push(tap());
}

const REQUEST_INIT: Which = ['REQUEST_INIT_PSK', 'kms'];
const REQUEST_RESP: Which = ['REQUEST_RESP', 'alice'];
const TRANSFER_INIT: Which = ['TRANSFER_INIT', 'bob-phone'];
const second: Which = ['TRANSFER_INIT', 'bob-phone', 1];
const TRANSFER_RESP: Which = ['TRANSFER_RESP', 'alice'];
const RESOLVE_INIT: Which = ['RESOLVE_INIT_PSK', 'kms'];
const RESOLVE_RESP: Which = ['RESOLVE_RESP', 'bob-phone'];
const foreign: Which = ['RESOLVE_RESP', 'kms-b'];

/** The KMS says that somebody else made the ticket. */
function disowned(message: Message<Uint8Array>): Message<Uint8Array> {
  return withPayloads(message, (payload) =>
    payload.kind === 'TICKET'
      ? [{ ...payload, policy: { ...payload.policy, flags: { ...payload.policy.flags, D: false } } }]
      : [payload],
  );
}

/** The caller names a session key that the ticket does not have. */
function wrongSpi({ header, payloads }: Message<Uint8Array>): Message<Uint8Array> {
  const { map } = header;
  if (map.type !== 'GENERIC-ID') throw new Error('an offer maps its sessions by GENERIC-ID');
  const sessions = map.sessions.map((session) => ({ ...session, spi: Uint8Array.of(0, 0, 0, 0) }));
  return { header: { ...header, map: { ...map, sessions } }, payloads };
}

/** Drivers of the steps of each role, by their keys. */
export const drivers: Readonly<Record<string, Readonly<Record<string, Driver>>>> = {
  initiator: {
    'idle CALL, makeRequestInit: rejected': (world) => unspeakable(world, 'caller'),
    'idle CALL, makeTransferInit: accepted': again,
    'idle CALL, makeTicket: accepted, F = 1, makeTransferInit: accepted': selfMade,
    'idle CALL, makeTicket: accepted, F = 0, makeTransferInit: accepted, deriveKeys: accepted': (world) => {
      selfMade(world);
      oneWay(world, 'EHJLNO');
    },
    'idle CALL, makeTicket: accepted, F = 1, makeTransferInit: rejected': (world) => {
      selfMade(world);
      // Not valid yet.
      world.calls((call) => ({ ...call, ticket: { ...call.ticket, startsIn: 600 } }));
    },
    'idle CALL, makeTicket: rejected': (world) => selfMade(world, false),
    'awaitingRequestResp REQUEST_RESP, checkRequestResp: rejected': tapped(() => damagedFirst(REQUEST_RESP)),
    'awaitingRequestResp REQUEST_RESP, checkRequestResp: refused': tapped(() => faulty(REQUEST_RESP, disowned)),
    'awaitingRequestResp Error, checkRequestError: accepted': tapped(() => afterForgedError(REQUEST_RESP)),
    'awaitingRequestResp Error, checkRequestError: refused': (world) => world.user('alice', { mayRequest: false }),
    'awaitingRequestResp END': tapped(() => dropped(REQUEST_RESP)),
    'awaitingTransferResp TRANSFER_RESP, checkTransferResp: rejected': tapped(() => damagedFirst(TRANSFER_RESP)),
    'awaitingTransferResp Error, checkTransferError: accepted': tapped(() => afterForgedError(TRANSFER_RESP)),
    'awaitingTransferResp END': unanswered,
    'awaitingTransferResp REQUEST_RESP': (world) =>
      stray(world, TRANSFER_RESP, { type: 'REQUEST_RESP', instead: false }),
    'established TRANSFER_RESP, checkTransferResp: accepted': twoEndpoints,
    'established TRANSFER_RESP, checkTransferResp: rejected': tapped(() => twice(TRANSFER_RESP)),
    'established Error, checkTransferError: accepted': tapped(() => beforeForgedError(TRANSFER_RESP)),
  },
  responder: {
    'idle TRANSFER_INIT, checkOffer: rejected': tapped(() => outdated(TRANSFER_INIT)),
    'recallingTicket TICKET_MEMORY, chooseWay: from the KMS, makeResolveInit: rejected': (world) =>
      unspeakable(world, 'callee'),
    'recallingTicket TICKET_MEMORY, chooseWay: kept, checkOfferWithKept: accepted': again,
    'recallingTicket TICKET_MEMORY, chooseWay: kept, checkOfferWithKept: rejected': (world) => {
      again(world);
      world.taps.push(damaged(second));
    },
    'recallingTicket TICKET_MEMORY, chooseWay: with a TPK, openTicket: accepted': mode2,
    'recallingTicket TICKET_MEMORY, chooseWay: with a TPK, openTicket: rejected': (world) => {
      mode2(world);
      world.taps.push(damaged(['TRANSFER_INIT', 'bob']));
    },
    'recallingTicket TICKET_MEMORY, chooseWay: rejected': (world) => {
      singleUse(world);
      world.taps.push(replaced(second, TRANSFER_INIT));
    },
    'awaitingResolveResp RESOLVE_RESP, checkResolveResp: rejected': tapped(() => damagedFirst(RESOLVE_RESP)),
    'awaitingResolveResp RESOLVE_RESP, checkResolveResp: refused': tapped(() => damaged(TRANSFER_INIT)),
    'awaitingResolveResp Error, checkResolveError: accepted': tapped(() => afterForgedError(RESOLVE_RESP)),
    'awaitingResolveResp Error, checkResolveError: refused': formerMember,
    'awaitingResolveResp END': tapped(() => dropped(RESOLVE_RESP)),
    'awaitingResolveResp TRANSFER_INIT': tapped(() => twice(TRANSFER_INIT)),
    'checkingReplay REPLAY_VERDICT, judgeReplay: replayed': tapped(() => replaced(second, TRANSFER_INIT)),
    'ringing END': unanswered,
    'ringing ANSWER, makeAnswer: accepted, F = 0': (world) => oneWay(world, 'DEHJNO'),
    'ringing ANSWER, makeAnswer: rejected': tapped(() => faulty(second, wrongSpi)),
    'established Error, checkCallerError: accepted': tapped(() => damaged(['TRANSFER_RESP', 'alice', 1])),
    'established Error, checkCallerError: refused': namesOthers,
  },
  kms: {
    'idle RESOLVE_RESP': (world) => stray(world, REQUEST_INIT, { type: 'RESOLVE_RESP', instead: false }),
    'idle REQUEST_INIT_PK, admitRequest: accepted': publicKeys,
    'idle RESOLVE_INIT_PK, admitResolve: accepted': publicKeys,
    'idle REQUEST_INIT_PSK, admitRequest: rejected': tapped(() => outdated(REQUEST_INIT)),
    'findingRequester SENDER, verifyRequest: rejected': tapped(() => damaged(REQUEST_INIT)),
    'checkingRequestReplay REPLAY_VERDICT, judgeRequestReplay: replayed': tapped(() => twice(REQUEST_INIT)),
    'choosingTicketKey TICKET_KEY, grant: refused': (world) => world.user('alice', { mayRequest: false }),
    'idle RESOLVE_INIT_PSK, admitResolve: rejected': tapped(() => outdated(RESOLVE_INIT)),
    'findingResolver SENDER, verifyResolve: rejected': tapped(() => damaged(RESOLVE_INIT)),
    'findingResolver SENDER, verifyResolve: accepted, foreign ticket': twoKms,
    'checkingResolveReplay REPLAY_VERDICT, judgeResolveReplay: replayed': tapped(() => twice(RESOLVE_INIT)),
    'findingTicketKey TICKET_KEY, resolve: refused': formerMember,
    'findingPartner PARTNER, makeForwarded: refused': (world) => twoKms(world, { 'kms-b': [] }),
    'awaitingForeignResp RESOLVE_RESP, checkForeignResp: rejected': tapped(() => damagedFirst(foreign)),
    'awaitingForeignResp RESOLVE_RESP, checkForeignResp: refused': faultyPartner,
    'awaitingForeignResp Error, checkForeignError: accepted': tapped(() => afterForgedError(foreign)),
    'awaitingForeignResp Error, checkForeignError: refused': (world) => twoKms(world, { 'kms-a': [] }),
    'awaitingForeignResp END': tapped(() => dropped(foreign)),
  },
  bundle: bundleDrivers,
  forkingProxy: {
    'idle TRANSFER_RESP': (world) =>
      stray(world, ['TRANSFER_INIT', 'proxy'], { type: 'TRANSFER_RESP', instead: false }),
    'forking Error': tapped(() => beforeForgedError(['TRANSFER_INIT', 'proxy'])),
    'forking END': unanswered,
  },
};
