import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hashFuncs, hashLength } from '../../spec/registry/certHash.ts';
import { errorNos } from '../../spec/registry/errors.ts';
import { generalExtTypes, keyIdTypes, omaBcastSubtypes } from '../../spec/registry/generalExt.ts';
import { csIdMapTypes, dataTypes, mikeyVersion, nextPayloads, prfFuncs } from '../../spec/registry/header.ts';
import { certTypes, idRoles, idTypes } from '../../spec/registry/identities.ts';
import { encrAlgs, encrKeyLength, macAlgs, macLength } from '../../spec/registry/kemac.ts';
import { hasSalt, keyDataTypes, kvTypes } from '../../spec/registry/keyData.ts';
import { nameOf, type Registry } from '../../spec/registry/nameOf.ts';
import { eccCurves, idSchemes, sakkeParams, skSubPayloads } from '../../spec/registry/otherMethods.ts';
import { cacheIndicators, dhGroups, dhValueLength, sTypes } from '../../spec/registry/publicKey.ts';
import { randRoles } from '../../spec/registry/rand.ts';
import {
  noRanges,
  octetRanges,
  omaBcastRanges,
  prfFuncRanges,
  roleRanges,
  skSubPayloadRanges,
  srtpParamRanges,
  ticketTypeRanges,
  usageOf,
  type Ranges,
} from '../../spec/registry/ranges.ts';
import { fecOrders, protTypes, srtpAuthAlgs, srtpEncrAlgs, srtpParams, srtpPrfs } from '../../spec/registry/sp.ts';
import { ticketTypes } from '../../spec/registry/tickets.ts';
import { tsLength, tsRoles, tsTypes } from '../../spec/registry/timestamps.ts';

/** A record of the IANA file that has a name: its first and last number. */
interface IanaRecord {
  readonly first: number;
  readonly last: number;
  readonly name: string;
}

const xml = readFileSync(new URL('../fixtures/iana/mikey-payloads.xml', import.meta.url), 'utf8');

/** The records that stand directly in each registry of the file, by registry id and title. */
function registriesOf(xml: string): ReadonlyMap<string, { readonly title: string; readonly records: IanaRecord[] }> {
  const registries = new Map<string, { readonly title: string; readonly records: IanaRecord[] }>();
  // Registries nest; what belongs to one ends where the next one opens or its own one closes.
  for (const [, id, body] of xml.matchAll(/<registry [^>]*?id="([^"]+)">([^]*?)(?=<registry |<\/registry>)/g)) {
    const title = /<title>([^<]*)<\/title>/.exec(body!)?.[1] ?? '';
    const records = [...body!.matchAll(/<record[^>]*>([^]*?)<\/record>/g)].flatMap(([, record]) => {
      const value = /<value>([^<]*)<\/value>/.exec(record!)?.[1] ?? '';
      const name = /<description>([^<]*)<\/description>/.exec(record!)?.[1];
      const [first, last] = value.split('-');
      return name === undefined ? [] : [{ first: Number(first), last: Number(last ?? first), name: unescape(name) }];
    });
    registries.set(id!, { title, records });
  }
  return registries;
}

function unescape(text: string): string {
  return text.replaceAll('&apos;', "'").replaceAll('&amp;', '&').trim();
}

/** The name as our constants spell it: the short one in brackets, or the last one of several, if there is one. */
function shortName(name: string): string {
  return /\((\w+)\)$/.exec(name)?.[1] ?? name.split(' / ').at(-1)!.trim();
}

const usages = new Map<string, string>([
  ['Unassigned', 'unassigned'],
  ['Reserved', 'reserved'],
  ['Reserved for Private Use', 'private use'],
  ['Private Use', 'private use'],
]);

const registries = registriesOf(xml);

