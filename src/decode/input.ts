/**
 * Finding MIKEY messages in whatever a user has: hexadecimal, base64, raw octets, an `a=key-mgmt:` line, an SDP body, a capture.
 *
 * @module
 * @see [RFC 4567, section 3](https://www.rfc-editor.org/rfc/rfc4567.html#section-3)
 */
import { MikeyError } from '../../model/error.ts';
import { isCapture, readCapture, type CapturedPayload } from '../capture/read.ts';

/** A message that was found, and where. */
export interface FoundMessage {
  readonly octets: Uint8Array;
  /** For a person: `hex`, `SDP line 7`, `packet 3`. */
  readonly origin: string;
}

/** The registered port of MIKEY. */
const mikeyPort = 2269;

/** Text without the characters that no text has. */
const textual = /^[\t\n\r -~\u00a0-\uffff]*$/;

/**
 * Finds the messages of an input.
 *
 * @throws MikeyError if nothing of it can be a MIKEY message
 */
export function findMessages(input: Uint8Array): readonly FoundMessage[] {
  if (input.length === 0) throw new MikeyError('ERR_TRUNCATED', 'the input is empty', { offset: 0 });
  if (isCapture(input)) return fromCapture(input);
  const text = asText(input);
  if (text === undefined) return [{ octets: input, origin: 'raw octets' }];
  if (/key-mgmt:/.test(text)) return fromSdp(text);
  const hex = text.replace(/0x/gi, '').replace(/[\s:,;]/g, '');
  if (/^(?:[0-9a-fA-F]{2})+$/.test(hex)) return [{ octets: Uint8Array.from(Buffer.from(hex, 'hex')), origin: 'hex' }];
  const base64 = text.replace(/\s/g, '').replace(/^mikey/, '');
  const octets = fromBase64(base64);
  if (octets) return [{ octets, origin: 'base64' }];
  throw new MikeyError('ERR_MALFORMED', 'neither hex, base64, raw octets, an SDP body nor a capture', { offset: 0 });
}

/** The input as text, if it is some. */
function asText(input: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(input);
    return textual.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Octets of a base64 text with its padding; undefined if it is none. */
function fromBase64(text: string): Uint8Array | undefined {
  if (text.length === 0 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

/** All `a=key-mgmt:mikey` attributes of a text, whatever stands around them; base64 may be folded over lines that begin with a blank. */
function fromSdp(text: string): readonly FoundMessage[] {
  const lines = text.replace(/\r?\n[ \t]+/g, '').split(/\r?\n/);
  const found = lines.flatMap((line, index): readonly FoundMessage[] => {
    const match = /key-mgmt: ?mikey +(\S+)\s*$/.exec(line);
    if (!match) return [];
    const octets = fromBase64(match[1] ?? '');
    if (!octets) {
      throw new MikeyError('ERR_MALFORMED', `line ${index + 1}: the key-mgmt data are not base64`, {
        clause: 'rfc4567:3',
      });
    }
    return [{ octets, origin: `SDP line ${index + 1}` }];
  });
  if (found.length === 0) {
    throw new MikeyError('ERR_MALFORMED', 'there is a key-mgmt attribute, but none for mikey', {
      clause: 'rfc4567:3.1',
    });
  }
  return found;
}

/** MIKEY on its port, in SIP bodies, and in HTTP bodies of type application/mikey. */
function fromCapture(input: Uint8Array): readonly FoundMessage[] {
  const found = readCapture(input).flatMap(fromPayload);
  if (found.length === 0) throw new MikeyError('ERR_MALFORMED', 'there is no MIKEY message in this capture');
  return found;
}

function fromPayload({ packet, fromPort, toPort, octets }: CapturedPayload): readonly FoundMessage[] {
  if (octets.length === 0) return [];
  if (fromPort === mikeyPort || toPort === mikeyPort) {
    return [{ octets: Uint8Array.from(octets), origin: `packet ${packet}` }];
  }
  const head = octets.toString('latin1');
  const body = head.indexOf('\r\n\r\n') + 4;
  if (/key-mgmt:/.test(head)) {
    return fromSdp(head).map((message) => ({ ...message, origin: `packet ${packet}, ${message.origin}` }));
  }
  if (body >= 4 && /^content-type:\s*application\/mikey/im.test(head.slice(0, body))) {
    return [{ octets: Uint8Array.from(octets.subarray(body)), origin: `packet ${packet}, HTTP body` }];
  }
  return [];
}
