/**
 * A KMS in public-key mode, out of the steps of the role, and what users ask it for.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 */
import { admitRequestInitPk, verifyRequestInitPk, type TicketRequestPk } from '../../model/exchange/requestInitPk.ts';
import { grantTicket, type Granted } from '../../model/exchange/requestResp.ts';
import { wantedKeys, type SessionKeyType } from '../../model/exchange/newKeys.ts';
import { attempt, type Outcome } from '../../model/guard/checker.ts';
import type { Profile, PublicKeyEnv } from '../../model/guard/profile.ts';
import { suites } from '../../model/keys/suite.ts';
import { keyName } from '../../model/message/identity.ts';
import type { Message } from '../../model/message/message.ts';
import { second } from '../../model/message/timestamps.ts';
import { ReplayCache } from '../../model/modes/storage.ts';
import type { TicketKey } from '../../model/policy/account.ts';
import { flagsOf } from '../../model/policy/flags.ts';
import { strictSystem, strictUser } from '../../model/policy/kmsPolicy.ts';
import { policyAuthority } from '../../model/policy/policyAuthority.ts';
import { writeTpData } from '../../model/policy/tpData.ts';
import { mikeyBaseTicket, numbersOf } from '../../model/ticket/ticketType.ts';
import { bytes } from '../run/byteRun.ts';
import { identityOf } from './forge.ts';
import { envOf } from './lab.ts';
import type { Pki } from './pki.ts';
import { sip } from './scenes.ts';

/** Who asks. */
export type Holder = 'alice' | 'mallory';

/** A KMS in public-key mode: every user may have tickets, also without key forking. */
export class PkKms {
  readonly env: PublicKeyEnv<Uint8Array>;
  readonly identity = identityOf('kms');
  readonly authority = policyAuthority(() => ({
    system: { ...strictSystem, keyForking: 'allowed' as const, suites: ['sha256'] as const, selfCalls: true },
    users: ['alice', 'bob', 'mallory'].map((name) => ({
      ...strictUser,
      user: sip(name),
      mayRequest: true,
      mayCall: ['*'],
    })),
    groups: [],
    partners: [],
  }));
  readonly TPK: TicketKey<Uint8Array>;
  readonly #pki: Pki;
  readonly #messages = new ReplayCache(bytes);
  readonly #envelopes = new ReplayCache(bytes);

  constructor(pki: Pki, profile: Profile) {
    this.#pki = pki;
    this.env = pki.env('kms', profile);
    this.TPK = { id: keyName(bytes, 'tpk-1'), key: this.env.source.random(32, 'TPK'), maker: undefined };
  }

  /** Takes REQUEST_INIT_PK. @returns the envelope key, and what it grants; rejected as by the role of the KMS */
  take(
    message: Message<Uint8Array>,
  ): Outcome<{ readonly envelopeKey: Uint8Array; readonly granted: Granted<Uint8Array> }> {
    const { env, identity: kms, authority, TPK } = this;
    const admitted = admitRequestInitPk(env, message, { kms });
    if (!admitted.accepted) return admitted;
    const verified = verifyRequestInitPk(env, message, { kms, service: this.#pki.service, onFile: [] });
    if (!verified.accepted) return verified;
    const { replay, envelopeReplay, envelopeKey, requester } = verified.value;
    const now = env.source.now();
    const fresh = attempt(env.profile, (need) => {
      need('requestNotReplayed', () => this.#messages.remember(replay, now));
      need('requestEnvelopeNotReplayed', () => this.#envelopes.remember(envelopeReplay, now));
    });
    if (!fresh.accepted) return fresh;
    const granted = grantTicket(env, message, { kms, authority, TPK, requester, inkey: envelopeKey });
    return granted.accepted ? { ...granted, value: { envelopeKey, granted: granted.value } } : granted;
  }
}

/** What a user asks for: a ticket for `callee`. */
export function requestOf(
  pki: Pki,
  who: Holder,
  options: { readonly callee: string; readonly flags: string; readonly keys: readonly SessionKeyType[] },
): TicketRequestPk<Uint8Array> {
  const suite = suites.sha256;
  const now = envOf(who).source.now() / second;
  return {
    initiator: identityOf(who),
    kms: identityOf('kms'),
    suite,
    access: pki.access(who),
    policy: {
      ...numbersOf(mikeyBaseTicket),
      prfFunc: suite.prfFunc,
      flags: flagsOf(options.flags),
      res: 0,
      tpData: writeTpData(bytes, {
        IDRkms: identityOf('kms'),
        IDRi: identityOf(who),
        TRs: now * second,
        TRe: (now + 3600n) * second,
        KEMAC: wantedKeys(bytes, options.keys, { length: suite.keyLength }),
        IDRapp: [],
        IDRr: [identityOf(options.callee)],
      }),
    },
  };
}
