/**
 * All requirement records of RFC 6043, in the order of the text.
 * @module
 * @see [RFC 6043](https://www.rfc-editor.org/rfc/rfc6043.html)
 */
import type { Requirement } from '../requirement.ts';
import { overviewRequirements } from './s4-1-overview.ts';
import { requestInitRequirements } from './s4-2-1-request-init.ts';
import { requestRespRequirements } from './s4-2-1-request-resp.ts';
import { transferInitRequirements } from './s4-2-2-transfer-init.ts';
import { transferRespRequirements } from './s4-2-2-transfer-resp.ts';
import { resolveInitRequirements } from './s4-2-3-resolve-init.ts';
import { resolveRespRequirements } from './s4-2-3-resolve-resp.ts';
import { keyForkingRequirements } from './s5-1-key-forking.ts';
import { messageKeysRequirements } from './s5-1-2-message-keys.ts';
import { csbUpdatingRequirements } from './s5-2-csb-updating.ts';
import { ticketReuseRequirements } from './s5-3-ticket-reuse.ts';
import { errorHandlingRequirements } from './s5-4-error-handling.ts';
import { macCoverageRequirements } from './s5-5-mac-coverage.ts';
import { headerPayloadRequirements } from './s6-1-header.ts';
import { keyDataTransportRequirements } from './s6-2-key-data-transport.ts';
import { smallPayloadsRequirements } from './s6-3-small-payloads.ts';
import { ticketPolicyRequirements } from './s6-10-ticket-policy.ts';
import { ticketPayloadDataRequirements } from './s6-10-ticket-data.ts';
import { scenariosRequirements } from './s8-10-scenarios.ts';
import { considerationsRequirements } from './s11-12-considerations.ts';
import { registriesRequirements } from './s14-registries.ts';
import { appendixARequirements } from './appendix-a.ts';

/** Every normative statement of RFC 6043, sections 4 to 6, 8 to 12, 14 (reserved ranges) and appendix A. */
export const rfc6043 = [
  ...overviewRequirements,
  ...requestInitRequirements,
  ...requestRespRequirements,
  ...transferInitRequirements,
  ...transferRespRequirements,
  ...resolveInitRequirements,
  ...resolveRespRequirements,
  ...keyForkingRequirements,
  ...messageKeysRequirements,
  ...csbUpdatingRequirements,
  ...ticketReuseRequirements,
  ...errorHandlingRequirements,
  ...macCoverageRequirements,
  ...headerPayloadRequirements,
  ...keyDataTransportRequirements,
  ...smallPayloadsRequirements,
  ...ticketPolicyRequirements,
  ...ticketPayloadDataRequirements,
  ...scenariosRequirements,
  ...considerationsRequirements,
  ...registriesRequirements,
  ...appendixARequirements,
] as const satisfies readonly Requirement[];

/** The id of one record of {@link rfc6043}, for example `rfc6043:4.2.2.4-2`. */
export type Rfc6043Id = (typeof rfc6043)[number]['id'];
