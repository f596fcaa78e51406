import { describe, expect, test } from 'vitest';
import { readTicketData } from '../../../model/ticket/baseTicket.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { Forger } from '../../support/forger.ts';
import { agreedKeys, call, changed, hop, hops, played, refused, secretOf, withUser } from '../../support/plays.ts';
import { openTicketIn, rand, sessionOne } from '../../support/recompute.ts';
import { flags } from '../../support/refusals/refusal.ts';
import { hexOf, only } from '../../support/runs.ts';

const kerberos = builtIn('kerberos');

/** IDRpsk of the ticket in a message. */
function tpkName(run: ReturnType<typeof played>): string {
  const { IDRpsk } = readTicketData(bytes, only(hop(run, 'REQUEST_RESP').message, 'TICKET'));
  return Buffer.from(IDRpsk!.data).toString();
}

describe.each(['sha1', 'sha256'] as const)('a ticket that the Responder opens itself (mode 2): %s', (suite) => {
  const run = played(changed(kerberos, { suite }));
  const offer = hop(run, 'TRANSFER_INIT', { from: 'alice' });
  const ticket = openTicketIn(hop(run, 'REQUEST_RESP'), secretOf(run, 'TPK(bob, kms)'), suite);

  test('[rfc6043:4.1-5] [rfc6043:4.1.1-2] [rfc6043:4.2.3-2] [rfc6043:6.10-18] [rfc6043:A-1] takes no Ticket Resolve', () => {
    expect(run.trace.asExpected).toBe(true);
    expect(hops(run, 'REQUEST_RESP')).toHaveLength(1);
    expect(run.trace.messages.filter(({ type }) => type.startsWith('RESOLVE'))).toEqual([]);
    expect(only(offer.message, 'TICKET').policy.flags).toMatchObject({ D: true, E: false, I: false });
  });

  test('is sealed under the key that the KMS shares with the Responder, and says so', () => {
    expect(tpkName(run)).toBe('tpk-for-bob');
    expect(ticket.macFound).toBe(ticket.mac);
    expect(hexOf(ticket.MPKi)).toBe(hexOf(secretOf(run, 'MPKi')));
  });

  test('gives both sides session keys from the TGK in it, which is not forked', () => {
    const rands = {
      RANDRi: rand(offer, 'RANDRi'),
      RANDRr: rand(hop(run, 'TRANSFER_RESP', { from: 'bob' }), 'RANDRr'),
    };
    expect(agreedKeys(run, 'bob')[0]).toBe(sessionOne(suite, ticket.sessionKeys[0]!.key, rands));
  });
});

describe('whether the Responder opens a ticket itself', () => {
  test('[rfc6043:4.2.3-2] depends on E: with E = 1 it asks the KMS, though it shares a TPK', () => {
    const run = played(changed(kerberos, { steps: [call({ from: 'KMS', flags: 'DEFGHIJNO' })] }));
    expect(run.trace.asExpected).toBe(true);
    expect(tpkName(run)).toBe('tpk-1');
    expect(hops(run, 'RESOLVE_INIT_PSK')).toHaveLength(1);
  });

  test('[rfc6043:4.1-5] depends on a TPK: without one, E = 0 still lets it ask the KMS that the ticket names', () => {
    const run = played(withUser(kerberos, 'bob', { resolvesItself: false }));
    expect(run.trace.asExpected).toBe(true);
    expect(tpkName(run)).toBe('tpk-1');
    expect(hops(run, 'RESOLVE_INIT_PSK')).toHaveLength(1);
  });

  test('is for tickets of the KMS: one that says that a user made it is refused under that key', () => {
    const forger = new Forger(played(kerberos));
    const run = played(kerberos, {
      intercept: forger.at({ type: 'TRANSFER_INIT', to: 'bob' }, forger.resealed({ policy: flags('FGHJLNO') })),
    });
    expect(refused(run)).toEqual(['bob ticketMakerMatchesKey']);
    expect(run.trace.agreements).toEqual([]);
  });

  test('[rfc6043:A.1-12] one whose policy was changed on the way is refused, too', () => {
    const forger = new Forger(played(kerberos));
    const run = played(kerberos, {
      intercept: forger.at({ type: 'TRANSFER_INIT', to: 'bob' }, (message) => ({
        ...message,
        payloads: message.payloads.map((payload) =>
          payload.kind === 'TICKET'
            ? { ...payload, policy: { ...payload.policy, flags: { ...payload.policy.flags, M: true } } }
            : payload,
        ),
      })),
    });
    expect(refused(run)).toEqual(['bob ticketMacValid']);
    expect(run.trace.agreements).toEqual([]);
  });
});
