/**
 * REQUEST_INIT_PK and RESOLVE_INIT_PK that the KMS turns down for what only they have.
 *
 * @module
 * @see [RFC 6043, section 4.2.1.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.1.3)
 * @see [RFC 6043, section 4.2.3.3](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.2.3.3)
 */
import { certTypes } from '../../../spec/registry/identities.ts';
import { cacheIndicators } from '../../../spec/registry/publicKey.ts';
import type { CheckName } from '../../../model/guard/catalogue.ts';
import { attacksOn, signed, type Attack } from './attack.ts';
import * as edit from './edits.ts';
import { firstCall } from './scenes.ts';

/** The two messages, and the names of the checks on each. */
const messages = [
  { type: 'REQUEST_INIT_PK', prefix: 'request', owner: 'requester', clause: 'rfc6043:4.2.1.3' },
  { type: 'RESOLVE_INIT_PK', prefix: 'resolve', owner: 'resolver', clause: 'rfc6043:4.2.3.3' },
] as const;

/** All of them. */
export function publicKeyAttacks(): readonly Attack[] {
  return messages.flatMap(({ type, prefix, owner, clause }): readonly Attack[] => {
    const scenario = firstCall('public-key', () => ({ reach: ['bob-phone'] }));
    const attack = attacksOn(type, { scenario, at: { type, to: 'kms' }, by: 'kms' });
    const role = prefix === 'request' ? 'IDRi' : 'IDRr';
    return [
      attack('ModifiedMessage', 'with another signature', {
        check: `${prefix}SignatureValid` satisfies CheckName,
        change: (bench) => edit.flipped(bench.hop.octets, -1),
      }),
      attack('BadCertificate', 'with the address of a certificate', {
        check: `${prefix}CertificateTypesUsable` satisfies CheckName,
        change: signed(edit.replacing('CERT', (CERT) => [{ ...CERT, certType: certTypes['X.509v3 URL'] }])),
        clause: 'rfc3830:6.7-5',
      }),
      attack('BadCertificate', 'with a certificate that does not certify the one before it', {
        check: `${owner}CertificateValid` satisfies CheckName,
        change: signed(edit.twice('CERT')),
        clause: `${clause}-5`,
      }),
      attack('UnknownAlgorithm', 'with an unknown S type', {
        check: `${prefix}SignatureTypeKnown` satisfies CheckName,
        change: (bench) => edit.replacing('SIGN', (SIGN) => [{ ...SIGN, sType: 9 }])(bench.message),
      }),
      attack('WrongIdentity', 'in the name of another user', {
        check: `${owner}Certified` satisfies CheckName,
        change: signed(edit.naming(role, 'sip:mallory@example.com')),
      }),
      attack('BadEnvelope', 'whose envelope is no number below the modulus', {
        check: `${prefix}EnvelopeFits` satisfies CheckName,
        change: signed(edit.replacing('PKE', (PKE) => [{ ...PKE, data: new Uint8Array(PKE.data.length).fill(0xff) }])),
      }),
      attack('BadEnvelope', 'that wants the envelope key to be cached', {
        check: `${prefix}EnvelopeNotCached` satisfies CheckName,
        change: signed(edit.replacing('PKE', (PKE) => [{ ...PKE, cache: cacheIndicators['Cache'] }])),
        clause: 'rfc3830:6.3-3',
      }),
    ];
  });
}
