/**
 * Situations that drivers put a world into: other flows than the standard one, and faulty parties that have the keys.
 *
 * @module
 */
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { responseCoverage } from '../../model/message/coverage.ts';
import { all } from '../../model/message/select.ts';
import { play } from '../../model/modes/play.ts';
import type { CallStep } from '../../model/modes/scenario.ts';
import { endpointsOf, standardScenario } from '../../model/modes/standard.ts';
import { appendV } from '../../model/protection/authentication.ts';
import { bytes, interpretation } from '../../src/run/byteRun.ts';
import { builtIn } from '../../src/scenario/file.ts';
import { only, secret } from '../support/runs.ts';
import { encoded } from '../support/tamper.ts';
import { at, type Which } from './taps.ts';
import type { World } from './world.ts';

/** alice makes tickets herself (mode 3). @param local - whether her local policy lets her */
export function selfMade(world: World, local = true): void {
  world.user('alice', { mayRequest: false, ownTickets: { key: true, local, kms: true } });
  world.calls((call) => ({ ...call, ticket: { from: 'self', flags: 'EFGHIJLNO' } }));
}

/** Nobody answers by a message: F = 0. */
export function oneWay(world: World, flags: string): void {
  world.scenario = { ...world.scenario, allow: ['I=0', 'F=0', 'G=0'] };
  world.calls((call) => (call.ticket.from === 'held' ? call : { ...call, ticket: { ...call.ticket, flags } }));
}

/** A second call, with the ticket of the first. */
export function again(world: World): void {
  world.steps((steps) => [...steps, { ...(steps[0] as CallStep), ticket: { from: 'held' } }]);
}

/** Two calls with a ticket each that may be used once (J = 0). */
export function singleUse(world: World): void {
  world.calls((call) => ({ ...call, ticket: { ...call.ticket, flags: 'DEFGHINO' } }));
  world.steps((steps) => [...steps, ...steps]);
}

/** Nobody takes the last call. */
export function unanswered(world: World): void {
  const last = world.scenario.steps.length - 1;
  world.calls((call, index) => (index === last ? { ...call, answer: [] } : call));
}

/** The callee has two endpoints. */
export function twoEndpoints(world: World): void {
  world.user('bob', { devices: endpointsOf('bob', 2) });
}

/** The ticket names somebody else, too: then an endpoint that is not the callee itself is not believed to be one of the callee's. */
export function namesOthers(world: World): void {
  world.scenario = { ...world.scenario, allow: ['cached-group'] };
  const responders = ['sip:bob@example.com', 'sip:carol@example.com'];
  world.calls((call) => (call.ticket.from === 'held' ? call : { ...call, ticket: { ...call.ticket, responders } }));
}

/** A name that is longer than the length field of an ID payload can say; its IDRpsk cannot be sent. */
export function unspeakable(world: World, role: 'caller' | 'callee'): void {
  const name = 'x'.repeat(70_000);
  if (role === 'callee') return world.user('bob', { devices: [{ name, identity: 'sip:bob-phone@example.com' }] });
  world.user('alice', { name });
  world.calls((call) => ({ ...call, caller: name }));
}

/** The callee trusts another KMS than the caller. @param agreements - those that each KMS has */
export function twoKms(world: World, agreements: Readonly<Record<string, readonly string[]>> = {}): void {
  const scenario = builtIn('two-kms');
  const kmss = scenario.kmss.map((kms) => ({ ...kms, agreements: agreements[kms.name] ?? kms.agreements }));
  world.scenario = { ...scenario, kmss, steps: [{ ...(scenario.steps[0] as CallStep), reach: ['bob-phone'] }] };
}

/** Somebody left the group, and resolves a ticket for it all the same. */
export function formerMember(world: World): void {
  world.scenario = builtIn('group');
}

/** The callee resolves the ticket itself (mode 2). */
export function mode2(world: World): void {
  world.scenario = builtIn('kerberos');
}

/** Everybody has a certificate in place of a key that it shares with the KMS. */
export function publicKeys(world: World): void {
  world.scenario = builtIn('public-key');
}

/** A partner KMS that gives another identity to the keys than that of the resolver. */
export function faultyPartner(world: World): void {
  world.taps.push(
    at(['RESOLVE_RESP', 'kms-b'], (hop) => {
      const { trace } = world.honest();
      const initial = trace.messages.find(({ type, to }) => type === 'RESOLVE_INIT_PSK' && to === 'kms-a')!.message;
      const payloads = hop.message.payloads
        .filter((payload) => payload.kind !== 'V')
        .map((payload) =>
          payload.kind === 'IDR' && Buffer.from(payload.data).toString().startsWith('sip:bob-phone')
            ? { ...payload, data: Buffer.from('sip:mallory@b.example') }
            : payload,
        );
      const macAlg = only(hop.message, 'V').authAlg;
      const authKey = messageAuthKey(bytes, macAlg, {
        prfFunc: initial.header.prfFunc,
        inkey: secret({ trace }, 'PSK(kms-b, kms-a)'),
        direction: 'response',
        csbId: initial.header.csbId,
        RANDRr: all(initial.payloads, 'RANDR')[0]!.rand,
      });
      const draft = { header: hop.message.header, payloads };
      return [
        encoded(appendV(bytes, draft, { macAlg, authKey, cover: (one) => responseCoverage(bytes, one, initial) })),
      ];
    }),
  );
}

/** A message of another call arrives, too, or in place of this one. */
export function stray(
  world: World,
  which: Which,
  { type, instead }: { readonly type: string; readonly instead: boolean },
): void {
  const other = play(interpretation('another call'), standardScenario({ forks: 1, suite: 'sha1' }));
  const { octets } = other.trace.messages.find((hop) => hop.type === type)!;
  world.taps.push(at(which, (hop) => (instead ? [octets] : [octets, hop.octets])));
}
