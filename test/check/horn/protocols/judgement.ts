import type { Goal, Theory } from '../../../../model/check/horn/clauses.ts';
import type { Answer } from '../../../../model/check/horn/prove/verdict.ts';

/** A protocol, what is asked of it, and what is published about it. */
export interface Judgement {
  readonly theory: Theory;
  readonly goals: readonly { readonly goal: Goal; readonly published: Answer }[];
}
