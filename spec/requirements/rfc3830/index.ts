/**
 * All requirement records of RFC 3830 that MIKEY-TICKET inherits, in the order of the text.
 *
 * Left out is what belongs to the flow of the RFC 3830 modes, which MIKEY-TICKET replaces by exchanges of its own: the
 * Diffie-Hellman method, the updates of figure 4.1, the caching of an envelope key as a pre-shared key (4.5), the KEMAC
 * that ends a pre-shared key message, IDi and MAC inside the KEMAC of a public key message (5.2, 6.2), and the V flag
 * of a Diffie-Hellman message (6.1). Layouts and numbers of all payloads are in, as the codec knows all of them.
 * @module
 * @see [RFC 3830](https://www.rfc-editor.org/rfc/rfc3830.html)
 */
import type { Requirement } from '../requirement.ts';
import { keyCalculationRequirements } from './s4-1-key-calculation.ts';
import { transformsRequirements } from './s4-2-transforms.ts';
import { authorizationDataSaRequirements } from './s4-3-authorization-data-sa.ts';
import { messagesRequirements } from './s5-messages.ts';
import { headerRequirements } from './s6-1-header.ts';
import { keyTransportRequirements } from './s6-2-key-transport.ts';
import { smallPayloadsRequirements } from './s6-6-9-small-payloads.ts';
import { securityPolicyRequirements } from './s6-10-security-policy.ts';
import { keyDataRequirements } from './s6-11-15-key-data.ts';

/** Every normative statement of RFC 3830, sections 4.1 to 6.15, that is in use. */
export const rfc3830 = [
  ...keyCalculationRequirements,
  ...transformsRequirements,
  ...authorizationDataSaRequirements,
  ...messagesRequirements,
  ...headerRequirements,
  ...keyTransportRequirements,
  ...smallPayloadsRequirements,
  ...securityPolicyRequirements,
  ...keyDataRequirements,
] as const satisfies readonly Requirement[];

/** The id of one record of {@link rfc3830}, for example `rfc3830:5.4-3`. */
export type Rfc3830Id = (typeof rfc3830)[number]['id'];
