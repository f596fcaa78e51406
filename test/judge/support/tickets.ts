/**
 * Tickets for {@link Scene}.
 *
 * @module
 */
import { deriveMpk } from '../../../model/keys/mpk.ts';
import type { KeyDataPayload, TicketPayload } from '../../../model/message/payload.ts';
import { second } from '../../../model/message/timestamps.ts';
import { flagsOf } from '../../../model/policy/flags.ts';
import { writeTpData } from '../../../model/policy/tpData.ts';
import { sealTicket } from '../../../model/ticket/baseTicket.ts';
import { mikeyBaseTicket, numbersOf } from '../../../model/ticket/ticketType.ts';
import { A, hex, type Bytes, type Scene } from './scene.ts';

/** A ticket with its keys. */
export interface Held {
  readonly ticket: TicketPayload<Bytes>;
  readonly MPKi: Bytes;
  readonly MPKr: Bytes;
  readonly sessionKeys: readonly KeyDataPayload<Bytes>[];
}

export interface TicketOptions {
  readonly IDRi?: string;
  readonly IDRr: readonly string[];
  readonly keys?: readonly KeyDataPayload<Bytes>[];
  readonly tpkName?: string;
  readonly letters?: string;
}

/** Makes a ticket, valid for an hour. */
export function makeTicket(scene: Scene, options: TicketOptions): Held {
  const TPK = scene.random();
  const name = options.tpkName;
  if (name === undefined) scene.secrets.tpk = hex(TPK);
  else scene.secrets.tpk = { ...((scene.secrets.tpk ?? {}) as Record<string, string>), [name]: hex(TPK) };
  const now = scene.now();
  const data = {
    IDRkms: scene.id('sip:kms@example.com'),
    IDRi: scene.id(options.IDRi ?? 'sip:alice@example.com'),
    TRs: (now / second) * second,
    TRe: (now / second) * second + 3600n * second,
    IDRapp: [],
    IDRr: options.IDRr.map((who) => scene.id(who)),
  };
  const flags = flagsOf(options.letters ?? scene.letters);
  const { prfFunc } = scene.suite;
  const policy = { ...numbersOf(mikeyBaseTicket), prfFunc, flags, res: 0, tpData: writeTpData(A, data) };
  const MPK = scene.random();
  const sessionKeys = options.keys ?? [scene.key('TGK')];
  const sealed = sealTicket(scene.env, policy, {
    TPK: { id: scene.id(name ?? 'tpk-1'), key: TPK },
    keys: [scene.key('MPK', MPK), ...sessionKeys],
  });
  const { ticket, RAND } = sealed;
  const [MPKi, MPKr] = (['MPKi', 'MPKr'] as const).map((as) => deriveMpk(A, prfFunc, { MPK, RAND, as }));
  if (scene.mpki === '') {
    scene.mpki = hex(MPKi!);
    scene.mpkr = flags.I ? hex(MPKr!) : null;
  }
  return { ticket, MPKi: MPKi!, MPKr: MPKr!, sessionKeys };
}
