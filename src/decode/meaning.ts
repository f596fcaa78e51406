/**
 * What a field's value means, in words: names from the registries, times, identities.
 *
 * @module
 */
import { errorNos } from '../../spec/registry/errors.ts';
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { generalExtTypes } from '../../spec/registry/generalExt.ts';
import { csIdMapTypes, dataTypes, nextPayloads, prfFuncs } from '../../spec/registry/header.ts';
import { certTypes, idRoles, idTypes } from '../../spec/registry/identities.ts';
import { encrAlgs, macAlgs } from '../../spec/registry/kemac.ts';
import { keyDataTypes, kvTypes } from '../../spec/registry/keyData.ts';
import { nameOf, type Registry } from '../../spec/registry/nameOf.ts';
import { dhGroups, sTypes } from '../../spec/registry/publicKey.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import { protTypes, srtpParams } from '../../spec/registry/sp.ts';
import { ticketTypes } from '../../spec/registry/tickets.ts';
import { tsRoles, tsTypes } from '../../spec/registry/timestamps.ts';
import type { LayoutNode } from '../wire/layout.ts';
import { instantOf, isoText } from '../wire/time.ts';

/** The registry of each numbered field, by its name in lower case. */
const registries: Readonly<Record<string, Registry>> = {
  'data type': dataTypes,
  'next payload': nextPayloads,
  'first payload': nextPayloads,
  'prf func': prfFuncs,
  'cs id map type': csIdMapTypes,
  'encr alg': encrAlgs,
  'mac alg': macAlgs,
  'auth alg': macAlgs,
  'ts type': tsTypes,
  'ts role': tsRoles,
  'id type': idTypes,
  'id role': idRoles,
  'cert type': certTypes,
  'hash func': hashFuncs,
  'rand role': randRoles,
  'prot type': protTypes,
  'error no': errorNos,
  'ticket type': ticketTypes,
  'dh-group': dhGroups,
  's type': sTypes,
  kv: kvTypes,
};

/** Registries of the field `Type`, by what it stands in. */
const typeRegistries: Readonly<Record<string, Registry>> = {
  'Key data': keyDataTypes,
  Parameter: srtpParams,
  'General Ext.': generalExtTypes,
};

/** What a set flag says. */
const flagTexts: Readonly<Record<string, readonly [string, string]>> = {
  D: ['made by the Initiator', 'made by the KMS'],
  E: ['the Responder may resolve it itself', 'must be resolved by the KMS'],
  F: ['no TRANSFER_RESP', 'TRANSFER_RESP shall be sent'],
  G: ['no RANDRr', 'the Responder makes RANDRr'],
  H: ['RANDRi not in session keys', 'RANDRi in session keys'],
  I: ['no key forking', 'key forking'],
  J: ['not reusable', 'reusable'],
  K: ['policy not changed by the KMS', 'policy changed by the KMS'],
  L: ['no keys from the Initiator', 'keys from the Initiator allowed'],
  M: ['no keys from the Responder', 'keys from the Responder allowed'],
  N: ['the Initiator has more to do', 'plain RFC 6043 for the Initiator'],
  O: ['the Responder has more to do', 'plain RFC 6043 for the Responder'],
};

/**
 * The meaning of a field.
 *
 * @param siblings - the fields beside it, which may say how to read it
 * @param parent - name of the payload that it stands in, without its number
 * @returns undefined if the value says everything
 */
export function meaningOf(node: LayoutNode, siblings: readonly LayoutNode[], parent: string): string | undefined {
  const { name, value } = node;
  if (typeof value === 'number') {
    if (node.bits?.count === 1 && name in flagTexts && parent !== 'HDR') return flagTexts[name]?.[value];
    const registry = name === 'Type' ? typeRegistries[parent] : registries[name.toLowerCase()];
    return registry && (nameOf(registry, value) ?? 'not registered');
  }
  if (!value) return undefined;
  const beside = (wanted: string): number | undefined => {
    const found = siblings.find((sibling) => sibling.name.toLowerCase() === wanted)?.value;
    return typeof found === 'number' ? found : undefined;
  };
  if (name.toLowerCase() === 'ts value') return timeText(value, beside('ts type') ?? -1, beside('ts role'));
  if (name === 'ID Data') return identityText(value);
  return undefined;
}

/** A timestamp as text; the rekeying interval is a number of seconds. */
function timeText(value: Uint8Array, tsType: number, role: number | undefined): string | undefined {
  if (role === tsRoles.TRr) return `${Buffer.from(value).readUInt32BE()} seconds`;
  const instant = instantOf(tsType, value);
  return instant === undefined ? undefined : isoText(instant);
}

/** An identity as text, if it is some; control characters are not printed. */
function identityText(value: Uint8Array): string | undefined {
  const text = Buffer.from(value).toString('utf8');
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f-\u009f\ufffd]/.test(text) ? undefined : `"${text}"`;
}