const ours: readonly (readonly [id: string, title: string, registry: Registry, ranges: Ranges])[] = [
  ['mikey-payloads-3', 'Data Type', dataTypes, octetRanges],
  ['mikey-payloads-4', 'Next Payload', nextPayloads, octetRanges],
  ['mikey-payloads-5', 'PRF Func', prfFuncs, prfFuncRanges],
  ['mikey-payloads-6', 'CS ID Map Type', csIdMapTypes, octetRanges],
  ['mikey-payloads-8', 'Encr Alg', encrAlgs, octetRanges],
  ['mikey-payloads-9', 'MAC alg', macAlgs, octetRanges],
  ['mikey-payloads-11', 'C Envelope Key Cache Indicator', cacheIndicators, noRanges],
  ['mikey-payloads-13', 'DH-Group', dhGroups, octetRanges],
  ['mikey-payloads-15', 'S Type', sTypes, noRanges],
  ['mikey-payloads-17', 'TS Type', tsTypes, octetRanges],
  ['mikey-payloads-19', 'ID Type', idTypes, octetRanges],
  ['mikey-payloads-20', 'Cert Type', certTypes, octetRanges],
  ['mikey-payloads-22', 'Hash Func', hashFuncs, octetRanges],
  ['mikey-payloads-24', 'Prot Type', protTypes, octetRanges],
  ['mikey-payloads-25', 'MIKEY Security Protocol Parameters', srtpParams, srtpParamRanges],
  ['mikey-payloads-26', 'Encryption algorithm (Value 0)', srtpEncrAlgs, octetRanges],
  ['mikey-payloads-27', 'Authentication algorithm (Value 2)', srtpAuthAlgs, octetRanges],
  ['mikey-payloads-28', 'SRTP Pseudo Random Function (Value 5)', srtpPrfs, octetRanges],
  ['mikey-payloads-29', "sender's FEC order (Value 9)", fecOrders, octetRanges],
  ['mikey-payloads-31', 'Error No', errorNos, octetRanges],
  ['mikey-payloads-33', 'Type', keyDataTypes, noRanges],
  ['mikey-payloads-34', 'KV Type', kvTypes, noRanges],
  ['mikey-payloads-36', 'Type', generalExtTypes, octetRanges],
  ['mikey-payloads-37', 'Key ID Types (Value 3)', keyIdTypes, octetRanges],
  ['mikey-payloads-38', 'OMA BCAST Data Subtype (Value 5)', omaBcastSubtypes, omaBcastRanges],
  ['mikey-payloads-39', 'TS Role', tsRoles, roleRanges],
  ['mikey-payloads-40', 'ID Role', idRoles, roleRanges],
  ['mikey-payloads-41', 'RAND Role', randRoles, roleRanges],
  ['mikey-payloads-42', 'Ticket Type', ticketTypes, ticketTypeRanges],
  ['mikey-payloads-43', 'ECC Curve', eccCurves, roleRanges],
  ['mikey-payloads-44', 'SK sub-payload', skSubPayloads, skSubPayloadRanges],
  ['sakke-params', 'SAKKE params', sakkeParams, roleRanges],
  ['id-scheme', 'ID Scheme', idSchemes, roleRanges],
];

describe('registries against the file of IANA', () => {
  it('covers every registry of numbers in the file', () => {
    const numeric = [...registries].filter(([, { records }]) => records.length > 0).map(([id]) => id);
    expect(ours.map(([id]) => id)).toStrictEqual(numeric);
  });

  it.each(ours)('%s, %s: names and numbers, both directions', (id, title, registry) => {
    const { title: ianaTitle, records } = registries.get(id)!;
    expect(ianaTitle).toBe(title);
    const named = records.filter(({ name }) => !usages.has(name));
    expect(named.every(({ first, last }) => first === last)).toBe(true);
    // Of the names in use, letters of another size are the only liberty (Ticket Type, as RFC 6043 spells it).
    const iana = named.map(({ first, name }) => [shortName(name).toLowerCase(), first]);
    expect(Object.entries(registry).map(([name, value]) => [name.toLowerCase(), value])).toStrictEqual(iana);
  });

  it.each(ours)('%s, %s: what the numbers without a name are for', (id, _title, registry, ranges) => {
    const spans = registries.get(id)!.records.filter(({ name }) => usages.has(name));
    const seen = spans.flatMap(({ first, last, name }) => [
      [first, usages.get(name), usageOf(ranges, first), nameOf(registry, first)],
      [last, usages.get(name), usageOf(ranges, last), nameOf(registry, last)],
    ]);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.filter(([, iana, our, name]) => iana !== our || name !== undefined)).toStrictEqual([]);
  });

  it('has the one version', () => {
    expect(/<registry id="mikey-payloads-2">[^]*?<value>(0x\d+)</.exec(xml)?.[1]).toBe('0x01');
    expect(mikeyVersion).toBe(0x01);
  });

  it('knows the lengths of DH values that IANA lists', () => {
    const listed = [
      ...xml.matchAll(/<value>(\d+)<\/value>\s*<description>OAKLEY \d<\/description>[^]*?<length>(\d+)</g),
    ];
    expect(listed).toHaveLength(3);
    for (const [, group, bits] of listed) expect(dhValueLength(Number(group))).toBe(Number(bits) / 8);
  });
});

