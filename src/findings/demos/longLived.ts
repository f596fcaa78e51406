/**
 * W9 and W11: keys that live long, and keys that several devices share.
 *
 * @module
 * @see [RFC 6043, section 5.1.2](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.1.2)
 */
import { strictProfile, type Profile } from '../../../model/guard/profile.ts';
import type { Message } from '../../../model/message/message.ts';
import { messageTypeName } from '../../../model/modes/messageTypeName.ts';
import { derivable, overhear, type KnownKey } from '../../../model/trace/knowledge.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { firstTek } from '../forge.ts';
import { Lab } from '../lab.ts';
import { call, scene, twoDevices, user } from '../scenes.ts';
import { sameOctets, secret, type Story } from '../story.ts';

function world(profile: Profile, answer: readonly string[]): Lab {
  return new Lab(scene([user('alice'), twoDevices('bob')], { steps: [call({ answer })] }), { profile });
}

/** Each message of a run once, however many hops it took. */
function recorded(lab: Lab): readonly Message<Uint8Array>[] {
  return [...new Map(lab.messages.map((hop) => [Buffer.from(hop.octets).toString('latin1'), hop.message])).values()];
}

/** What somebody computes who recorded all messages and holds some keys. */
function computes(lab: Lab, keys: readonly KnownKey<Uint8Array>[], wanted: Uint8Array): boolean {
  const heard = overhear(bytes, recorded(lab), (message) => messageTypeName(message.header.dataType));
  return derivable(bytes, keys, heard).some((known) => sameOctets(known.value, wanted));
}

function tek(lab: Lab, name: string): Uint8Array {
  return firstTek(lab.taken(name).answer.keys);
}

function tellLater(story: Story, lab: Lab): void {
  const wanted = tek(lab, 'bob-phone');
  story.holds('whoever recorded all messages computes nothing from them', !computes(lab, [], wanted));
  for (const name of ['TPK', 'PSK(bob-phone)', 'PSK(alice)']) {
    const kind = name === 'TPK' ? 'TPK' : 'PSK';
    story.holds(
      `but who later gets ${name} computes the TEK of the call`,
      computes(lab, [{ kind, value: lab.secret(name) }], wanted),
    );
  }
}

/** W9. */
export const w9 = demonstration({
  id: 'W9',
  title: 'Recorded calls are opened with a key that leaks later',
  rule: 'TPKs and PSKs are replaced often',
  setting: 'the KMS keeps its TPK',
  unprotected: (story, profile) => {
    tellLater(story, world(profile, ['bob-phone']));
    const second = new Lab(scene([user('alice'), twoDevices('bob')], { steps: [call(), call()] }), { profile });
    story.holds(
      'one TPK opens every call that was ever made under it',
      [0, 1].every((index) =>
        computes(second, [{ kind: 'TPK', value: second.secret('TPK') }], firstTek(second.made(index).answers[0]?.keys)),
      ),
    );
  },
  shielded: (story, profile) => {
    const lab = new Lab(
      scene([user('alice'), twoDevices('bob')], { steps: [call(), { do: 'rotate-ticket-key', kms: 'kms' }, call()] }),
      { profile },
    );
    const old = [{ kind: 'TPK' as const, value: lab.secret('TPK') }];
    story.holds(
      'the KMS replaces its TPK between two calls: the old one opens the first call',
      computes(lab, old, firstTek(lab.made(0).answers[0]?.keys)),
    );
    story.holds(
      'and not the second one: that narrows the window, no more',
      !computes(lab, old, firstTek(lab.made(1).answers[0]?.keys)),
    );
  },
});

/** W11. */
export const w11 = demonstration({
  id: 'W11',
  title: 'A device that shares the PSK of another one reads its calls',
  rule: 'each device has a PSK of its own',
  setting: "phone and laptop of bob share bob's PSK",
  unprotected: (story) => {
    const lab = world(strictProfile, ['bob-phone']);
    story.holds(
      'the laptop did not answer; with the PSK that protects RESOLVE_RESP to the phone it computes the TEK of alice and the phone',
      computes(lab, [{ kind: 'PSK', value: lab.secret('PSK(bob-phone)') }], tek(lab, 'bob-phone')),
    );
    story.equal(
      "and holds the MPKr' with which the phone proves who it is",
      secret("MPKr' of the phone", lab.secret("MPKr'(bob-phone)")),
      secret("MPKr' at alice", lab.made().answers[0]?.keys.MPKr ?? new Uint8Array()),
    );
  },
  shielded: (story, profile) => {
    const lab = world(profile, ['bob-phone']);
    story.differ(
      'each device has a PSK of its own',
      secret('PSK of the phone', lab.secret('PSK(bob-phone)')),
      secret('PSK of the laptop', lab.secret('PSK(bob-laptop)')),
    );
    story.holds(
      'the laptop cannot compute the TEK of alice and the phone',
      !computes(lab, [{ kind: 'PSK', value: lab.secret('PSK(bob-laptop)') }], tek(lab, 'bob-phone')),
    );
    story.holds(
      "nor MPKr' of the phone",
      !computes(lab, [{ kind: 'PSK', value: lab.secret('PSK(bob-laptop)') }], lab.secret("MPKr'(bob-phone)")),
    );
  },
});
