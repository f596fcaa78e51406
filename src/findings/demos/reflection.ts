/**
 * W8 and C1: one key for both directions of a CSB update, so that an update can be sent back to its sender.
 *
 * @module
 * @see [RFC 6043, section 5.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.2)
 */
import type { Bundle } from '../../../model/exchange/bundle.ts';
import { verifyUpdate } from '../../../model/exchange/updateInit.ts';
import { answerUpdate } from '../../../model/exchange/updateResp.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import { messageAuthKey } from '../../../model/keys/protectionKeys.ts';

import { bytes } from '../../run/byteRun.ts';
import { establishedSides, startUpdate } from '../bundles.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek } from '../forge.ts';
import { secret, type Story } from '../story.ts';
import { envWith, signed, vHolds } from '../updateTools.ts';

const reflection = ['updateStarterIsPeer', 'updateNotReflected', 'updateTimestampUnused'] as const;

/** Alice starts an update; somebody sends it back to her. */
function tellReflection(story: Story, profile: Profile): void {
  const { alice, bob } = establishedSides();
  const env = envWith('alice', profile);
  const { bundle, started } = startUpdate(env, alice);
  const taken = story.accepted(
    'alice starts an update with a new TGK; it comes back to her, and she takes it for an update of bob',
    verifyUpdate(env, started.message, bundle),
  );
  if (!taken) return;
  // The keys that she takes for those of bob are not in her bundle yet, as nobody has answered her own update.
  const done = story.accepted(
    'she answers it',
    answerUpdate(env, taken.bundle, { message: started.message, supply: [] }),
  );
  if (!done) return;
  const before = secret('TEK of bob', firstTek({ sessions: bob.keys }));
  story.equal('before, both had one TEK', secret('TEK of alice before', firstTek({ sessions: alice.keys })), before);
  story.differ(
    'now alice encrypts under a TEK that bob has never seen',
    secret('TEK of alice now', firstTek({ sessions: done.bundle.keys })),
    before,
  );
}

function tellRefusals(story: Story, profile: Profile): void {
  const { alice } = establishedSides();
  const { bundle, started } = startUpdate(envWith('alice', profile), alice);
  const texts = [
    'the first IDR is that of the one who starts: alice sees her own',
    'were it not, she knows the T as one of hers',
    'and if not as hers, then as used under these keys',
  ];
  for (const [index, check] of reflection.entries()) {
    const outcome = verifyUpdate(envWith('alice', profile, reflection.slice(0, index)), started.message, bundle);
    story.refusedStep(texts[index] ?? '', 'alice', { check, outcome });
  }
}

/** C1. */
export const c1 = demonstration({
  id: 'C1',
  title: 'An update is reflected to its sender, who takes it for one of the peer',
  checks: reflection,
  unprotected: tellReflection,
  shielded: tellRefusals,
});

/** W8. */
export const w8 = demonstration({
  id: 'W8',
  title: 'One key for both directions of an update, and no word on who Identity_i is',
  checks: reflection,
  unprotected: (story, profile) => {
    const { alice, bob } = establishedSides();
    const keyOf = ({ suite, keyInput }: Bundle<Uint8Array>): Uint8Array =>
      messageAuthKey(bytes, suite.macAlg, keyInput);
    story.equal(
      'both sides authenticate updates with one key',
      secret('auth_key of alice', keyOf(alice)),
      secret('auth_key of bob', keyOf(bob)),
    );
    const { started } = startUpdate(envWith('bob', profile), bob);
    const roles = [bob.initiator, bob.responder];
    const starterFirst = [bob.responder, bob.initiator];
    story.holds(
      'bob starts an update: V holds with Identity_i = alice, as in the initial exchange',
      vHolds(started.message, bob.keyInput, roles),
    );
    story.holds(
      'and not with Identity_i = bob, who is the one that starts',
      !vHolds(started.message, bob.keyInput, starterFirst),
    );
    tellReflection(story, profile);
  },
  shielded: (story, profile) => {
    tellRefusals(story, profile);
    const { alice } = establishedSides();
    const { started } = startUpdate(envWith('alice', profile), alice);
    const inOrder = signed(started.message, alice.keyInput, [alice.initiator, alice.responder]);
    story.holds(
      "what a better standard would do: with the starter's identity first, a reflected update has no valid MAC to its sender",
      vHolds(inOrder, alice.keyInput, [alice.initiator, alice.responder]) &&
        !vHolds(inOrder, alice.keyInput, [alice.responder, alice.initiator]),
    );
  },
});
