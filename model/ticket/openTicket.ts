/**
 * Opening a ticket: whoever has its TPK verifies it and takes the keys out. The KMS does so in Ticket Resolve; a Responder that
 * shares the TPK does so itself (modes 2 and 4).
 *
 * Statements: rfc6043:4.1.1-2, -4; rfc6043:6.10-15, -18, -53.
 *
 * @module
 * @see [RFC 6043, appendix A](https://www.rfc-editor.org/rfc/rfc6043.html#appendix-A)
 */
import { macAlgs } from '../../spec/registry/kemac.ts';
import type { Need } from '../guard/checker.ts';
import type { Env } from '../guard/profile.ts';
import { deriveMpk } from '../keys/mpk.ts';
import { suiteOfEncr, suiteOfMac, suiteOfPrf } from '../keys/suite.ts';
import type { KeyDataPayload, TicketPayload } from '../message/payload.ts';
import type { Algebra } from '../algebra/algebra.ts';
import type { NamedKey, TicketKey } from '../policy/account.ts';
import type { TpData } from '../policy/tpData.ts';
import { isAmong } from '../message/identity.ts';
import type { TicketPolicy } from '../message/ticketPolicy.ts';
import { brokenFlagRule } from '../policy/flags.ts';
import { isForked, keysAdequate, longestKey, splitKeys } from '../protection/keyTransport.ts';
import { openTicketKeys, readTicketData, ticketMacHolds } from './baseTicket.ts';

/** What a ticket holds. */
export interface OpenedTicket<B> {
  readonly MPKi: B;
  /** Not forked. */
  readonly MPKr: B;
  /** Not forked. */
  readonly sessionKeys: readonly KeyDataPayload<B>[];
}

/**
 * Verifies a ticket and opens it: only then its policy and its keys mean anything.
 *
 * @param TPK - the key that the ticket names; undefined if it is not known
 * @throws whatever `need` throws for a check that fails; MikeyError with codec codes
 */
export function openTicket<B>(
  env: Env<B>,
  ticket: TicketPayload<B>,
  { TPK, need }: { readonly TPK: NamedKey<B> | undefined; readonly need: Need },
): OpenedTicket<B> {
  const A = env.algebra;
  const { prfFunc, flags } = ticket.policy;
  const suite = suiteOfPrf(prfFunc);
  const data = readTicketData(A, ticket);
  need('ticketKeyKnown', () => TPK !== undefined);
  if (!TPK) throw new RangeError('the check ticketKeyKnown cannot be switched off without a TPK');
  need('ticketAlgorithmsMatch', () => {
    const uniform = suiteOfMac(data.V.authAlg) === suite && suiteOfEncr(data.KEMAC.encrAlg) === suite;
    return uniform && data.KEMAC.macAlg === macAlgs.NULL && A.length(TPK.key) >= suite.keyLength;
  });
  need('ticketMacValid', () => ticketMacHolds(A, ticket, { TPK: TPK.key, data }));
  const all = openTicketKeys(A, ticket, { TPK: TPK.key, data });
  const split = splitKeys(A, all, 1);
  need('ticketKeysComplete', () => split !== undefined);
  need('ticketKeysStrong', () => keysAdequate(A, suite, all));
  const MPK = split?.mpks[0];
  if (!split || !MPK) throw new RangeError('the check ticketKeysComplete cannot be switched off without keys');
  const RAND = data.RAND.rand;
  need('ticketRandLongEnough', () => A.length(RAND) >= longestKey(A, [TPK.key, MPK.key]));
  const broken = brokenFlagRule(flags, { holdsTGK: split.sessionKeys.some((key) => isForked(key)) });
  need('ticketFlagsLegal', () => broken === undefined, { because: () => broken ?? '' });
  return {
    MPKi: deriveMpk(A, prfFunc, { MPK: MPK.key, RAND, as: 'MPKi' }),
    MPKr: deriveMpk(A, prfFunc, { MPK: MPK.key, RAND, as: 'MPKr' }),
    sessionKeys: split.sessionKeys,
  };
}

/**
 * Makes sure that who made the ticket is who its TPK says: the KMS, if it is a key of the KMS; the user that shares the TPK otherwise, and
 * then the ticket speaks for that user alone (weakness W4).
 */
export function needRightMaker<B>(
  A: Algebra<B>,
  opened: {
    readonly policy: TicketPolicy<B>;
    readonly tpData: TpData<B>;
    readonly TPK: Pick<TicketKey<B>, 'maker'>;
    readonly need: Need;
  },
): void {
  const { policy, tpData, need } = opened;
  const { maker } = opened.TPK;
  need('ticketMakerMatchesKey', () => policy.flags.D === (maker === undefined));
  if (!maker) return;
  const { IDRi } = tpData;
  need('ticketMakerOwnsIdentity', () => IDRi !== undefined && isAmong(A, IDRi, maker));
}
