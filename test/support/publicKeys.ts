/**
 * A small public-key infrastructure, over bytes and over terms: a root, a CA below it, a KMS with two keys, users.
 *
 * @module
 */
import { hashFuncs } from '../../spec/registry/certHash.ts';
import { sTypes } from '../../spec/registry/publicKey.ts';
import type { Instant } from '../../model/algebra/algebra.ts';
import type { EnvelopePadding, PublicKeyAlgebra, TrustPolicy } from '../../model/algebra/publicKeys.ts';
import { certificateTerm, publicKeyOf, publicKeyTerms } from '../../model/check/publicKeyTerms.ts';
import { Terms, type Term } from '../../model/check/term.ts';
import { termAlgebra, termSources } from '../../model/check/termAlgebra.ts';
import { strictProfile, type Profile, type PublicKeyEnv } from '../../model/guard/profile.ts';
import { suites, type Suite } from '../../model/keys/suite.ts';
import { keyName, uri, type Identity } from '../../model/message/identity.ts';
import { second } from '../../model/message/timestamps.ts';
import type { Interpretation } from '../../model/modes/network.ts';
import { wantedKeys } from '../../model/exchange/newKeys.ts';
import type { TicketRequestPk } from '../../model/exchange/requestInitPk.ts';
import type { TicketKey } from '../../model/policy/account.ts';
import type { Authority } from '../../model/policy/authority.ts';
import type { KmsKeyPair, PublicKeyAccess, PublicKeyService } from '../../model/policy/certified.ts';
import { flagsOf } from '../../model/policy/flags.ts';
import { strictSystem, strictUser } from '../../model/policy/kmsPolicy.ts';
import { policyAuthority } from '../../model/policy/policyAuthority.ts';
import { writeTpData } from '../../model/policy/tpData.ts';
import { mikeyBaseTicket, numbersOf } from '../../model/ticket/ticketType.ts';
import { issueCertificate, issueRoot } from '../../src/crypto/certificates.ts';
import { createPublicKeyAlgebra } from '../../src/crypto/publicKeyAlgebra.ts';
import { worthlessKeyPair } from '../../src/crypto/rsaKeys.ts';
import { interpretation } from '../../src/run/byteRun.ts';
import { instantOfUnixMillis } from '../../src/wire/time.ts';

/** Who has a certificate, in the order of the worthless keys. `kms-new` is the second key of the KMS. */
export const holders = ['root', 'ca', 'kms', 'kms-new', 'alice', 'bob-phone', 'mallory'] as const;

/** One of them. */
export type Holder = (typeof holders)[number];

/** How one interpretation makes keys and certificates. */
interface Maker<B> {
  readonly interpretation: Interpretation<B>;
  readonly publicKeys: PublicKeyAlgebra<B>;
  readonly privateKey: (holder: Holder) => B;
  readonly certificate: (holder: Holder, issuer: Holder, content: Content) => B;
}

interface Content {
  readonly ca: boolean;
  readonly uris: readonly string[];
  readonly from: Instant;
  readonly until: Instant;
}

/** Everything that a test of the public-key variants needs. */
export interface World<B> {
  readonly publicKeys: PublicKeyAlgebra<B>;
  readonly env: (party: string, change?: Partial<Profile>) => PublicKeyEnv<B>;
  readonly id: (name: string) => Identity<B>;
  readonly privateKey: (holder: Holder) => B;
  readonly certificate: Readonly<Record<Holder, B>>;
  readonly issue: (holder: Holder, issuer: Holder, change: Partial<Content>) => B;
  readonly trust: TrustPolicy<B>;
  readonly access: (holder: Holder) => PublicKeyAccess<B>;
  readonly service: PublicKeyService<B>;
  readonly TPK: TicketKey<B>;
  /** Alice may have tickets for bob; bob has a phone; `other-kms` is a partner that speaks for carol. */
  readonly authority: Authority;
  /** Alice's request for a ticket that names bob. */
  readonly request: (suite?: Suite) => TicketRequestPk<B>;
}

/** The URI of a name. */
export function sip(name: string): string {
  return `sip:${name}@example.com`;
}

const start = instantOfUnixMillis(Date.UTC(2026, 0, 1));
const day = 86_400n * second;
/** Validity period of all certificates. */
export const validity = { from: start - day, until: start + 365n * day } as const;

