/**
 * Messages of a run that somebody turns down, with what is needed to answer them with an Error message.
 *
 * @module
 */
import type { ErrorAuth } from '../../model/exchange/errorMessage.ts';
import type { Rejection } from '../../model/guard/checker.ts';
import { strictProfile, type Env } from '../../model/guard/profile.ts';
import { messageAuthKey } from '../../model/keys/protectionKeys.ts';
import { suites, type Suite } from '../../model/keys/suite.ts';
import type { Header } from '../../model/message/header.ts';
import { all } from '../../model/message/select.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { bytes, interpretation } from '../../src/run/byteRun.ts';
import { byteRun, ofType, secret } from './runs.ts';

/** A party with the clock of the seeded runs. */
export const env: Env<Uint8Array> = {
  algebra: bytes,
  source: interpretation('test').sourceOf('party'),
  profile: strictProfile,
};

/** A reason to turn a message down. */
export function rejected(code: Rejection['code'], authenticated = true): Rejection {
  return { code, reason: 'because of a test', authenticated };
}

/** A genuine message: its header, and the MAC algorithm and auth_key that its V was made with. */
export interface Sent {
  readonly header: Header<Uint8Array>;
  readonly auth: ErrorAuth<Uint8Array>;
  /** The same message's key for the other direction: the wrong one. */
  readonly otherDirection: ErrorAuth<Uint8Array>;
}

/** An initial message of a run, by its type. */
export function sentIn(
  type: 'REQUEST_INIT_PSK' | 'TRANSFER_INIT' | 'RESOLVE_INIT_PSK',
  suite: Suite['name'] = 'sha256',
): Sent {
  const run = byteRun({ forks: 1, suite });
  const { header, payloads } = ofType(run, type)[0]!.message;
  const inkeys = { REQUEST_INIT_PSK: 'PSK(alice)', TRANSFER_INIT: 'MPKi', RESOLVE_INIT_PSK: 'PSK(bob-phone)' };
  const { macAlg } = suites[suite];
  const auth = (direction: 'initial' | 'response'): ErrorAuth<Uint8Array> => ({
    macAlg,
    authKey: messageAuthKey(bytes, macAlg, {
      prfFunc: header.prfFunc,
      inkey: secret(run, inkeys[type]),
      direction,
      csbId: header.csbId,
      RANDRi: all(payloads, 'RANDR', randRoles.RANDRi)[0]?.rand,
      RANDRr: all(payloads, 'RANDR', randRoles.RANDRr)[0]?.rand,
    }),
  });
  return { header, auth: auth('initial'), otherDirection: auth('response') };
}
