/**
 * A19: which keys are the same keys, and whose identity comes first.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import type { Bundle } from '../../../model/exchange/bundle.ts';
import { verifyUpdate } from '../../../model/exchange/updateInit.ts';
import type { MessageKeyInput } from '../../../model/keys/protectionKeys.ts';
import type { Identity } from '../../../model/message/identity.ts';
import type { Message } from '../../../model/message/message.ts';
import { lastV } from '../../../model/message/select.ts';
import { establishedSides, startUpdate } from '../bundles.ts';
import { demonstration } from '../demonstration.ts';
import { shown } from '../story.ts';
import { envWith, signed, vHolds } from '../updateTools.ts';

/** The update of bob as a peer would send it who reads the same keys otherwise. */
function otherReadings(
  bob: Bundle<Uint8Array>,
  message: Message<Uint8Array>,
): readonly {
  readonly says: string;
  readonly message: Message<Uint8Array>;
  readonly keyInput: MessageKeyInput<Uint8Array>;
  readonly identities: readonly Identity<Uint8Array>[];
}[] {
  const roles = [bob.initiator, bob.responder];
  const starterFirst = [bob.responder, bob.initiator];
  const asInitial = { ...bob.keyInput, direction: 'initial' } as const;
  return [
    {
      says: 'keys with the label of an initial message, as this is one',
      message: signed(message, asInitial, roles),
      keyInput: asInitial,
      identities: roles,
    },
    {
      says: 'the identity of the starter first',
      message: signed(message, bob.keyInput, starterFirst),
      keyInput: bob.keyInput,
      identities: starterFirst,
    },
  ];
}

/** A19. */
export const a19 = demonstration({
  id: 'A19',
  title: 'Which keys are the same keys, and whose identity comes first',
  checks: ['updateMacValid'],
  setting: 'a peer in another reading',
  unprotected: (story, profile) => {
    const { alice, bob } = establishedSides();
    const checking = { ...profile, without: new Set<never>() };
    const { started } = startUpdate(envWith('bob', checking), bob);
    for (const { says, message, keyInput, identities } of otherReadings(bob, started.message)) {
      story.differ(
        `${says}: V of the same update is another one`,
        shown('V in our reading', lastV(started.message.payloads).mac),
        shown('V in the other reading', lastV(message.payloads).mac),
      );
      story.refusedStep('alice turns it down', 'alice', {
        check: 'updateMacValid',
        outcome: verifyUpdate(envWith('alice', checking), message, alice),
      });
      story.holds('and the peer turns ours down', !vHolds(started.message, keyInput, identities));
    }
  },
  shielded: (story, profile) => {
    const { alice, bob } = establishedSides();
    const { started } = startUpdate(envWith('bob', profile), bob);
    story.accepted(
      'the keys of the last message of the initial exchange, identities by their roles in it: alice takes the update of bob',
      verifyUpdate(envWith('alice', profile), started.message, alice),
    );
    for (const { says, message } of otherReadings(bob, started.message)) {
      story.refusedStep(`${says}: nothing else is taken`, 'alice', {
        check: 'updateMacValid',
        outcome: verifyUpdate(envWith('alice', profile), message, alice),
      });
    }
  },
});
