/**
 * The RSA keys of a run: they stand in no trace, so they are taken down where certificates are issued.
 *
 * @module
 */
import { createPrivateKey } from 'node:crypto';
import type { Certified } from '../../../model/modes/infrastructure.ts';
import type { Interpretation } from '../../../model/modes/network.ts';

/** Who has which key pair and certificate, by identity. */
export type CertifiedParties = Map<string, Certified<Uint8Array>>;

/** An interpretation that notes every certificate that it issues. */
export function noting(whole: Interpretation<Uint8Array>, certified: CertifiedParties): Interpretation<Uint8Array> {
  const { infrastructure } = whole;
  if (!infrastructure) return whole;
  return {
    ...whole,
    infrastructure: () => {
      const issuer = infrastructure();
      return {
        ...issuer,
        certify: (name, identity) => {
          const issued = issuer.certify(name, identity);
          certified.set(identity, issued);
          return issued;
        },
      };
    },
  };
}

/** The numbers of an RSA key in hexadecimal. */
export interface RsaNumbers {
  readonly n: string;
  readonly e: string;
  readonly d: string;
}

/** The numbers of a private key. @param privateKey - PKCS #8, DER */
export function rsaNumbers(privateKey: Uint8Array): RsaNumbers {
  const key = createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
  const jwk = key.export({ format: 'jwk' });
  const number = (text: string | undefined): string => Buffer.from(text ?? '', 'base64url').toString('hex');
  return { n: number(jwk.n), e: number(jwk.e), d: number(jwk.d) };
}
