/**
 * A small public-key infrastructure for runs: a root, and certificates that it issues.
 *
 * @module
 */
import type { Instant } from '../../model/algebra/algebra.ts';
import type { Infrastructure } from '../../model/modes/infrastructure.ts';
import { second } from '../../model/message/timestamps.ts';
import { issueCertificate, issueRoot } from '../crypto/certificates.ts';
import { createPublicKeyAlgebra } from '../crypto/publicKeyAlgebra.ts';
import { freshKeyPair, worthlessKeyPair, type RsaKeyPair } from '../crypto/rsaKeys.ts';

/** How long certificates are valid before and after the start of a run. */
const day = 86_400n * second;

/**
 * Makes an infrastructure.
 *
 * @param now - the time of the run
 * @param worthless - whether to use keys that everybody knows, for repeatable runs; otherwise each certificate gets a fresh RSA-2048 key
 */
export function createInfrastructure(now: Instant, worthless: boolean): Infrastructure<Uint8Array> {
  let used = 0;
  const keyPair = (): RsaKeyPair => (worthless ? worthlessKeyPair(used++) : freshKeyPair());
  const validity = { from: now - day, until: now + 365n * day };
  const rootName = 'mikey-ticket root';
  const rootKeys = keyPair();
  const root = issueRoot({ name: rootName, ...validity }, rootKeys);
  return {
    algebra: createPublicKeyAlgebra(),
    trust: { roots: [root], excluded: [] },
    certify: (name, identity) => {
      const keys = keyPair();
      const certificate = issueCertificate(
        { name, publicKey: keys.publicKey, uris: [identity], ...validity },
        { name: rootName, keys: rootKeys },
      );
      return { privateKey: keys.privateKey, chain: [certificate] };
    },
  };
}
