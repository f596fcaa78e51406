/**
 * What is wrong with a policy as a whole: rules between which nobody could decide, and rules that nothing could ever meet.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import { suites } from '../keys/suite.ts';
import { fits, isWildcard, overlap, tie } from './identityPattern.ts';
import type { KmsPolicy } from './kmsPolicy.ts';

/** One thing that is wrong. */
export interface PolicyProblem {
  /** The path into the policy, such as `users[2].user`. */
  readonly path: string;
  readonly message: string;
}

/** A text of a policy and where it stands. */
interface Placed {
  readonly path: string;
  readonly text: string;
}

/** What is wrong with a policy; nothing if all is well. */
export function policyProblems(policy: KmsPolicy): readonly PolicyProblem[] {
  return [
    ...systemProblems(policy),
    ...userProblems(policy),
    ...creationProblems(policy),
    ...groupProblems(policy),
    ...partnerProblems(policy),
  ];
}

function systemProblems({ system }: KmsPolicy): readonly PolicyProblem[] {
  const { smallest, longest } = system.keyLength;
  const crossed = smallest > longest;
  const suiteProblems = system.suites.flatMap((name, index): readonly PolicyProblem[] => {
    const path = `system.suites[${index}]`;
    const { keyLength } = suites[name];
    if (system.suites.indexOf(name) !== index) return [{ path, message: `${name} is listed twice` }];
    if (crossed || (keyLength >= smallest && keyLength <= longest)) return [];
    return [{ path, message: `${name} makes keys of ${keyLength} octets, which system.keyLength does not allow` }];
  });
  return crossed
    ? [{ path: 'system.keyLength.smallest', message: `is above longest, ${longest}` }, ...suiteProblems]
    : suiteProblems;
}

function userProblems({ users }: KmsPolicy): readonly PolicyProblem[] {
  const names = users.flatMap(({ user, speaksFor }, index): readonly Placed[] => [
    { path: `users[${index}].user`, text: user },
    ...placed(speaksFor, `users[${index}].speaksFor`),
  ]);
  const shared = users.flatMap(({ user, speaksFor, devices }, index): readonly PolicyProblem[] =>
    isWildcard(user)
      ? [...placed(speaksFor, `users[${index}].speaksFor`), ...placed(devices, `users[${index}].devices`)].map(
          ({ path }) => ({
            path,
            message: `would belong to everybody that ${user} fits: give it to one user`,
          }),
        )
      : [],
  );
  return [...pairs(names, tie, 'is about the same identities, and neither is more specific'), ...shared];
}

/** Flags of self-made tickets that the RFC or the system rules demand, and that a user may not set. */
function creationProblems({ system, users }: KmsPolicy): readonly PolicyProblem[] {
  const demands = [
    ['L', true, 'the RFC demands it of every self-made ticket'],
    ['I', system.keyForking === 'mandatory', 'system.keyForking makes it mandatory'],
    ['E', system.keyForking === 'mandatory', 'system.keyForking makes I mandatory, and I implies E'],
    ['F', system.response === 'mandatory', 'system.response makes it mandatory'],
    ['G', system.RANDRr === 'mandatory', 'system.RANDRr makes it mandatory'],
    [
      'F',
      system.RANDRr === 'mandatory' && system.response !== 'mandatory',
      'system.RANDRr makes G mandatory, and G implies F',
    ],
    ['H', system.RANDRi === 'mandatory', 'system.RANDRi makes it mandatory'],
  ] as const;
  return users.flatMap(({ mayCreate }, index) =>
    demands
      .filter(([flag, demanded]) => mayCreate && demanded && !mayCreate.flags.includes(flag))
      .map(([flag, , why]) => ({ path: `users[${index}].mayCreate.flags`, message: `lacks ${flag}: ${why}` })),
  );
}

function groupProblems({ groups }: KmsPolicy): readonly PolicyProblem[] {
  const identities = groups.map(({ identity }, index): Placed => ({
    path: `groups[${index}].identity`,
    text: identity,
  }));
  const nested = groups.flatMap(({ members }, index) =>
    placed(members, `groups[${index}].members`)
      .filter(({ text }) => !isWildcard(text) && groups.some(({ identity }) => identity === text))
      .map(({ path, text }) => ({ path, message: `${text} is a group, and groups do not nest` })),
  );
  return [...pairs(identities, (a, b) => a === b, 'is the same group'), ...nested];
}

function partnerProblems({ users, partners }: KmsPolicy): readonly PolicyProblem[] {
  const names = partners.map(({ kms }, index): Placed => ({ path: `partners[${index}].kms`, text: kms }));
  const realms = partners.map(({ realm }, index) => placed(realm, `partners[${index}].realm`));
  const own = users.flatMap(({ user, speaksFor, devices }, index): readonly Placed[] =>
    [
      { path: `users[${index}].user`, text: user },
      ...placed(speaksFor, `users[${index}].speaksFor`),
      ...placed(devices, `users[${index}].devices`),
    ].filter(({ text }) => !isWildcard(text)),
  );
  const wide = realms.flat().flatMap(({ path, text }): readonly PolicyProblem[] => {
    if (text === '*') return [{ path, message: 'a partner may not speak for everybody' }];
    const mine = own.find((one) => fits(text, one.text));
    return mine ? [{ path, message: `fits ${mine.text}, a user of this KMS (${mine.path})` }] : [];
  });
  const between = realms.flatMap((realm, index) =>
    realm.flatMap(({ path, text }) => {
      const other = realms
        .slice(0, index)
        .flat()
        .find((one) => overlap(one.text, text));
      return other
        ? [{ path, message: `overlaps with the realm of another partner, ${other.path} (${other.text})` }]
        : [];
    }),
  );
  return [...pairs(names, (a, b) => a === b, 'is the same KMS'), ...wide, ...between];
}

function placed(texts: readonly string[], path: string): readonly Placed[] {
  return texts.map((text, index) => ({ path: `${path}[${index}]`, text }));
}

/** Every text that clashes with one before it. */
function pairs(
  all: readonly Placed[],
  clash: (a: string, b: string) => boolean,
  how: string,
): readonly PolicyProblem[] {
  return all.flatMap(({ path, text }, index) => {
    const other = all.slice(0, index).find((one) => clash(one.text, text));
    return other ? [{ path, message: `${text} ${how}: ${other.path} (${other.text})` }] : [];
  });
}
