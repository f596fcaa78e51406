/**
 * The roles whose machines are drawn. The machines are made over terms: a drawing needs an interpretation, and no bytes.
 *
 * @module
 * @see [RFC 6043, section 4.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1), Figure 1
 */
import type { AnyStateMachine } from 'xstate';
import { Terms, type Term } from '../../model/check/term.ts';
import { termAlgebra, termSources } from '../../model/check/termAlgebra.ts';
import { strictProfile, type Env } from '../../model/guard/profile.ts';
import { bundleMachine } from '../../model/roles/bundle.ts';
import { forkingProxyMachine } from '../../model/roles/forkingProxy.ts';
import { initiatorMachine } from '../../model/roles/initiator.ts';
import { kmsMachine } from '../../model/roles/kms.ts';
import { responderMachine } from '../../model/roles/responder.ts';

/** A role and its machine. */
export interface RoleChart {
  /** The role, as a heading. */
  readonly title: string;
  /** What the role does, one sentence. */
  readonly summary: string;
  /** Its machine, over terms. */
  readonly machine: AnyStateMachine;
}

/**
 * All roles, in the order in which a call meets them.
 *
 * @returns machines of a universe of terms of their own
 */
export function roleCharts(): readonly RoleChart[] {
  const terms = new Terms();
  const env: Env<Term> = {
    algebra: termAlgebra(terms),
    source: termSources(terms, 0n)('a party'),
    profile: strictProfile,
  };
  return [
    {
      title: 'Initiator',
      summary: 'It asks the KMS for a ticket, calls, and takes every genuine answer.',
      machine: initiatorMachine(env),
    },
    {
      title: 'Forking proxy',
      summary: 'It carries messages between one caller and many endpoints, and understands none of them.',
      machine: forkingProxyMachine<Term>(),
    },
    {
      title: 'Responder',
      summary: 'It rejects early what it will not accept, has the ticket resolved, verifies the caller, and answers.',
      machine: responderMachine(env),
    },
    {
      title: 'KMS',
      summary:
        'One machine for one exchange: it authenticates first, and gets keys and replay verdicts from a storage.',
      machine: kmsMachine(env),
    },
    {
      title: 'Crypto session bundle',
      summary:
        'One side of a call that is set up: it starts updates, answers those of the other side, and lets keys expire.',
      machine: bundleMachine(env),
    },
  ];
}
