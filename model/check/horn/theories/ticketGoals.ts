/**
 * What is asked of the hand-written theories of MIKEY-TICKET.
 *
 * @module
 */
import { agreement, never, reachable } from '../builder.ts';
import type { Goal } from '../clauses.ts';

/** Ids of the goals. */
export type TicketGoalId =
  | 'honest-end'
  | 'tek-at-initiator'
  | 'tek-at-responder'
  | 'tgk-at-initiator'
  | 'tgk-at-responder'
  | 'mpkr-at-initiator'
  | 'mpkr-at-responder'
  | 'mpki-of-honest'
  | 'fork-uniqueness'
  | 'initiator-agrees'
  | 'responder-agrees'
  | 'responder-agrees-once';

const [alice, bob, carol] = ['hon(alice)', 'hon(bob)', 'hon(carol)'];
/** What users and sessions may be in begin events when outside provers look at a target. */
const universe = { hon: 1, dis: 1, alice: 0, bob: 0, carol: 0, s: 0, t: 0, randTransfer: 3 };

/** The goals, the same in all modes. */
export function ticketGoals(): Readonly<Record<TicketGoalId, Goal>> {
  return {
    'honest-end': reachable('honest-end', `doneI(${alice},${bob},R,RT,K) & doneR(${alice},${bob},R,RT,K)`),
    'tek-at-initiator': never('tek-at-initiator', 'doneI(hon(A),hon(B),R,RT,K) & att(K)'),
    'tek-at-responder': never('tek-at-responder', 'doneR(hon(A),hon(B),R,RT,K) & att(K)'),
    'tgk-at-initiator': never('tgk-at-initiator', 'forkI(hon(A),hon(B),R,M,K) & att(K)'),
    'tgk-at-responder': never('tgk-at-responder', 'forkR(hon(A),hon(B),R,M,K) & att(K)'),
    'mpkr-at-initiator': never('mpkr-at-initiator', 'forkI(hon(A),hon(B),R,K,T) & att(K)'),
    'mpkr-at-responder': never('mpkr-at-responder', 'forkR(hon(A),hon(B),R,K,T) & att(K)'),
    'mpki-of-honest': never('mpki-of-honest', 'callI(hon(A),oneof(hon(B),hon(C)),K) & att(K)'),
    // Any two responders stand for all pairs; keys of a dishonest maker may well be the same twice in mode 3, of one responder.
    'fork-uniqueness': never('fork-uniqueness', `forkR(A,${bob},R,K,T) & forkR(C,${carol},Q,K,U)`),
    'initiator-agrees': agreement('initiator-agrees', 'doneI(A,hon(B),R,RT,K)', {
      begin: 'beginR(A,hon(B),R,RT,K)',
      injective: 3,
      targets: [`doneI(${alice},${bob},R,RT,K)`],
      universe,
    }),
    'responder-agrees': agreement('responder-agrees', 'tookR(hon(A),B,R,RT,TICKET,U)', {
      begin: 'beginI(hon(A),R,RT,TICKET)',
      targets: [`tookR(${alice},${bob},R,RT,TICKET,U)`, `tookR(${alice},${bob},R,randTransfer(${alice},R,s),TICKET,U)`],
      universe,
    }),
    // Per responder: one TRANSFER_INIT may well reach several.
    'responder-agrees-once': agreement('responder-agrees-once', `tookR(hon(A),${bob},R,RT,TICKET,U)`, {
      begin: 'beginI(hon(A),R,RT,TICKET)',
      injective: 5,
    }),
  };
}
