/**
 * Links to clauses of the RFCs, for clauses as a machine names them and for requirement ids as a check names them.
 *
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 */
import { urlOf } from '../../spec/requirements/requirement.ts';

/** What stands at the end of a requirement id: the number of the statement. */
const statementNumber = /-\d+$/;

/**
 * The deep link of a clause.
 *
 * @param clause - a clause such as `rfc6043:4.2.1.6`, or a requirement id such as `rfc6043:4.2.1.6-3`
 * @returns the address of the section or appendix at the RFC editor
 * @throws RangeError if it is neither
 */
export function clauseUrl(clause: string): string {
  return urlOf(statementNumber.test(clause) ? clause : `${clause}-1`);
}

/**
 * A clause as a person writes it.
 *
 * @param clause - a clause such as `rfc6043:4.2.1.6`, or a requirement id
 * @returns for example `RFC 6043, 4.2.1.6`
 * @throws RangeError if it is neither
 */
export function clauseName(clause: string): string {
  clauseUrl(clause);
  const [rfc = '', place = ''] = clause.replace(statementNumber, '').split(':');
  return `RFC ${rfc.slice('rfc'.length)}, ${place}`;
}