describe('tables of RFC 6043', () => {
  it('[rfc6043:6.1-1] Table 6.1, data types', () => {
    const names = 'REQUEST_INIT_PSK REQUEST_INIT_PK REQUEST_RESP TRANSFER_INIT TRANSFER_RESP';
    const more = 'RESOLVE_INIT_PSK RESOLVE_INIT_PK RESOLVE_RESP';
    expect(`${names} ${more}`.split(' ').map((name) => dataTypes[name as keyof typeof dataTypes])).toStrictEqual([
      11, 12, 13, 14, 15, 16, 17, 18,
    ]);
  });

  it('[rfc6043:6.1-2] Table 6.2, next payloads', () => {
    const { TR, IDR, RANDR, TP, TICKET } = nextPayloads;
    expect([TR, IDR, RANDR, TP, TICKET]).toStrictEqual([13, 14, 15, 16, 17]);
  });

  it('[rfc6043:6.1-6] [rfc6043:6.1-12] Tables 6.3 and 6.4, PRF and map type', () => {
    expect(prfFuncs['PRF-HMAC-SHA-256']).toBe(1);
    expect(csIdMapTypes['GENERIC-ID']).toBe(2);
  });

  it('[rfc6043:6.2-1] [rfc6043:6.2-3] Tables 6.5 and 6.6, algorithms and their lengths', () => {
    expect(encrAlgs['AES-CM-256']).toBe(3);
    expect([0, 1, 2, 3, 4].map(encrKeyLength)).toStrictEqual([0, 16, 16, 32, undefined]);
    expect(macAlgs['HMAC-SHA-256-256']).toBe(2);
    expect([0, 1, 2, 3].map(macLength)).toStrictEqual([0, 20, 32, undefined]);
  });

  it('[rfc6043:6.2.1-4] Table 6.7, key data types; which have a salt', () => {
    expect([keyDataTypes.GTGK, keyDataTypes['GTGK+SALT'], keyDataTypes.MPK]).toStrictEqual([4, 5, 6]);
    expect(Array.from({ length: 9 }, (_, type) => hasSalt(type))).toStrictEqual([
      false,
      true,
      false,
      true,
      false,
      true,
      false,
      false,
      undefined,
    ]);
  });

  it('[rfc6043:6.3-3] Table 6.8, timestamp types and their lengths', () => {
    expect(tsTypes['NTP-UTC-32']).toBe(3);
    expect([0, 1, 2, 3, 4].map(tsLength)).toStrictEqual([8, 8, 4, 4, undefined]);
  });

  it('[rfc6043:6.4-2] [rfc6043:6.6-3] [rfc6043:6.8-2] Tables 6.9, 6.11 and 6.13, roles', () => {
    expect(tsRoles).toStrictEqual({ TRi: 1, TRs: 2, TRe: 3, TRr: 4 });
    expect(idRoles).toMatchObject({ IDRi: 1, IDRr: 2, IDRkms: 3, IDRpsk: 4, IDRapp: 5 });
    expect(randRoles).toStrictEqual({ RANDRi: 1, RANDRr: 2, RANDRkms: 3 });
  });

  it('[rfc6043:6.5-2] [rfc6043:6.7-1] Tables 6.10 and 6.12, byte strings and SHA-256', () => {
    expect(idTypes['Byte string']).toBe(2);
    expect(hashFuncs['SHA-256']).toBe(2);
    expect([0, 1, 2, 3].map(hashLength)).toStrictEqual([20, 16, 32, undefined]);
  });

  it('[rfc6043:6.9-1] [rfc6043:6.10-12] Tables 6.14 and 6.15, errors and tickets', () => {
    expect([errorNos['Invalid TICKET'], errorNos['Invalid TPpar']]).toStrictEqual([14, 15]);
    expect(ticketTypes).toStrictEqual({ 'MIKEY Base Ticket': 1, '3GPP Base Ticket': 2 });
  });

  it('[rfc6043:14-2] [rfc6043:14-5] [rfc6043:14-8] roles 240 to 254 are for private use', () => {
    expect([239, 240, 254, 255].map((value) => usageOf(roleRanges, value))).toStrictEqual([
      'unassigned',
      'private use',
      'private use',
      'reserved',
    ]);
  });

  it('[rfc6043:14-3] [rfc6043:14-6] [rfc6043:14-9] roles 0 and 255 are reserved', () => {
    expect([0, 255].map((value) => usageOf(roleRanges, value))).toStrictEqual(['reserved', 'reserved']);
  });

  it('[rfc6043:14-11] [rfc6043:14-12] ticket types for private use, and reserved ones', () => {
    expect([0, 3, 61439, 61440, 65534, 65535].map((value) => usageOf(ticketTypeRanges, value))).toStrictEqual([
      'reserved',
      'unassigned',
      'unassigned',
      'private use',
      'private use',
      'reserved',
    ]);
  });
});

describe('nameOf', () => {
  it('finds a name by number', () => {
    expect(nameOf(dataTypes, 14)).toBe('TRANSFER_INIT');
    expect(nameOf(nextPayloads, 0)).toBe('Last payload');
  });

  it('has no name for a number that is not registered', () => {
    expect(nameOf(dataTypes, 99)).toBeUndefined();
    expect(nameOf(dataTypes, -1)).toBeUndefined();
    expect(nameOf(dataTypes, Number.NaN)).toBeUndefined();
  });
});
