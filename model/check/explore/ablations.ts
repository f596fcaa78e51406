/**
 * What each protection is good for: each is left out alone, and exploration shows which claims fall then. Where nothing falls, the reason is
 * given; where the reason is another protection, both are left out to see that it is.
 *
 * @module
 */
import type { CheckName } from '../../guard/catalogue.ts';
import { nothingLeftOut, type LeftOut } from './setup.ts';
import type { Position, SetupOptions } from './setups.ts';
import type { Weakening } from './weaken.ts';

/** Where an ablation is explored: a mode and the position of the dishonest party. */
export type Place = readonly [mode: string, position: Position];

/** A protection that can be left out. */
export interface Ablation {
  /** The name of the check, or of the part of a computation. */
  readonly id: string;
  /** What is left out, in a few words. */
  readonly title: string;
  readonly leftOut: LeftOut;
  /** Where it is explored if nothing else is asked for. */
  readonly places: readonly Place[];
  /** What else must go wrong for it to matter. */
  readonly options?: SetupOptions;
  /** Set if nothing falls: why, and what has to be left out besides for something to fall. */
  readonly redundant?: { readonly because: string; readonly besides?: readonly (CheckName | Weakening)[] };
}

const stranger: Place = ['standard', 'stranger'];
const named: Place = ['standard', 'named'];
const member: Place = ['group', 'member'];
const selfMade: Place = ['otway-rees', 'stranger'];
const acquainted: Place = ['pre-shared', 'acquaintance'];

const check = (id: CheckName, title: string, places: readonly Place[], more: Partial<Ablation> = {}): Ablation => ({
  id,
  title,
  leftOut: { checks: new Set([id]), parts: new Set() },
  places,
  ...more,
});

const part = (id: Weakening, title: string, places: readonly Place[], more: Partial<Ablation> = {}): Ablation => ({
  id,
  title,
  leftOut: { checks: new Set(), parts: new Set([id]) },
  places,
  ...more,
});

/** All ablations. */
export const ablations: readonly Ablation[] = [
  check('requesterOwnsIdentity', 'the KMS does not compare IDRi of REQUEST_INIT with the owner of the PSK', [stranger]),
  check('requestedPolicyNamesRequester', 'the KMS does not compare IDRi in TP Data with the requester', [stranger], {
    redundant: {
      because: 'the policy of the KMS grants a ticket in the name of the requester only',
      besides: ['requesterAuthorized'],
    },
  }),
  check('offerCallerOwnsTicket', 'the Responder does not compare IDRi of TRANSFER_INIT with that of the ticket', [
    stranger,
  ]),
  check('offerMacValid', 'the Responder does not verify V of TRANSFER_INIT', [stranger]),
  check('viEqualsV', 'the Responder does not compare Vi with V', [named, member]),
  check('initiatorDataValid', 'the KMS does not verify Vr', [named, member]),
  check('ticketMacValid', 'the KMS does not verify the MAC of the ticket', [stranger]),
  part('ticket-mac-without-policy', 'the MAC of the ticket does not cover TP Data', [stranger]),
  check('ticketMakerOwnsIdentity', 'IDRi of a self-made ticket is not compared with the owner of the TPK', [
    selfMade,
    acquainted,
  ]),
  check('resolverAuthorized', 'the KMS gives the keys to whoever asks', [stranger]),
  check('resolverOwnsIdentity', 'the KMS does not compare IDRr of RESOLVE_INIT with the owner of the PSK', [
    stranger,
    named,
  ]),
  check('partnerSpeaksForResolver', 'the KMS lets a partner KMS ask for whomever it likes', [['standard', 'partner']], {
    redundant: {
      because: 'the policy of the KMS looks at the realm of the partner again when it resolves',
      besides: ['resolverAuthorized'],
    },
  }),
  check('answerMacValid', 'the Initiator does not verify V of TRANSFER_RESP', [stranger]),
  check('answererAcceptable', 'the Initiator does not check who answers', [named]),
  check('answerNotRepeated', 'the Initiator takes an answer again', [stranger]),
  check('offerNotReplayed', 'the Responder has no replay cache', [stranger]),
  check('offerTimestampFresh', 'the Responder does not look at the timestamp', [named], { options: { clockSteps: 1 } }),
  check('errorMacValid', 'a MAC of an Error message is believed, whatever it is', [stranger]),
  part('fork-without-IDRr', 'forked keys do not depend on IDRr', [named, member]),
  part('fork-without-RANDRkms', 'forked keys do not depend on RANDRkms', [named, member], {
    redundant: {
      because:
        'each endpoint has an identity of its own, which makes its keys unique; RANDRkms is for devices that share one (W10)',
    },
  }),
  part('one-constant-for-both-directions', 'keys of request and response have the same label', [stranger, member], {
    redundant: { because: 'a MAC also covers the data type, and a message is never taken for one of another type' },
  }),
  {
    id: 'PSK-is-TPK',
    title: 'a user has one key as PSK and as TPK',
    leftOut: nothingLeftOut,
    places: [selfMade, ['otway-rees', 'named']],
    options: { sameKeys: { 'TPK(alice)': 'PSK(alice)', 'TPK(mallory)': 'PSK(mallory)' } },
    redundant: {
      because:
        'keys for messages and keys for tickets have different labels, so one key in two places gives nothing away',
    },
  },
  part(
    'initial-mac-without-identities',
    'the MACs of initial messages do not cover the identities apart',
    [named, member],
    {
      redundant: { because: 'IDRi and IDRr are always in the messages themselves, which the MACs cover' },
    },
  ),
  part('response-mac-without-initial-message', 'the MACs of responses do not cover the initial message', [named], {
    redundant: { because: 'the keys of a response depend on CSB ID and RAND of the initial message' },
  }),
  check('resolveRespMacValid', 'the Responder does not verify V of RESOLVE_RESP', [named]),
  check('requestRespMacValid', 'the Initiator does not verify V of REQUEST_RESP', [stranger]),
  check('requestMacValid', 'the KMS does not verify V of REQUEST_INIT', [stranger], {
    redundant: { because: 'what the KMS answers can only be read with the PSK of the account' },
  }),
  check('resolveMacValid', 'the KMS does not verify V of RESOLVE_INIT', [stranger], {
    redundant: { because: 'what the KMS answers can only be read with the PSK of the account' },
  }),
  check('requestNotReplayed', 'the KMS has no replay cache for REQUEST_INIT', [stranger], {
    redundant: { because: 'a second ticket for the same request is a ticket like any other' },
  }),
  check('resolveNotReplayed', 'the KMS has no replay cache for RESOLVE_INIT', [named], {
    redundant: { because: 'a second RESOLVE_RESP brings keys with another RANDRkms, to the same endpoint' },
  }),
];

/** The ablation with an id, if there is one. */
export function ablationOf(id: string): Ablation | undefined {
  return ablations.find((ablation) => ablation.id === id);
}
