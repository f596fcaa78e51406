import { agreement, buildTheory, never, reachable, type RoleStep } from '../../../../model/check/horn/builder.ts';
import type { Judgement } from './judgement.ts';

/** What begin events may be about when outside provers look at a target. */
const universe = { hon: 1, dis: 1, alice: 0, bob: 0, run: 3, s: 0, t: 0 };

/**
 * The versions of Otway-Rees.
 *
 * - `untyped`: the end of the first ciphertext can pass for a key (Boyd 1990; Clark and Jacob, 1997, section 6.3.3);
 * - `boyd-mao`: B's nonce outside the ciphertext, as BAN proposed; broken by Boyd and Mao (1993);
 * - `tagged`: ciphertexts say which message they are of;
 * - `tagged, self-call`: a user may call itself: what A made passes for what B made.
 */
export type OtwayReesVersion = 'untyped' | 'boyd-mao' | 'tagged' | 'tagged, self-call';

interface Formats {
  /** What A encrypts for S. */
  readonly fromA: (nonce: string, run: string) => string;
  /** What B sends to S behind A's ciphertext. */
  readonly fromB: (key: string, nonce: string, run: string) => string;
  /** What S encrypts. */
  readonly fromS: (nonce: string, key: string) => string;
}

const untyped: Formats = {
  fromA: (nonce, run) => `[${nonce},${run}]`,
  fromB: (key, nonce, run) => `senc([${nonce},${run}],${key})`,
  fromS: (nonce, key) => `[${nonce},${key}]`,
};
const tagged: Formats = {
  fromA: (nonce, run) => `[request,${nonce},${run}]`,
  fromB: (key, nonce, run) => `senc([request,${nonce},${run}],${key})`,
  fromS: (nonce, key) => `[response,${nonce},${key}]`,
};
const formats: Readonly<Record<OtwayReesVersion, Formats>> = {
  untyped,
  'boyd-mao': { ...tagged, fromB: (key, nonce, run) => `[${nonce},senc([request,${run}],${key})]` },
  tagged,
  'tagged, self-call': tagged,
};

/** Two honest users that call each other, any number of dishonest ones; or also oneself. */
function peers(self: boolean): Record<string, string> {
  return {
    'alice calls bob': 'peers(hon(alice),hon(bob))',
    'bob calls alice': 'peers(hon(bob),hon(alice))',
    'anybody calls the dishonest': 'peers(hon(U),dis(X))',
    'the dishonest call anybody': 'peers(dis(X),hon(U))',
    ...(self ? { 'one calls oneself': 'peers(hon(U),hon(U))' } : {}),
  };
}

function roles({ fromA, fromB, fromS }: Formats): readonly (readonly RoleStep[])[] {
  const mA = 'run(hon(A),B,S)';
  const naA = 'na(hon(A),B,S)';
  const nbB = 'nb(A,hon(B),M,S)';
  const key = 'kab(A,B,M,NA,NB,S)';
  return [
    [
      {
        name: 'A sends 1',
        given: 'peers(hon(A),B)',
        begin: [`beginA(hon(A),B,${mA})`],
        send: [`[${mA},hon(A),B,senc(${fromA(naA, `[${mA},hon(A),B]`)},lk(hon(A)))]`],
      },
      { name: 'A accepts', receive: [`[${mA},senc(${fromS(naA, 'K')},lk(hon(A)))]`], end: [`endA(hon(A),B,${mA},K)`] },
    ],
    [
      {
        name: 'B sends 2',
        given: 'peers(A,hon(B))',
        receive: ['[M,A,hon(B),CA]'],
        begin: [`beginB(A,hon(B),M,S)`],
        send: [`[M,A,hon(B),CA,${fromB('lk(hon(B))', nbB, '[M,A,hon(B)]')}]`],
      },
      {
        name: 'B accepts',
        receive: [`[M,CS,senc(${fromS(nbB, 'K')},lk(hon(B)))]`],
        begin: ['keyB(A,hon(B),M,K)'],
        send: ['[M,CS]'],
        end: ['endB(A,hon(B),M,K)'],
      },
    ],
    [
      {
        name: 'S answers',
        receive: [`[M,A,B,senc(${fromA('NA', '[M,A,B]')},lk(A)),${fromB('lk(B)', 'NB', '[M,A,B]')}]`],
        send: [`[M,senc(${fromS('NA', key)},lk(A)),senc(${fromS('NB', key)},lk(B))]`],
      },
    ],
  ];
}

/** A version of Otway-Rees, with what is published about it. */
export function otwayRees(version: OtwayReesVersion): Judgement {
  const theory = buildTheory({
    name: `Otway-Rees, ${version}`,
    abstraction: ['nonces and keys are functions of what their maker knows and of a session', 'two honest users'],
    knows: ['hon(X)', 'dis(X)', 'lk(dis(X))', 'request', 'response'],
    functions: { senc: 2 },
    clauses: { 'open with key': 'att(senc(M,K)) & att(K) => att(M)', ...peers(version === 'tagged, self-call') },
    roles: roles(formats[version]),
  });
  const [alice, bob] = ['hon(alice)', 'hon(bob)'];
  const both = `endA(${alice},${bob},M,K) & endB(${alice},${bob},M,K)`;
  const answers = {
    untyped: ['attack', 'attack', 'attack'],
    'boyd-mao': ['proved', 'attack', 'attack'],
    tagged: ['proved', 'proved', 'proved'],
    'tagged, self-call': ['proved', 'proved', 'attack'],
  } as const;
  const [secretA, secretB, agrees] = answers[version];
  return {
    theory,
    goals: [
      { goal: reachable('both end with one key', both), published: 'proved' },
      { goal: never('key of A', 'endA(hon(A),hon(B),M,K) & att(K)'), published: secretA },
      { goal: never('key of B', 'endB(hon(A),hon(B),M,K) & att(K)'), published: secretB },
      {
        goal:
          version === 'boyd-mao'
            ? agreement('B knows that A called', 'endB(hon(A),B,M,K)', {
                begin: 'beginA(hon(A),B,M)',
                targets: [`endB(${alice},${bob},M,K)`],
                universe,
              })
            : agreement('A knows that B answered', 'endA(A,hon(B),M,K)', {
                begin: 'beginB(A,hon(B),M,S)',
                targets: [`endA(${alice},${bob},M,K)`, `endA(${alice},${bob},run(${alice},${bob},s),K)`],
                universe,
              }),
        published: agrees,
      },
      {
        // Thayer, Herzog and Guttman (1999): A and B need not end with the same key.
        goal: agreement('A knows that B has the key', 'endA(A,hon(B),M,K)', { begin: 'keyB(A,hon(B),M,K)' }),
        published: 'attack',
      },
    ],
  };
}
