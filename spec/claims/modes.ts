/**
 * What is claimed of each mode and what is not: the claims and limits that its run must show, and what parties may not know in it.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1)
 */
import type { ClaimId, LimitId } from './claims.ts';

/** What a mode promises, with the flags of the strict profile as far as the mode allows them. */
export interface ModeClaims {
  readonly claims: readonly ClaimId[];
  readonly limits: readonly LimitId[];
  /** Who may not know what, in words. */
  readonly secrecy: string;
}

const always = ['honest-end', 'keys-agree', 'network-secrecy', 'knowledge-as-stated'] as const;
const forking = [...always, 'mutual-identity', 'fork-uniqueness', 'endpoint-secrecy'] as const;

const strict: ModeClaims = {
  claims: forking,
  limits: ['kms-knows-all', 'mpki-shared'],
  secrecy:
    'Keys of a call are known to the caller, to the endpoint that answered and to the KMS that resolved the ticket; another endpoint, though it may resolve the same ticket, knows MPKi alone.',
};

/** The modes. For `group`, claims and limits are those of runs whose keys are forked. */
export const modeClaims: Readonly<Record<string, ModeClaims>> = {
  standard: strict,
  reused: {
    ...strict,
    secrecy:
      "As in the standard mode. An endpoint that uses a kept resolution has the same MPKr' and TGK' in both calls, and different TEKs.",
  },
  group: {
    ...strict,
    secrecy:
      'With forked keys as in the standard mode: one member of the group knows nothing of the keys of another. GTGK and TEK are shared by design, and without key forking TGK is too: then everybody who may resolve the ticket can compute the session keys of all.',
  },
  'otway-rees': {
    ...strict,
    secrecy: 'As in the standard mode; the caller holds the TPK too, and with it the MPK of its own tickets.',
  },
  'group-reused': strict,
  'otway-rees-reused': strict,
  'otway-rees-group': strict,
  'otway-rees-group-reused': strict,
  'two-kms': {
    ...strict,
    limits: ['kms-knows-all', 'mpki-shared', 'forwarding-kms-knows'],
    secrecy:
      "The KMS of the answering endpoint, which asked for the keys, knows that endpoint's forked keys and MPKi; MPKr, TGK and the keys of endpoints of other KMSs it does not know.",
  },
  update: {
    ...strict,
    secrecy:
      "New keys travel under MPKr' of the one endpoint, so no other endpoint can read them; they are not forked any more.",
  },
  'pre-encrypted': {
    ...strict,
    claims: [...always, 'mutual-identity', 'fork-uniqueness', 'endpoint-secrecy'],
    limits: ['kms-knows-all'],
    secrecy: "The TEK that the Responder brings travels under its MPKr'.",
  },
  'initiator-keys': {
    claims: [...always, 'mutual-identity'],
    limits: ['kms-knows-all', 'mpki-shared', 'initiator-keys-shared'],
    secrecy: 'Keys in TRANSFER_INIT are protected under MPKi: everybody who resolves the ticket knows them.',
  },
  '3gpp-ticket': strict,
  'public-key': { ...strict, secrecy: 'As in the standard mode; envelope keys take the place of PSKs.' },
  kerberos: {
    claims: always,
    limits: ['no-forking-impersonation', 'kms-knows-all'],
    secrecy:
      'The Responder holds the TPK, so it knows all keys of the ticket, and could have made the ticket itself. Nobody else but caller and KMS knows any.',
  },
  'pre-shared': {
    claims: [...always, 'kms-learns-nothing'],
    limits: ['no-forking-impersonation'],
    secrecy: 'Caller and answerer, who share the TPK, know all keys; nobody else knows any, the KMS included.',
  },
};
