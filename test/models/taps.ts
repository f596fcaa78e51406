/**
 * People in the middle of the network: what they do to the n-th message of a type on its way to a party.
 *
 * @module
 */
import { buildError } from '../../model/exchange/errorMessage.ts';
import type { Message } from '../../model/message/message.ts';
import { env, rejected } from '../support/errors.ts';
import { encoded, resign, withPayloads } from '../support/tamper.ts';
import type { Hop } from '../support/runs.ts';
import type { Tap, World } from './world.ts';

/** Which message: its type, the receiver, and how many such there were before. */
export type Which = readonly [type: string, to: string, before?: number];

/** Does something to one message. */
export function at([type, to, before = 0]: Which, change: (hop: Hop, world: World) => readonly Uint8Array[]): Tap {
  let seen = 0;
  return (hop, world) => {
    if (hop.type !== type || hop.to !== to) return undefined;
    seen += 1;
    return seen === before + 1 ? change(hop, world) : undefined;
  };
}

/** It never arrives. */
export function dropped(which: Which): Tap {
  return at(which, () => []);
}

/** It arrives twice. */
export function twice(which: Which): Tap {
  return at(which, (hop) => [hop.octets, hop.octets]);
}

/** The last bit is flipped, which is one of the MAC in V. */
export function flipped(octets: Uint8Array): Uint8Array {
  return octets.map((octet, index) => (index === octets.length - 1 ? octet ^ 1 : octet));
}

/** It arrives with a wrong MAC. */
export function damaged(which: Which): Tap {
  return at(which, (hop) => [flipped(hop.octets)]);
}

/** One with a wrong MAC arrives first, then the genuine one. */
export function damagedFirst(which: Which): Tap {
  return at(which, (hop) => [flipped(hop.octets), hop.octets]);
}

/** It comes a day late, by its timestamp. */
export function outdated(which: Which): Tap {
  return at(which, (hop) => [
    encoded(
      withPayloads(hop.message, (payload) => {
        if (payload.kind !== 'T') return [payload];
        const value = payload.value.slice();
        new DataView(value.buffer).setUint32(0, new DataView(value.buffer).getUint32(0) - 86_400);
        return [{ ...payload, value }];
      }),
    ),
  ]);
}

/** An Error message without a MAC about what this message answers: anybody can make one. */
export function forgedError({ message }: Hop): Uint8Array {
  return encoded(buildError(env, { failed: message.header, rejection: rejected('ERR_UNSPECIFIED', false) }));
}

/** A forged Error message arrives before it. */
export function afterForgedError(which: Which): Tap {
  return at(which, (hop) => [forgedError(hop), hop.octets]);
}

/** A forged Error message arrives after it. */
export function beforeForgedError(which: Which): Tap {
  return at(which, (hop) => [hop.octets, forgedError(hop)]);
}

/** An older message to the same party arrives in place of it. */
export function replaced(which: Which, old: Which): Tap {
  const [type, to, before = 0] = old;
  const seen: Uint8Array[] = [];
  const replay = at(which, () => [seen[before]!]);
  return (hop, world) => {
    if (hop.type === type && hop.to === to) seen.push(hop.octets);
    return replay(hop, world);
  };
}

/** It is changed by somebody who has the keys: a faulty peer. */
export function faulty(which: Which, change: (message: Message<Uint8Array>) => Message<Uint8Array>): Tap {
  return at(which, (hop, world) => {
    const { trace } = world.honest();
    const response = hop.type.endsWith('RESP');
    const initial = response
      ? trace.messages.find((one) => one.type !== hop.type && sameCsb(one, hop) && !one.type.endsWith('RESP'))
      : undefined;
    const options = { message: change(hop.message), ...(initial ? { initial: initial.message } : {}) };
    return [encoded(resign({ trace }, hop, options))];
  });
}

function sameCsb(a: Hop, b: Hop): boolean {
  return Buffer.from(a.message.header.csbId).equals(Buffer.from(b.message.header.csbId));
}
