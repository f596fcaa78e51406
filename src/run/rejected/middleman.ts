/**
 * Somebody who stands in the middle of the network, with all keys of the run.
 *
 * @module
 */
import { MikeyError } from '../../../model/error.ts';
import type { Intercept } from '../../../model/modes/network.ts';
import type { TracedMessage } from '../../../model/trace/trace.ts';
import { bytes } from '../byteRun.ts';
import type { Attack } from './attack.ts';
import type { Keyring } from './keyring.ts';
import { Workbench } from './workbench.ts';
import type { Arrived } from './messageBench.ts';

type Hop = TracedMessage<Uint8Array>;

/** Stands in the middle, and changes one message. */
export class Middleman {
  readonly #attack: Attack;
  readonly #keyring: Keyring;
  readonly #arrived: Arrived[] = [];
  readonly #changed = new Map<number, readonly Uint8Array[]>();
  #seen = 0;

  /** @param keyring - the keys of the same run without attack */
  constructor(attack: Attack, keyring: Keyring) {
    this.#attack = attack;
    this.#keyring = keyring;
  }

  /** What arrives of a message. */
  arriving(hop: Hop): readonly Uint8Array[] {
    return this.#changed.get(hop.index) ?? [hop.octets];
  }

  /** The position in the trace of the message that was changed. @throws RangeError if it never came */
  get attacked(): number {
    const [index] = this.#changed.keys();
    if (index === undefined) throw new RangeError(`${this.#attack.what}: the message to change never came`);
    return index;
  }

  /** What the network asks it for each message. */
  readonly intercept: Intercept<Uint8Array> = (hop) => {
    if (this.#isIt(hop)) this.#changed.set(hop.index, this.#change(hop));
    const arriving = this.arriving(hop);
    const [first] = arriving;
    this.#arrived.push({ hop, message: (first && readable(first)) ?? hop.message });
    return arriving;
  };

  #isIt(hop: Hop): boolean {
    const { type, to, nth = 1 } = this.#attack.at;
    if (hop.type !== type || hop.to !== to) return false;
    this.#seen += 1;
    return this.#seen === nth;
  }

  #change(hop: Hop): readonly Uint8Array[] {
    const result = this.#attack.change?.(new Workbench(this.#keyring, hop, this.#arrived));
    if (!result) return [hop.octets];
    if (result instanceof Uint8Array) return [result];
    return 'header' in result ? [bytes.encode({ kind: 'Message', message: result })] : result;
  }
}

function readable(octets: Uint8Array): Arrived['message'] | undefined {
  try {
    return bytes.decode('Message', octets).message;
  } catch (error) {
    if (!(error instanceof MikeyError)) throw error;
    return undefined;
  }
}
