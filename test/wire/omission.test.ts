import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payload, VPayload } from '../../model/message/payload.ts';
import { decode, encode } from '../../src/wire/codec.ts';
import {
  header,
  initiatorData,
  macedMessage,
  message,
  payloads,
  sealedTicketData,
  ticket,
} from '../arbitraries/message.ts';
import { hdr, hex, join, thrownBy, toHex } from './octets.ts';

const v: VPayload<Uint8Array> = { kind: 'V', authAlg: 1, mac: new Uint8Array(20).fill(0xdd) };

describe('what a MAC does not cover', () => {
  it('[rfc6043:5.5-1] the MAC field of the final V', () => {
    const octets = join(hdr(11), hex('09 01 aa'), hex('00 01'), v.mac);
    const covered = encode(decode('Message', octets), ['MAC field']);
    expect(covered).toStrictEqual(octets.subarray(0, -20));
    fc.assert(
      fc.property(macedMessage, (message) => {
        const full = encode({ kind: 'Message', message });
        const { mac } = message.payloads.at(-1) as VPayload<Uint8Array>;
        expect(toHex(encode({ kind: 'Message', message }, ['MAC field'])) + toHex(mac)).toBe(toHex(full));
      }),
    );
  });

  it('[rfc6043:5.5-1] a V that is not the last payload stays whole', () => {
    const { header } = decode('Message', hdr(0)).message;
    const covered = encode({ kind: 'Message', message: { header, payloads: [v, v] } }, ['MAC field']);
    expect(toHex(covered)).toBe(`${toHex(hdr(9))}0901${'dd'.repeat(20)}0001`);
  });

  it('[rfc6043:5.5-1] a V that has no MAC yet can be covered, but not sent', () => {
    const { header } = decode('Message', hdr(0)).message;
    const draft = { kind: 'Message', message: { header, payloads: [{ ...v, mac: hex('') }] } } as const;
    expect(toHex(encode(draft, ['MAC field']))).toBe(toHex(hdr(9)) + '0001');
    expect(thrownBy(() => encode(draft)).code).toBe('ERR_MALFORMED');
  });

  it('[rfc6043:5.5-2] the signature field of the final SIGN, but its length', () => {
    fc.assert(
      fc.property(header, payloads.SIGN, (header, sign) => {
        const value = { kind: 'Message', message: { header, payloads: [sign] } } as const;
        expect(toHex(encode(value, ['MAC field'])) + toHex(sign.signature)).toBe(toHex(encode(value)));
      }),
    );
  });

  it('a message without V or SIGN at its end has no MAC field', () => {
    const { header } = decode('Message', hdr(0)).message;
    for (const payloads of [[], [{ kind: 'RAND', rand: hex('00') }], [v, { kind: 'RAND', rand: hex('00') }]] as const) {
      const error = thrownBy(() => encode({ kind: 'Message', message: { header, payloads } }, ['MAC field']));
      expect(error).toMatchObject({ code: 'ERR_MISSING_PAYLOAD', clause: 'rfc6043:5.5' });
    }
    expect(thrownBy(() => encode({ kind: 'Key data', keys: [] }, ['MAC field'])).code).toBe('ERR_MISSING_PAYLOAD');
  });

  it('[rfc6043:5.5-4] Initiator Data and its length', () => {
    const start = '000101010000000001000002a1a2';
    const octets = join(hdr(17), hex(`09 ${start} 0003 b1b2b3`), hex('00 01'), v.mac);
    const value = decode('Message', octets);
    expect(toHex(encode(value, ['MAC field', 'Initiator Data']))).toBe(`${toHex(hdr(17))}09${start}0001`);
    expect(toHex(encode(value, ['Initiator Data']))).toBe(`${toHex(hdr(17))}09${start}0001${toHex(v.mac)}`);
  });

  it('[rfc6043:5.5-4] a message without TICKET has none', () => {
    fc.assert(
      fc.property(message, (message) => {
        const rest = {
          ...message,
          payloads: message.payloads.filter(({ kind }: Payload<Uint8Array>) => kind !== 'TICKET'),
        };
        const value = { kind: 'Message', message: rest } as const;
        expect(encode(value, ['Initiator Data'])).toStrictEqual(encode(value));
      }),
    );
  });

  it('[rfc6043:6.10-77] Vr: all of Initiator Data but its MAC', () => {
    fc.assert(
      fc.property(initiatorData, payloads.V, (data, last) => {
        const value = { ...data, payloads: [...data.payloads.filter(({ kind }) => kind !== 'SIGN'), last] };
        expect(toHex(encode(value, ['MAC field'])) + toHex(last.mac)).toBe(toHex(encode(value)));
      }),
    );
  });

  it('[rfc6043:A.1-10] [rfc6043:A.1-12] the MAC in Ticket Data, Initiator Data and its length, but not the length of Ticket Data', () => {
    fc.assert(
      fc.property(ticket, sealedTicketData, (ticket, data) => {
        const ticketData = encode(data);
        const { mac } = data.payloads.at(-1) as VPayload<Uint8Array>;
        const value = { kind: 'TICKET', ticket: { ...ticket, ticketData } } as const;
        const covered = toHex(encode(value, ['MAC field', 'Initiator Data']));
        const length = ticket.initiatorData.length.toString(16).padStart(4, '0');
        expect(covered + toHex(mac) + length + toHex(ticket.initiatorData)).toBe(toHex(encode(value)));
      }),
    );
  });

  it('Ticket Data that does not end in V, or is no chain, has no MAC to leave out', () => {
    fc.assert(
      fc.property(ticket, (ticket) => {
        const covering = (ticketData: Uint8Array) => () =>
          encode({ kind: 'TICKET', ticket: { ...ticket, ticketData } }, ['MAC field']);
        expect(thrownBy(covering(hex('00 0000'))).code).toBe('ERR_MISSING_PAYLOAD');
        expect(thrownBy(covering(hex('00'))).code).toBe('ERR_TRUNCATED');
      }),
      { numRuns: 10 },
    );
  });
});
