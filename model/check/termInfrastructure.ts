/**
 * Who issues certificates in runs over terms.
 *
 * @module
 */
import type { Instant } from '../algebra/algebra.ts';
import { second } from '../message/timestamps.ts';
import type { Infrastructure } from '../modes/infrastructure.ts';
import { certificateTerm, publicKeyOf, publicKeyTerms } from './publicKeyTerms.ts';
import type { Term, Terms } from './term.ts';
import { termAlgebra } from './termAlgebra.ts';

/** How long certificates are valid before and after the start of a run. */
const year = 365n * 86_400n * second;

/** Length of a private key in octets; any will do. */
const keyLength = 256;

/** Makes an infrastructure with one root. @param start - the time of the run */
export function termInfrastructure(terms: Terms, start: Instant): Infrastructure<Term> {
  const A = termAlgebra(terms);
  const privateKey = (party: string): Term =>
    terms.intern({ op: 'name', party, purpose: 'private key', serial: 0 }, keyLength);
  const validity = { from: start - year, until: start + year };
  const issuer = privateKey('root');
  const issue = (name: string, content: { readonly ca: boolean; readonly identities: readonly Term[] }): Term =>
    certificateTerm(terms, {
      publicKey: publicKeyOf(terms, privateKey(name)),
      ...content,
      ...validity,
      issuer,
    });
  return {
    algebra: publicKeyTerms(terms),
    trust: { roots: [issue('root', { ca: true, identities: [] })], excluded: [] },
    certify: (name, identity) => ({
      privateKey: privateKey(name),
      chain: [issue(name, { ca: false, identities: [A.text(identity)] })],
    }),
  };
}
