/**
 * Algorithm suites: which PRF, encryption and MAC belong together, and how long their keys are.
 *
 * Statements: rfc6043:12.1-9.
 *
 * @module
 * @see [RFC 6043, section 12.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-12.1)
 */
import { encrAlgs, macAlgs } from '../../spec/registry/kemac.ts';
import { prfFuncs } from '../../spec/registry/header.ts';
import { MikeyError } from '../error.ts';

/** Algorithms of one strength. All lengths in octets. */
export interface Suite {
  /** `sha1` and `sha256` name them on the command line. */
  readonly name: 'sha1' | 'sha256';
  /** 128 or 256: the strength class, in bits, that must not be mixed with the other. */
  readonly strength: 128 | 256;
  readonly prfFunc: number;
  readonly encrAlg: number;
  readonly macAlg: number;
  /** Length of a fresh PSK, TPK, MPK or TGK. */
  readonly keyLength: number;
  readonly encrKeyLength: number;
  readonly authKeyLength: number;
  readonly macLength: number;
}

/** salt_key for AES-CM, 112 bits (RFC 3830, 4.2.3), and the SRTP master salt, in octets. */
export const saltKeyLength = 14;

/** The two suites. SHA-1's key has 160 bits but counts as the 128-bit class (finding A13). */
export const suites: Readonly<Record<Suite['name'], Suite>> = {
  sha1: {
    name: 'sha1',
    strength: 128,
    prfFunc: prfFuncs['MIKEY-1'],
    encrAlg: encrAlgs['AES-CM-128'],
    macAlg: macAlgs['HMAC-SHA-1-160'],
    keyLength: 16,
    encrKeyLength: 16,
    authKeyLength: 20,
    macLength: 20,
  },
  sha256: {
    name: 'sha256',
    strength: 256,
    prfFunc: prfFuncs['PRF-HMAC-SHA-256'],
    encrAlg: encrAlgs['AES-CM-256'],
    macAlg: macAlgs['HMAC-SHA-256-256'],
    keyLength: 32,
    encrKeyLength: 32,
    authKeyLength: 32,
    macLength: 32,
  },
};

/** The suite of a PRF. @throws MikeyError ERR_PRF if it is not one of ours */
export function suiteOfPrf(prfFunc: number): Suite {
  const found = Object.values(suites).find((suite) => suite.prfFunc === prfFunc);
  if (!found) throw new MikeyError('ERR_PRF', `PRF func ${prfFunc} is not supported`, { clause: 'rfc6043:6.1' });
  return found;
}

/** The suite of a MAC algorithm. @throws MikeyError ERR_MAC_ALG for NULL and for unknown ones */
export function suiteOfMac(macAlg: number): Suite {
  const found = Object.values(suites).find((suite) => suite.macAlg === macAlg);
  if (!found) throw new MikeyError('ERR_MAC_ALG', `MAC alg ${macAlg} is not supported`, { clause: 'rfc6043:6.2' });
  return found;
}

/** The suite of an encryption algorithm. @throws MikeyError ERR_ENCR_ALG for NULL and for unknown ones */
export function suiteOfEncr(encrAlg: number): Suite {
  const found = Object.values(suites).find((suite) => suite.encrAlg === encrAlg);
  if (!found) throw new MikeyError('ERR_ENCR_ALG', `Encr alg ${encrAlg} is not supported`, { clause: 'rfc6043:6.2' });
  return found;
}
