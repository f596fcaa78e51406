/**
 * What has to be so that a step of a bundle's path comes true: the bundle is alice's, the other side is bob's phone.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import type { Bundle } from '../../model/exchange/bundle.ts';
import type { StartedUpdate } from '../../model/exchange/updateInit.ts';
import { strictProfile, type Profile } from '../../model/guard/profile.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { responseCoverage, transferInitCoverage } from '../../model/message/coverage.ts';
import type { GenericIdSession } from '../../model/message/header.ts';
import type { Message } from '../../model/message/message.ts';
import type { Step } from '../../model/modes/scenario.ts';
import { appendV } from '../../model/protection/authentication.ts';
import { bytes } from '../../src/run/byteRun.ts';
import { encoded } from '../support/tamper.ts';
import { stray } from './situations.ts';
import { at, damaged, damagedFirst, dropped, replaced, type Which } from './taps.ts';
import type { Tap, World } from './world.ts';

const TRANSFER_INIT: Which = ['TRANSFER_INIT', 'alice'];
/** The first one answered the call. */
const TRANSFER_RESP: Which = ['TRANSFER_RESP', 'alice', 1];

/** Seconds after which keys are to be replaced. */
const rekeying = 3600;

/** The call that leaves the bundle behind: both sides may bring keys, and have to in time. */
function bundled(world: World): void {
  if (world.scenario.steps.length > 1) return;
  const ticket = { from: 'KMS', flags: 'DEFGHIJLMNO', rekeying, startsIn: -200 } as const;
  world.calls((call) => ({ ...call, ticket }));
}

/** One more thing that happens. */
function then(world: World, ...steps: readonly Step[]): void {
  bundled(world);
  world.steps((before) => [...before, ...steps]);
}

function update(world: World, by: 'alice' | 'bob-phone', answered = true): void {
  const other = by === 'alice' ? 'bob-phone' : 'alice';
  then(world, { do: 'update', by, with: other, keys: ['TGK'], answered });
}

/** Nobody answers the last update. */
function withoutAnswer(world: World): void {
  world.scenario = { ...world.scenario, allow: ['F=0'] };
  world.steps((steps) =>
    steps.map((step, index) =>
      index === steps.length - 1 && step.do === 'update' ? { ...step, answered: false } : step,
    ),
  );
}

/** The answer to an update of alice's is lost, and so she waits. */
function waiting(world: World): void {
  world.taps.push(dropped(TRANSFER_RESP));
}

/** Time passes. alice's clock is late, and her keys are younger by it than the network believes. */
function almostOld(world: World): void {
  then(world, { do: 'wait', seconds: rekeying - 50 });
  world.user('alice', { clockOffset: -100 });
}

/** The other side names its crypto sessions otherwise than it may, and protects the message as it should. */
function faultySessions(
  which: Which,
  change: (sessions: readonly GenericIdSession<Uint8Array>[]) => readonly GenericIdSession<Uint8Array>[],
): Tap {
  return at(which, (hop, world) => {
    const context = world.actors.get('bundle')![0]!.context() as {
      readonly bundle: Bundle<Uint8Array>;
      readonly pending?: StartedUpdate<Uint8Array>;
    };
    const { bundle, pending } = context;
    const { header, payloads } = hop.message;
    if (header.map.type !== 'GENERIC-ID') throw new Error('an update maps its sessions by GENERIC-ID');
    const map = { ...header.map, sessions: change(header.map.sessions) };
    const draft = { header: { ...header, map }, payloads: payloads.filter((payload) => payload.kind !== 'V') };
    const { macAlg } = bundle.suite;
    const cover = (one: Message<Uint8Array>): Uint8Array =>
      hop.type === 'TRANSFER_INIT'
        ? transferInitCoverage(bytes, one, [bundle.initiator, bundle.responder])
        : responseCoverage(bytes, one, pending!.message);
    return [encoded(appendV(bytes, draft, { macAlg, authKey: messageAuthKey(bytes, macAlg, bundle.keyInput), cover }))];
  });
}

/** Its timestamp alone would give a replay away; without a look at it the replay cache has to. */
const forgetful: Profile = { ...strictProfile, without: new Set(['updateTimestampUnused']) };

function replay(world: World): void {
  world.profile = forgetful;
  world.taps.push(replaced(['TRANSFER_INIT', 'alice', 1], TRANSFER_INIT));
}

const judged = 'checkingReplay REPLAY_VERDICT, judgeReplay: accepted';

/** Drivers of the steps of a bundle, by their keys. */
export const bundleDrivers: Readonly<Record<string, (world: World) => void>> = {
  'established UPDATE, makeUpdate: accepted, answer awaited': (world) => update(world, 'alice'),
  'established UPDATE, makeUpdate: accepted, no answer': (world) => {
    update(world, 'alice');
    withoutAnswer(world);
  },
  // Without an answer, though the ticket demands one and nobody allows otherwise.
  'established UPDATE, makeUpdate: rejected': (world) => update(world, 'alice', false),
  'established TRANSFER_INIT, checkUpdateInit: accepted': (world) => update(world, 'bob-phone'),
  'established TRANSFER_INIT, checkUpdateInit: rejected': (world) => {
    update(world, 'bob-phone');
    world.taps.push(damaged(TRANSFER_INIT));
  },
  'established TRANSFER_RESP': (world) => {
    update(world, 'bob-phone');
    stray(world, TRANSFER_INIT, { type: 'TRANSFER_RESP', instead: false });
  },
  'established REKEY_DUE, judgeKeyAge: accepted': almostOld,
  'established REKEY_DUE, judgeKeyAge: rejected': (world) => then(world, { do: 'wait', seconds: rekeying + 1 }),
  'awaitingUpdateResp TRANSFER_RESP, checkUpdateResp: rejected': (world) =>
    void world.taps.push(damagedFirst(TRANSFER_RESP)),
  'awaitingUpdateResp TRANSFER_RESP, checkUpdateResp: refused': (world) =>
    void world.taps.push(faultySessions(TRANSFER_RESP, (sessions) => sessions.slice(1))),
  'awaitingUpdateResp TRANSFER_INIT, checkUpdateInit: accepted': (world) => {
    waiting(world);
    update(world, 'bob-phone');
  },
  'awaitingUpdateResp TRANSFER_INIT, checkUpdateInit: rejected': (world) => {
    waiting(world);
    update(world, 'bob-phone');
    world.taps.push(damaged(TRANSFER_INIT));
  },
  'awaitingUpdateResp UPDATE, makeUpdate: accepted, answer awaited': (world) => {
    waiting(world);
    update(world, 'alice');
  },
  'awaitingUpdateResp UPDATE, makeUpdate: rejected': (world) => {
    waiting(world);
    update(world, 'alice', false);
  },
  'awaitingUpdateResp REKEY_DUE, judgeKeyAge: accepted': (world) => {
    waiting(world);
    almostOld(world);
  },
  'awaitingUpdateResp END': waiting,
  'checkingReplay REPLAY_VERDICT, judgeReplay: replayed': replay,
  [`${judged}, makeAnswer: accepted, nothing to send`]: withoutAnswer,
  // A crypto session comes twice.
  [`${judged}, makeAnswer: rejected`]: (world) =>
    void world.taps.push(faultySessions(TRANSFER_INIT, (sessions) => [...sessions, sessions[0]!])),
};
