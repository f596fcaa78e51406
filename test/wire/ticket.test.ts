import { describe, expect, it } from 'vitest';
import type { TicketPayload } from '../../model/message/payload.ts';
import { flagNames, type TicketFlags, type TicketPolicy } from '../../model/message/ticketPolicy.ts';
import { decode, decodeWithLayout, encode } from '../../src/wire/codec.ts';
import { hdr, hex, join, thrownBy, toHex } from './octets.ts';

const noFlags = Object.fromEntries(flagNames.map((name) => [name, false])) as unknown as TicketFlags;

const policy: TicketPolicy<Uint8Array> = {
  ticketType: 1,
  subtype: 1,
  version: 1,
  prfFunc: 0,
  flags: noFlags,
  res: 0,
  tpData: [],
};

const ticket: TicketPayload<Uint8Array> = { kind: 'TICKET', policy, ticketData: hex(''), initiatorData: hex('') };

const encodeTicket = (changed: Partial<TicketPayload<Uint8Array>>): Uint8Array =>
  encode({ kind: 'TICKET', ticket: { ...ticket, ...changed } });

const encodePolicy = (changed: Partial<TicketPolicy<Uint8Array>>): Uint8Array =>
  encodeTicket({ policy: { ...policy, ...changed } });

/** Bits of PRF Func, D to O and Res: the three octets behind Version. */
const bits = (octets: Uint8Array): string => toHex(octets.subarray(4, 7));

