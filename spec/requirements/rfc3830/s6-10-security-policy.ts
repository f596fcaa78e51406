/**
 * Requirements of RFC 3830: payload SP and the policy parameters of SRTP.
 * @module
 * @see [RFC 3830, section 6.10](https://www.rfc-editor.org/rfc/rfc3830.html#section-6.10)
 */
import { implemented } from '../requirement.ts';
import type { Requirement } from '../requirement.ts';

/** Payload SP and the policy parameters of SRTP, in text order. */
export const securityPolicyRequirements = [
  {
    id: 'rfc3830:6.10-1',
    level: 'DEFINES',
    text: 'SP layout: Next payload 8, Policy no 8, Prot type 8, Policy param length 16 bits, Policy param.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.10-2',
    level: 'DEFINES',
    text: 'Each SP payload of a sender has its own Policy no, by which crypto sessions refer to it.',
    status: implemented,
  },
  { id: 'rfc3830:6.10-3', level: 'DEFINES', text: 'Table 6.10: Prot type 0 is SRTP.', status: implemented },
  {
    id: 'rfc3830:6.10-4',
    level: 'DEFINES',
    text: 'Policy param is a list of parameters: Type 8, Length 8 bits, Value.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.10.1-1',
    level: 'DEFINES',
    text: 'Table 6.10.1.a: 0 Encryption algorithm, 1 Session Encr. key length, 2 Authentication algorithm, 3 Session Auth. key length, 4 Session Salt key length, 5 SRTP Pseudo Random Function.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.10.1-2',
    level: 'DEFINES',
    text: "Table 6.10.1.a: 6 Key derivation rate, 7 SRTP encryption, 8 SRTCP encryption, 9 sender's FEC order, 10 SRTP authentication, 11 Authentication tag length, 12 SRTP prefix length.",
    status: implemented,
  },
  {
    id: 'rfc3830:6.10.1-3',
    level: 'DEFINES',
    text: 'Types 7, 8 and 10 switch SRTP encryption, SRTCP encryption and SRTP authentication: 1 on, 0 off.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.10.1-4',
    level: 'DEFINES',
    text: 'For a parameter that is not sent, the default of SRTP holds.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.10.1-5',
    level: 'DEFINES',
    text: 'Session Encr. key length, if sent, is the length of the master key as well.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.10.1-6',
    level: 'DEFINES',
    text: 'Values of Encryption algorithm, Authentication algorithm and SRTP PRF have one byte.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.10.1-7',
    level: 'DEFINES',
    text: 'Table 6.10.1.b: Encryption algorithm 0 is NULL, 1 is AES-CM, 2 is AES-F8.',
    status: implemented,
  },
  {
    id: 'rfc3830:6.10.1-8',
    level: 'DEFINES',
    text: 'Table 6.10.1.c: Authentication algorithm 0 is NULL, 1 is HMAC-SHA-1.',
    status: implemented,
  },
  { id: 'rfc3830:6.10.1-9', level: 'DEFINES', text: 'Table 6.10.1.d: SRTP PRF 0 is AES-CM.', status: implemented },
  {
    id: 'rfc3830:6.10.1-10',
    level: 'DEFINES',
    text: 'Table 6.10.1.e: FEC order 0 is FEC-SRTP, where the sender applies FEC before SRTP.',
    status: implemented,
  },
] as const satisfies readonly Requirement[];
