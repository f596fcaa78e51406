/**
 * Names of data types, as events of the role machines and entries of a trace bear them.
 *
 * @module
 * @see [RFC 6043, section 6.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-6.1), Table 6.1
 */
import { dataTypes } from '../../spec/registry/header.ts';

/** The name of a data type; `data type N` if it has none. */
export function messageTypeName(dataType: number): string {
  const known = Object.entries(dataTypes).find(([, value]) => value === dataType);
  return known?.[0] ?? `data type ${dataType}`;
}