describe('Ticket Policy', () => {
  it('[rfc6043:6.10-10] layout', () => {
    const octets = hex(`
      f001 02 03        # Ticket Type, Subtype, Version
      03 5555           # PRF Func 1, D, F H J L N, Res 10101: 0000001 1 0101010 1 010 10101
      000b              # TP Data length
      0e 00 03 01 0005 613a622e63   # IDR
      0000 0000
    `);
    const { ticket } = decode('TICKET', octets);
    expect(ticket.policy).toStrictEqual({
      ticketType: 0xf001,
      subtype: 2,
      version: 3,
      prfFunc: 1,
      flags: { ...noFlags, D: true, F: true, H: true, J: true, L: true, N: true },
      res: 0b10101,
      tpData: [{ kind: 'IDR', role: 3, idType: 1, data: hex('613a622e63') }],
    });
    expect(encode({ kind: 'TICKET', ticket })).toStrictEqual(octets);
  });

  // The 24 bits are ppppppp D | EFGHIJKL | MNO rrrrr, from the most significant bit.
  it.each([
    ['rfc6043:6.10-15', 'D', '010000'],
    ['rfc6043:6.10-16', 'E', '008000'],
    ['rfc6043:6.10-19', 'F', '004000'],
    ['rfc6043:6.10-22', 'G', '002000'],
    ['rfc6043:6.10-25', 'H', '001000'],
    ['rfc6043:6.10-28', 'I', '000800'],
    ['rfc6043:6.10-31', 'J', '000400'],
    ['rfc6043:6.10-35', 'K', '000200'],
    ['rfc6043:6.10-38', 'L', '000100'],
    ['rfc6043:6.10-41', 'M', '000080'],
    ['rfc6043:6.10-44', 'N', '000040'],
    ['rfc6043:6.10-46', 'O', '000020'],
  ] as const)('[%s] the bit of flag %s', (id, flag, expected) => {
    const octets = encodePolicy({ flags: { ...noFlags, [flag]: true } });
    expect(bits(octets)).toBe(expected);
    const { syntax, layout } = decodeWithLayout('TICKET', octets);
    expect(syntax.ticket.policy.flags).toStrictEqual({ ...noFlags, [flag]: true });
    expect(layout.children.find(({ name }) => name === flag)).toMatchObject({ value: 1, clause: id });
  });

  it('[rfc6043:6.10-14] PRF Func has the top 7 bits', () => {
    expect(bits(encodePolicy({ prfFunc: 127 }))).toBe('fe0000');
    expect(thrownBy(() => encodePolicy({ prfFunc: 128 })).path).toBe('TICKET.PRF Func');
  });

  it('[rfc6043:6.10-48] Res has the last 5 bits and is kept', () => {
    expect(bits(encodePolicy({ res: 31 }))).toBe('00001f');
    expect(decode('TICKET', encodePolicy({ res: 31 })).ticket.policy.res).toBe(31);
    expect(thrownBy(() => encodePolicy({ res: 32 })).path).toBe('TICKET.Res');
  });

  it('[rfc6043:6.10-13] the numbers of a MIKEY base ticket are 1, 1 and 1', () => {
    expect(toHex(encodeTicket({}))).toBe('0001010100000000010000000000');
  });

  it('[rfc6043:6.10-49] [rfc6043:6.10-51] TP Data is an octet that names the first payload, and payloads', () => {
    const tpData = [
      { kind: 'TR', role: 2, tsType: 3, value: hex('c8e350ea') },
      { kind: 'IDR', role: 2, idType: 1, data: hex('62') },
    ] as const;
    const octets = encodePolicy({ tpData });
    expect(toHex(octets.subarray(7))).toBe('000e0d0e0203c8e350ea00020100016200000000');
    expect(decode('TICKET', octets).ticket.policy.tpData).toStrictEqual(tpData);
  });

  it.each([
    ['no First Payload octet', '0000 0000 0000', 'ERR_TRUNCATED', 9, 'TICKET.TP Data.First Payload'],
    ['an octet behind the last payload', '0002 00 00 0000 0000', 'ERR_TRAILING', 10, 'TICKET.TP Data'],
    ['a payload that reaches beyond', '0004 0b 00 03 01 0203 0000', 'ERR_TRUNCATED', 12, 'TICKET.TP Data.RAND.RAND'],
    ['more than there is', '00ff 00', 'ERR_TRUNCATED', 9, 'TICKET.TP Data'],
    [
      'a nested TP',
      '000b 10 00 0001 01 01 000000 0001 00 0000 0000',
      'ERR_MALFORMED',
      9,
      'TICKET.TP Data.First Payload',
    ],
    ['a nested TICKET', '0001 11 0000 0000', 'ERR_MALFORMED', 9, 'TICKET.TP Data.First Payload'],
    ['Key data', '0005 14 00 00 0000 0000 0000', 'ERR_MALFORMED', 9, 'TICKET.TP Data.First Payload'],
    [
      'a second IDR that is cut',
      '000d 0e 0e 01 01 0000 00 02 01 00ff 61 0000 0000',
      'ERR_TRUNCATED',
      20,
      'TICKET.TP Data.IDR[2].ID Data',
    ],
  ])('turns down TP Data with %s', (_, octets, code, offset, path) => {
    const error = thrownBy(() => decode('TICKET', join(hex('0001 01 01 000000'), hex(octets))));
    expect(error).toMatchObject({ code, offset, path });
  });

  it('does not encode TP Data of more than 65535 octets, nor TP and TICKET inside', () => {
    const long = { kind: 'ID', idType: 0, data: new Uint8Array(65531) } as const;
    expect(thrownBy(() => encodePolicy({ tpData: [long] })).path).toBe('TICKET.TP Data length');
    expect(decode('TICKET', encodePolicy({ tpData: [{ ...long, data: new Uint8Array(65530) }] }))).toBeTruthy();
    for (const nested of [{ kind: 'TP', policy } as const, ticket]) {
      expect(thrownBy(() => encodePolicy({ tpData: [nested] })).code).toBe('ERR_MALFORMED');
    }
  });
});

describe('TP and TICKET', () => {
  it('[rfc6043:6.10-1] TP ends with TP Data', () => {
    const octets = join(hdr(16), hex('00 0001 01 01 000000 0001 00'));
    const { message } = decode('Message', octets);
    expect(message.payloads).toStrictEqual([{ kind: 'TP', policy }]);
    expect(encode({ kind: 'Message', message })).toStrictEqual(octets);
  });

  it('[rfc6043:6.10-11] TICKET goes on with Ticket Data and Initiator Data', () => {
    const octets = join(hdr(17), hex('00 0001 01 01 000000 0001 00  0003 a1a2a3  0002 b1b2'));
    const { message } = decode('Message', octets);
    expect(message.payloads).toStrictEqual([
      { kind: 'TICKET', policy, ticketData: hex('a1a2a3'), initiatorData: hex('b1b2') },
    ]);
    expect(encode({ kind: 'Message', message })).toStrictEqual(octets);
  });

  it('[rfc6043:6.10-11] the Initiator Data length is there without Initiator Data, too', () => {
    expect(thrownBy(() => decode('TICKET', hex('0001 01 01 000000 0001 00 0000')))).toMatchObject({
      code: 'ERR_TRUNCATED',
      offset: 12,
      path: 'TICKET.Initiator Data length',
    });
  });

  it('does not encode data of 65536 octets', () => {
    const long = new Uint8Array(65536);
    expect(thrownBy(() => encodeTicket({ ticketData: long })).path).toBe('TICKET.Ticket Data length');
    expect(thrownBy(() => encodeTicket({ initiatorData: long })).path).toBe('TICKET.Initiator Data length');
  });
});