/** The world over bytes, with worthless keys and a seed. */
export function byteWorld(padding?: EnvelopePadding): World<Uint8Array> {
  const keys = (holder: Holder): ReturnType<typeof worthlessKeyPair> => worthlessKeyPair(holders.indexOf(holder));
  return world(
    {
      interpretation: interpretation('public keys'),
      publicKeys: createPublicKeyAlgebra(),
      privateKey: (holder) => keys(holder).privateKey,
      certificate: (holder, issuer, content) =>
        holder === issuer
          ? issueRoot({ ...content, name: holder }, keys(holder))
          : issueCertificate(
              { ...content, name: holder, publicKey: keys(holder).publicKey },
              { name: issuer, keys: keys(issuer) },
            ),
    },
    padding,
  );
}

/** The world over terms. */
export function termWorld(padding?: EnvelopePadding): World<Term> {
  const terms = new Terms();
  const A = termAlgebra(terms);
  const privateKey = (holder: Holder): Term =>
    terms.intern({ op: 'name', party: holder, purpose: 'private key', serial: 0 }, 256);
  return world(
    {
      interpretation: { algebra: A, sourceOf: termSources(terms, start) },
      publicKeys: publicKeyTerms(terms),
      privateKey,
      certificate: (holder, issuer, { uris, ...content }) =>
        certificateTerm(terms, {
          ...content,
          publicKey: publicKeyOf(terms, privateKey(holder)),
          identities: uris.map((text) => A.text(text)),
          issuer: privateKey(issuer),
        }),
    },
    padding,
  );
}

function world<B>(maker: Maker<B>, padding: EnvelopePadding = 'PKCS#1 v1.5'): World<B> {
  const A = maker.interpretation.algebra;
  const issue = (holder: Holder, issuer: Holder, change: Partial<Content> = {}): B => {
    const ca = holder === 'root' || holder === 'ca';
    const uris = ca ? [] : [sip(holder === 'kms-new' ? 'kms' : holder)];
    return maker.certificate(holder, issuer, { ca, uris, ...validity, ...change });
  };
  const certificate = Object.fromEntries(
    holders.map((holder) => [holder, issue(holder, holder === 'root' || holder === 'ca' ? 'root' : 'ca')]),
  ) as Record<Holder, B>;
  const trust = { roots: [certificate.root], excluded: [] };
  const pair = (holder: Holder): KmsKeyPair<B> => ({
    certificate: certificate[holder],
    privateKey: maker.privateKey(holder),
    padding,
  });
  const access = (holder: Holder): PublicKeyAccess<B> => ({
    own: {
      signer: { privateKey: maker.privateKey(holder), sType: sTypes['RSA/PKCS#1/1.5'], hash: 'sha256' },
      chain: [certificate[holder], certificate.ca],
      onFile: false,
    },
    kmsCertificate: { chain: [certificate['kms-new'], certificate.ca], padding, hashFunc: hashFuncs['SHA-256'] },
    trust,
  });
  const id = (name: string): Identity<B> => uri(A, sip(name));
  return {
    publicKeys: maker.publicKeys,
    env: (party, change = {}) => ({
      algebra: A,
      publicKeys: maker.publicKeys,
      source: maker.interpretation.sourceOf(party),
      profile: { ...strictProfile, ...change },
    }),
    id,
    privateKey: maker.privateKey,
    certificate,
    issue,
    trust,
    access,
    service: { keys: [pair('kms'), pair('kms-new')], trust },
    TPK: { id: keyName(A, 'tpk-1'), key: maker.interpretation.sourceOf('setup').random(32, 'TPK'), maker: undefined },
    authority: policyAuthority(() => ({
      system: { ...strictSystem, suites: ['sha1', 'sha256'], reuse: true },
      users: [
        { ...strictUser, user: sip('alice'), mayRequest: true, mayCall: ['*'] },
        { ...strictUser, user: sip('bob'), devices: [sip('bob-phone')] },
      ],
      groups: [],
      partners: [{ kms: sip('other-kms'), realm: [sip('carol')], agreement: true }],
    })),
    request: (suite = suites.sha256) => ({
      initiator: id('alice'),
      kms: id('kms'),
      suite,
      access: access('alice'),
      policy: {
        ...numbersOf(mikeyBaseTicket),
        prfFunc: suite.prfFunc,
        flags: flagsOf('DEFGHIJNO'),
        res: 0,
        tpData: writeTpData(A, {
          IDRkms: id('kms'),
          IDRi: id('alice'),
          TRs: (start / second) * second,
          TRe: (start / second + 3600n) * second,
          KEMAC: wantedKeys(A, ['TGK'], { length: suite.keyLength }),
          IDRapp: [],
          IDRr: [id('bob')],
        }),
      },
    }),
  };
}
