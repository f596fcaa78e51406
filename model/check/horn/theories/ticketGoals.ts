/**
 * What is asked of the hand-written theories of MIKEY-TICKET.
 *
 * @module
 */
import { agreement, never, reachable } from '../builder.ts';
import type { Goal } from '../clauses.ts';
import type { TicketMode } from './ticketSwitches.ts';

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
const insider = `oneof(dis(mallory),${bob})`;

/** The goals of a mode. */
export function ticketGoals(mode: TicketMode): Readonly<Record<TicketGoalId, Goal>> {
  const owner = mode === 'mode 1' ? 'kms' : alice;
  const RANDt = `randTransfer(${alice},${insider},s)`;
  const policy = `[policy,${alice},${insider}]`;
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
      targets: [`doneI(${alice},${bob},${insider},RT,K)`],
    }),
    'responder-agrees': agreement('responder-agrees', 'tookR(hon(A),B,R,RT,TICKET,U)', {
      begin: 'beginI(hon(A),R,RT,TICKET)',
      targets: [`tookR(${alice},${bob},${insider},RT,TICKET,U)`, `tookR(${alice},${bob},${insider},${RANDt},[${policy},${owner},E,MT],U)`],
    }),
    // Per responder: one TRANSFER_INIT may well reach several.
    'responder-agrees-once': agreement('responder-agrees-once', `tookR(hon(A),${bob},R,RT,TICKET,U)`, {
      begin: 'beginI(hon(A),R,RT,TICKET)',
      injective: 5,
    }),
  };
}
