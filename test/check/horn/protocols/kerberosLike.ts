import { agreement, buildTheory, never, reachable } from '../../../../model/check/horn/builder.ts';
import type { Judgement } from './judgement.ts';

/** What begin events may be about when outside provers look at a target. */
const universe = { hon: 1, dis: 1, a: 0, b: 0 };

/**
 * A key from a server in a ticket, as Needham and Schroeder (1978) and Kerberos have it, while keys of an old period leak.
 *
 * Published: Denning and Sacco (1981): without a time in the ticket, B accepts an old key; with it, as in Kerberos, only keys of the present.
 */
export function kerberosLike(timed: boolean): Judgement {
  const ticket = (key: string, caller: string, period: string): string =>
    `[ticket,${key},${caller}${timed ? `,${period}` : ''}]`;
  const kab = (period: string): string => `kab(A,B,N,S,${period})`;
  const inPeriod = (period: string): { name: string; receive: string[]; send: string[] } => ({
    name: `S answers in ${period}`,
    receive: ['[A,B,N]'],
    send: [
      `senc([answer,N,B,${kab(period)},${period},senc(${ticket(kab(period), 'A', period)},lk(B))],lk(A))`,
      ...(period === 'old' ? [`forLoss(${kab(period)})`] : []),
    ],
  });
  const theory = buildTheory({
    name: timed ? 'Kerberos-like, with time' : 'Needham-Schroeder with shared keys',
    abstraction: [
      'two periods, old and present; all keys of the old one are lost',
      'keys are functions of what the server knows and of a session',
    ],
    knows: ['hon(X)', 'dis(X)', 'lk(dis(X))', 'ticket', 'answer', 'challenge', 'response', 'old', 'present'],
    functions: { senc: 2 },
    clauses: {
      'open with key': 'att(senc(M,K)) & att(K) => att(M)',
      'an old key is lost': 'att(forLoss(K)) => att(K)',
    },
    roles: [
      [inPeriod('old')],
      [inPeriod('present')],
      [
        { name: 'A asks', receive: ['B'], send: ['[hon(A),B,na(hon(A),B,S)]'] },
        {
          name: 'A sends the ticket',
          receive: ['senc([answer,na(hon(A),B,S),B,K,P,T],lk(hon(A)))'],
          begin: ['beginA(hon(A),B,K,P)'],
          send: ['T'],
        },
        { name: 'A responds', receive: ['senc([challenge,NB],K)'], send: ['senc([response,NB],K)'] },
      ],
      [
        {
          name: 'B challenges',
          receive: [`senc(${ticket('K', 'A', 'present')},lk(hon(B)))`],
          send: ['senc([challenge,nb(hon(B),A,K,S)],K)'],
        },
        {
          name: 'B accepts',
          receive: ['senc([response,nb(hon(B),A,K,S)],K)'],
          end: ['endB(A,hon(B),K)'],
        },
      ],
    ],
  });
  const denningSacco = timed ? 'proved' : 'attack';
  return {
    theory,
    goals: [
      { goal: reachable('B ends', 'endB(hon(A),hon(B),kab(hon(A),hon(B),N,S,present))'), published: 'proved' },
      { goal: never('present key', 'att(kab(hon(A),hon(B),N,S,present))'), published: 'proved' },
      { goal: never('key of B', 'endB(hon(A),hon(B),K) & att(K)'), published: denningSacco },
      {
        goal: agreement('B knows that A has the key', 'endB(hon(A),B,K)', {
          begin: 'beginA(hon(A),B,K,present)',
          targets: ['endB(hon(a),hon(b),K)'],
          universe,
        }),
        published: denningSacco,
      },
    ],
  };
}
