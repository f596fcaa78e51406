import { agreement, buildTheory, reachable, secret } from '../../../../model/check/horn/builder.ts';
import type { Judgement } from './judgement.ts';

/** What begin events may be about when outside provers look at a target. */
const universe = { hon: 1, dis: 1, a: 0, b: 0, na: 3, s: 0, t: 0 };

/**
 * Needham-Schroeder with public keys, three messages; anybody may talk to anybody, identities dis(X) are the attacker's.
 *
 * Published: Lowe (1995) breaks the responder's authentication of the initiator and the secrecy of its nonce; with the responder's identity in the second
 * message (Lowe 1996) both hold.
 */
export function needhamSchroeder(fixed: boolean): Judgement {
  const second = (nonceA: string, nonceB: string, responder: string): string =>
    `[two,${nonceA},${nonceB}${fixed ? `,${responder}` : ''}]`;
  const lowe = fixed ? 'proved' : 'attack';
  const theory = buildTheory({
    name: fixed ? 'Needham-Schroeder-Lowe' : 'Needham-Schroeder',
    abstraction: ['nonces are functions of owner, peer and session'],
    knows: ['hon(X)', 'dis(X)', 'sk(dis(X))', 'one', 'two', 'three'],
    functions: { aenc: 2, pk: 1 },
    clauses: {
      'public key of anybody': 'att(pk(sk(X)))',
      'open with private key': 'att(aenc(M,pk(K))) & att(K) => att(M)',
    },
    roles: [
      [
        {
          name: 'A sends 1',
          begin: ['beginA(hon(A),B,na(hon(A),B,S))'],
          send: ['aenc([one,na(hon(A),B,S),hon(A)],pk(sk(B)))'],
        },
        {
          name: 'A sends 3',
          receive: [`aenc(${second('na(hon(A),B,S)', 'NB', 'B')},pk(sk(hon(A))))`],
          begin: ['confirmA(hon(A),B,na(hon(A),B,S),NB)'],
          send: ['aenc([three,NB],pk(sk(B)))'],
          end: ['endA(hon(A),B,na(hon(A),B,S),NB)'],
        },
      ],
      [
        {
          name: 'B sends 2',
          receive: ['aenc([one,NA,A],pk(sk(hon(B))))'],
          begin: ['beginB(A,hon(B),NA,nb(hon(B),A,NA,S))'],
          send: [`aenc(${second('NA', 'nb(hon(B),A,NA,S)', 'hon(B)')},pk(sk(A)))`],
        },
        {
          name: 'B accepts',
          receive: ['aenc([three,nb(hon(B),A,NA,S)],pk(sk(hon(B))))'],
          end: ['endB(A,hon(B),NA,nb(hon(B),A,NA,S))'],
        },
      ],
    ],
  });
  return {
    theory,
    goals: [
      { goal: reachable('both end', 'endB(hon(A),hon(B),NA,NB) & endA(hon(A),hon(B),NA,NB)'), published: 'proved' },
      { goal: secret('nonce of A', 'na(hon(A),hon(B),S)'), published: 'proved' },
      { goal: secret('nonce of B', 'nb(hon(B),hon(A),NA,S)'), published: lowe },
      {
        goal: agreement('A knows that B answered', 'endA(A,hon(B),NA,NB)', {
          begin: 'beginB(A,hon(B),NA,NB)',
          injective: 2,
          targets: ['endA(hon(a),hon(b),NA,NB)', 'endA(hon(a),hon(b),na(hon(a),hon(b),s),NB)'],
          universe,
        }),
        published: 'proved',
      },
      {
        goal: agreement('B knows that A confirmed', 'endB(hon(A),B,NA,NB)', {
          begin: 'confirmA(hon(A),B,NA,NB)',
          injective: 3,
          targets: ['endB(hon(a),hon(b),NA,NB)', 'endB(hon(a),hon(b),na(hon(a),hon(b),s),NB)'],
          universe,
        }),
        published: lowe,
      },
    ],
  };
}
