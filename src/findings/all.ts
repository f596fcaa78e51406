/**
 * All demonstrations, in the order of the findings.
 *
 * @module
 */
import { findings, type FindingId } from '../../spec/findings/index.ts';
import type { Demonstration } from './demonstration.ts';
import { b3 } from './demos/b3.ts';
import { n3, w16 } from './demos/errors.ts';
import { b2, c3, w15 } from './demos/groups.ts';
import { a5, w12 } from './demos/identities.ts';
import { c4, w20 } from './demos/initiatorData.ts';
import { c5 } from './demos/mpki.ts';
import { w11, w9 } from './demos/longLived.ts';
import { n1 } from './demos/n1.ts';
import { n4 } from './demos/n4.ts';
import { a1 } from './demos/a1.ts';
import { a23 } from './demos/a23.ts';
import { a9, w14 } from './demos/vFlag.ts';
import { a19 } from './demos/a19.ts';
import { c2 } from './demos/c2.ts';
import { c1, w8 } from './demos/reflection.ts';
import { w1 } from './demos/w1.ts';
import { w10 } from './demos/w10.ts';
import { a2, a7 } from './demos/ticketOctets.ts';
import { c6 } from './demos/c6.ts';
import { b7, w18 } from './demos/w18.ts';
import { w19 } from './demos/w19.ts';
import { w2 } from './demos/w2.ts';
import { w21 } from './demos/w21.ts';
import { b4, w3 } from './demos/w3.ts';
import { n2, w4 } from './demos/w4.ts';
import { w5 } from './demos/w5.ts';
import { w6 } from './demos/w6.ts';
import { w17, w7 } from './demos/w7.ts';

// prettier-ignore
const unordered: readonly Demonstration[] = [
  a1, a2, a5, a7, a9, a19, a23, b2, b3, b4, b7, c1, c2, c3, c4, c5, c6,
  w1, w2, w3, w4, w5, w6, w7, w8, w9, w10, w11, w12, w14, w15, w16, w17, w18, w19, w20, w21,
  n1, n2, n3, n4,
];

const order: ReadonlyMap<FindingId, number> = new Map(findings.map(({ id }, index) => [id, index]));

/** All demonstrations, in the order of the findings. */
export const demonstrations: readonly Demonstration[] = unordered.toSorted(
  (a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0),
);
