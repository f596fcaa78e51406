import { describe, expect, test } from 'vitest';
import { builtIn } from '../../../src/scenario/file.ts';
import { changed, hop, hops, played, refused, standard } from '../../support/plays.ts';
import { hexOf, only } from '../../support/runs.ts';

describe('Ticket Types', () => {
  test.each(['reused', 'otway-rees', 'kerberos', 'pre-shared', 'two-kms', 'group'])(
    '[rfc6043:11-8] [rfc6043:6.10-45] [rfc6043:6.10-47] the 3GPP base ticket does in %s what the MIKEY base ticket does',
    (name) => {
      const run = played(changed(builtIn(name), { ticketType: '3GPP' }));
      const plain = played(builtIn(name));
      expect(run.trace.asExpected).toBe(true);
      expect(run.trace.messages.map(({ type, to }) => [type, to])).toEqual(
        plain.trace.messages.map(({ type, to }) => [type, to]),
      );
      const types = hops(run, 'TRANSFER_INIT').map(({ message }) => only(message, 'TICKET').policy.ticketType);
      expect(new Set(types)).toEqual(new Set([2]));
      // The type is under the MAC of the ticket, so that the same keys make another ticket.
      const [offer, other] = [run, plain].map((one) => hops(one, 'TRANSFER_INIT', { from: 'alice' })[0]);
      expect(hexOf(offer!.octets)).not.toBe(hexOf(other!.octets));
    },
  );

  test.each([
    ['N = 0', 'DEFGHIJO'],
    ['O = 0', 'DEFGHIJN'],
    ['both 0', 'DEFGHIJ'],
  ])(
    '[rfc6043:6.10-45] [rfc6043:6.10-47] %s asks for what the Ticket Type says beyond the RFC, which is nothing here',
    (_, letters) => {
      const run = played(standard({ flags: letters }));
      expect(run.trace.asExpected).toBe(true);
      expect(refused(run)).toEqual([]);
    },
  );

  test('[rfc6043:6.10-12] [rfc6043:6.10-13] a type that a party does not support is refused by it', () => {
    const run = played(changed(standard(), { ticketType: '3GPP' }));
    expect(run.trace.asExpected).toBe(true);
    const foreign = played(standard(), {
      intercept: (one) =>
        one.type === 'TRANSFER_INIT' && one.to === 'bob-phone'
          ? [hop(run, 'TRANSFER_INIT', { to: 'bob-phone' }).octets]
          : [one.octets],
    });
    expect(refused(foreign)[0]).toBe('bob-phone offerTicketTypeSupported');
    expect(foreign.trace.agreements).toEqual([]);
  });
});
