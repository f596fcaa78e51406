/**
 * A small public-key infrastructure for demonstrations: a root, a KMS, two users, all with fresh RSA keys.
 *
 * @module
 */
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { sTypes } from '../../spec/registry/publicKey.ts';
import type { PublicKeyEnv } from '../../model/guard/profile.ts';
import type { Profile } from '../../model/guard/profile.ts';
import { second } from '../../model/message/timestamps.ts';
import type { PublicKeyAccess, PublicKeyService } from '../../model/policy/certified.ts';
import { issueCertificate, issueRoot } from '../crypto/certificates.ts';
import { createPublicKeyAlgebra } from '../crypto/publicKeyAlgebra.ts';
import { freshKeyPair } from '../crypto/rsaKeys.ts';
import { envOf } from './lab.ts';
import { sip } from './scenes.ts';

/** Who has a certificate. */
type Holder = 'kms' | 'alice' | 'mallory';

/** Keys and certificates. */
export interface Pki {
  readonly access: (holder: Exclude<Holder, 'kms'>) => PublicKeyAccess<Uint8Array>;
  readonly service: PublicKeyService<Uint8Array>;
  readonly env: (party: string, profile: Profile) => PublicKeyEnv<Uint8Array>;
}

/** Makes keys and certificates that are valid today. */
export function freshPki(): Pki {
  const now = envOf('root').source.now();
  const day = 86_400n * second;
  const validity = { from: now - day, until: now + day };
  const keys = { root: freshKeyPair(), kms: freshKeyPair(), alice: freshKeyPair(), mallory: freshKeyPair() };
  const root = issueRoot({ ...validity, name: 'root', uris: [] }, keys.root);
  const certificate = (holder: Holder): Uint8Array =>
    issueCertificate(
      { ...validity, name: holder, ca: false, uris: [sip(holder)], publicKey: keys[holder].publicKey },
      { name: 'root', keys: keys.root },
    );
  const trust = { roots: [root], excluded: [] };
  const padding = 'OAEP' as const;
  const kms = certificate('kms');
  const publicKeys = createPublicKeyAlgebra();
  return {
    access: (holder) => ({
      own: {
        signer: { privateKey: keys[holder].privateKey, sType: sTypes['RSA/PSS'], hash: 'sha256' },
        chain: [certificate(holder)],
        onFile: false,
      },
      kmsCertificate: { chain: [kms], padding, hashFunc: hashFuncs['SHA-256'] },
      trust,
    }),
    service: { keys: [{ certificate: kms, privateKey: keys.kms.privateKey, padding }], trust },
    env: (party, profile) => ({ ...envOf(party), publicKeys, profile }),
  };
}
