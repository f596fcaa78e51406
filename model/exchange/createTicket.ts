/**
 * A ticket that the Initiator makes itself, without asking the KMS: mode 3, if the KMS shares the TPK (the Otway-Rees flow), and mode 4,
 * if the Responder does.
 *
 * Statements: rfc6043:4.1-2, -3; rfc6043:4.1.1-3, -4; rfc6043:A-1.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1), modes 3 and 4
 */
import { attempt, type Outcome } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { deriveMpk } from '../keys/mpk.ts';
import { suiteOfPrf } from '../keys/suite.ts';
import type { Identity } from '../message/identity.ts';
import type { TicketPolicy } from '../message/ticketPolicy.ts';
import type { NamedKey } from '../policy/account.ts';
import type { Authority } from '../policy/authority.ts';
import { brokenFlagRule } from '../policy/flags.ts';
import { readTpData, writeTpData } from '../policy/tpData.ts';
import { isForked, keysAdequate } from '../protection/keyTransport.ts';
import { sealTicket } from '../ticket/baseTicket.ts';
import { keyData, requestedKeys, sessionKey } from './newKeys.ts';
import type { HeldTicket } from './requestResp.ts';

/** What an Initiator makes a ticket with. */
export interface TicketCreation<B> {
  readonly initiator: Identity<B>;
  /** Shared with the KMS (mode 3) or with the Responder (mode 4). */
  readonly TPK: NamedKey<B>;
  /** The policy, with the wanted keys in a KEMAC that does not go into the ticket. */
  readonly policy: TicketPolicy<B>;
  /** The local policy: whether the user makes tickets itself at all. */
  readonly localPolicy: Authority;
}

/** The Initiator makes all that the KMS would make otherwise: keys and ticket. */
export function createTicket<B>(
  env: Env<B>,
  { initiator, TPK, policy: wanted, localPolicy }: TicketCreation<B>,
): Outcome<HeldTicket<B>> {
  const A = env.algebra;
  return attempt(env.profile, (need) => {
    const { flags, prfFunc } = wanted;
    const suite = suiteOfPrf(prfFunc);
    const asked = readTpData(A, wanted.tpData);
    const keys = requestedKeys(A, asked, { suite, flags });
    const broken = brokenFlagRule(flags, { holdsTGK: keys.some((key) => isForked(key)) });
    need('createdFlagsLegal', () => broken === undefined && !flags.D && wanted.res === 0, {
      because: () => broken ?? (flags.D ? 'D = 1 says that the KMS made it' : 'a reserved bit is set'),
    });
    need('createdKeysAdequate', () => keysAdequate(A, suite, keys) && A.length(TPK.key) >= suite.keyLength);
    const tpData = { ...asked, KEMAC: undefined, IDRi: initiator };
    const policy = { ...wanted, tpData: writeTpData(A, tpData) };
    const question = { policy, tpData, sessionKeys: keys, now: env.source.now() };
    const ruling = localPolicy.create(A, initiator, question);
    need('creationAllowed', () => ruling.allowed, { because: () => `${ruling.rule}: ${ruling.reason}` });

    const sessionKeys = keys.map((key) => sessionKey(env, key));
    const MPK = env.source.random(suite.keyLength, 'MPK');
    const { ticket, RAND } = sealTicket(env, policy, { TPK, keys: [keyData(env, 'MPK', MPK), ...sessionKeys] });
    return {
      ticket,
      tpData: readTpData(A, policy.tpData),
      MPKi: deriveMpk(A, prfFunc, { MPK, RAND, as: 'MPKi' }),
      MPKr: flags.I ? deriveMpk(A, prfFunc, { MPK, RAND, as: 'MPKr' }) : undefined,
      sessionKeys,
      used: false,
    };
  });
}
