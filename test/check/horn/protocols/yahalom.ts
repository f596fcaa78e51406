import { agreement, buildTheory, never, reachable } from '../../../../model/check/horn/builder.ts';
import type { Judgement } from './judgement.ts';

/** What begin events may be about when outside provers look at a target. */
const universe = { hon: 1, dis: 1, a: 0, b: 0 };

/**
 * Yahalom, ciphertexts tagged (Paulson 2001: key secret, B knows that A has it), and BAN's simplification without tags (Syverson 1994: what B encrypts for S
 * passes for what S encrypts for B, if the attacker chooses A's nonce).
 */
export function yahalom(version: 'tagged' | 'BAN, untyped'): Judgement {
  const ban = version !== 'tagged';
  const toS = (nonceA: string, nonceB: string, key: string): string =>
    ban ? `[${nonceB},senc([A,${nonceA}],${key})]` : `[senc([ask,A,${nonceA},${nonceB}],${key})]`;
  const ticket = (caller: string, nonceB: string, key: string): string =>
    ban ? `[${caller},[K,${nonceB}]]` : `[ticket,${caller},${key}]`;
  const kab = ban ? 'kab(A,B,S)' : 'kab(A,B,NA,NB,S)';
  const naA = 'na(hon(A),B,S)';
  const nbB = 'nb(A,hon(B),NA,S)';
  const toA = (peer: string, nonceA: string, nonceB: string, key: string): string =>
    ban ? `[${peer},${key},${nonceA}]` : `[answer,${peer},${key},${nonceA},${nonceB}]`;
  const ticketS = (ban ? '[A,[KEY,NB]]' : '[ticket,A,KEY]').replace('KEY', kab);
  const theory = buildTheory({
    name: `Yahalom, ${version}`,
    abstraction: ['nonces and keys are functions of what their maker knows and of a session'],
    knows: ['hon(X)', 'dis(X)', 'lk(dis(X))', 'ask', 'answer', 'ticket', 'confirm', 'zero'],
    functions: { senc: 2 },
    clauses: { 'open with key': 'att(senc(M,K)) & att(K) => att(M)' },
    roles: [
      [
        { name: 'A sends 1', send: [`[hon(A),${naA}]`] },
        {
          name: 'A sends 4',
          receive: [`[${ban ? 'NB' : 'zero'},senc(${toA('B', naA, 'NB', 'K')},lk(hon(A))),TB]`],
          begin: ['keyA(hon(A),B,NB,K)'],
          send: ['[TB,senc([confirm,NB],K)]'],
          end: [`endA(hon(A),B,${naA},K)`],
        },
      ],
      [
        {
          name: 'B sends 2',
          receive: ['[A,NA]'],
          begin: [`beginB(A,hon(B),NA,${nbB})`],
          send: [`[hon(B),${toS('NA', nbB, 'lk(hon(B))')}]`],
        },
        {
          name: 'B accepts',
          receive: [`[senc(${ticket('A', nbB, 'K')},lk(hon(B))),senc([confirm,${nbB}],K)]`],
          end: [`endB(A,hon(B),${nbB},K)`],
        },
      ],
      [
        {
          name: 'S answers',
          receive: [`[B,${toS('NA', 'NB', 'lk(B)')}]`],
          send: [`[${ban ? 'NB' : 'zero'},senc(${toA('B', 'NA', 'NB', kab)},lk(A)),senc(${ticketS},lk(B))]`],
        },
      ],
    ],
  });
  return {
    theory,
    goals: [
      {
        goal: reachable('both end with one key', 'endA(hon(A),hon(B),NA,K) & endB(hon(A),hon(B),NB,K)'),
        published: 'proved',
      },
      { goal: never('key of A', 'endA(hon(A),hon(B),NA,K) & att(K)'), published: 'proved' },
      { goal: never('key of B', 'endB(hon(A),hon(B),NB,K) & att(K)'), published: ban ? 'attack' : 'proved' },
      {
        goal: agreement('B knows that A has the key', 'endB(hon(A),B,NB,K)', {
          begin: 'keyA(hon(A),B,NB,K)',
          injective: 2,
          targets: ['endB(hon(a),hon(b),NB,K)'],
          universe,
        }),
        published: ban ? 'attack' : 'proved',
      },
    ],
  };
}