describe('Ticket Data of the MIKEY base ticket', () => {
  const octets = hex(`
    05 0002 eeff               # THDR, next T
    0b 00 c8e350ea 00000000    # T, next RAND
    01 02 aabb                 # RAND, next KEMAC
    0e 01 0001 cc 00           # KEMAC, next IDR
    09 04 02 0001 6b           # IDRpsk, next V
    00 00                      # V
  `);

  it('[rfc6043:A.3-1] [rfc6043:A.1-1] [rfc6043:A-2] begins with THDR, goes on as a chain', () => {
    const data = decode('Ticket Data', octets);
    expect(data.thdr).toStrictEqual({ kind: 'THDR', data: hex('eeff') });
    expect(data.payloads.map(({ kind }) => kind)).toStrictEqual(['T', 'RAND', 'KEMAC', 'IDR', 'V']);
    expect(encode(data)).toStrictEqual(octets);
  });

  it('[rfc6043:A-5] nothing but THDR is possible', () => {
    const data = decode('Ticket Data', hex('00 0000'));
    expect(data).toStrictEqual({ kind: 'Ticket Data', thdr: { kind: 'THDR', data: hex('') }, payloads: [] });
  });

  it.each([
    ['nothing', '', 'ERR_TRUNCATED', 0, 'Ticket Data.THDR.Next payload'],
    ['THDR Data that is cut', '00 0002 ee', 'ERR_TRUNCATED', 3, 'Ticket Data.THDR.THDR Data'],
    ['an octet behind', '00 0000 00', 'ERR_TRAILING', 3, 'Ticket Data'],
    ['a TICKET inside', '11 0000', 'ERR_MALFORMED', 0, 'Ticket Data.THDR.Next payload'],
    ['a TP inside', '10 0000', 'ERR_MALFORMED', 0, 'Ticket Data.THDR.Next payload'],
  ])('turns down %s', (_, octets, code, offset, path) => {
    expect(thrownBy(() => decode('Ticket Data', hex(octets)))).toMatchObject({ code, offset, path });
  });

  it('does not encode THDR Data of 65536 octets', () => {
    const thdr = { kind: 'THDR', data: new Uint8Array(65536) } as const;
    const error = thrownBy(() => encode({ kind: 'Ticket Data', thdr, payloads: [] }));
    expect(error).toMatchObject({
      code: 'ERR_MALFORMED',
      path: 'Ticket Data.THDR.THDR Data length',
      clause: 'rfc6043:A.3-1',
    });
  });
});

describe('Initiator Data', () => {
  it('[rfc6043:6.10-72] [rfc6043:6.10-74] an octet that names the first payload, Vi, Vr', () => {
    const octets = hex('09  09 00  00 00');
    const data = decode('Initiator Data', octets);
    expect(data.payloads).toStrictEqual([
      { kind: 'V', authAlg: 0, mac: hex('') },
      { kind: 'V', authAlg: 0, mac: hex('') },
    ]);
    expect(encode(data)).toStrictEqual(octets);
  });

  it.each([
    ['nothing', '', 'ERR_TRUNCATED', 0, 'Initiator Data.First Payload'],
    ['a TICKET inside', '11', 'ERR_MALFORMED', 0, 'Initiator Data.First Payload'],
    ['a TP behind V', '09 10 00', 'ERR_MALFORMED', 1, 'Initiator Data.V.Next payload'],
    ['an octet behind', '00 00', 'ERR_TRAILING', 1, 'Initiator Data'],
  ])('turns down %s', (_, octets, code, offset, path) => {
    expect(thrownBy(() => decode('Initiator Data', hex(octets)))).toMatchObject({ code, offset, path });
  });
});
