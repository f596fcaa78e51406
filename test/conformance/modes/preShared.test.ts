import { describe, expect, test } from 'vitest';
import { uri } from '../../../model/message/identity.ts';
import type { Scenario } from '../../../model/modes/scenario.ts';
import { bytes } from '../../../src/run/byteRun.ts';
import { builtIn } from '../../../src/scenario/file.ts';
import { Forger, renamed } from '../../support/forger.ts';
import { agreedKeys, call, changed, hop, played, refused, secretOf } from '../../support/plays.ts';
import { openTicketIn, rand, sessionOne } from '../../support/recompute.ts';
import { flags, tpData } from '../../support/refusals/refusal.ts';
import type { Change } from '../../support/tamper.ts';

describe('a ticket that a peer made, under a TPK that both share (mode 4)', () => {
  const preShared = builtIn('pre-shared');

  test.each(['sha1', 'sha256'] as const)(
    '[rfc6043:4.1.1-4] [rfc6043:4.2.3-2] [rfc6043:A-1] takes Ticket Transfer alone: %s',
    (suite) => {
      const run = played(changed(preShared, { suite }));
      expect(run.trace.asExpected).toBe(true);
      expect(new Set(run.trace.messages.map(({ exchange }) => exchange))).toEqual(new Set(['Ticket Transfer']));
      const offer = hop(run, 'TRANSFER_INIT', { from: 'alice' });
      const ticket = openTicketIn(offer, secretOf(run, 'TPK(alice, bob)'), suite);
      expect(ticket.macFound).toBe(ticket.mac);
      const answer = hop(run, 'TRANSFER_RESP', { from: 'bob' });
      const rands = { RANDRi: rand(offer, 'RANDRi'), RANDRr: rand(answer, 'RANDRr') };
      expect(agreedKeys(run, 'bob')[0]).toBe(sessionOne(suite, ticket.sessionKeys[0]!.key, rands));
    },
  );

  /** mallory shares a TPK with bob, too; she calls him, and somebody changes the ticket. */
  const byMallory: Scenario = {
    ...preShared,
    users: [{ ...preShared.users[0]!, name: 'mallory', identity: 'sip:mallory@example.com' }, ...preShared.users],
    sharedTicketKeys: [
      ['mallory', 'bob'],
      ['alice', 'bob'],
    ],
    steps: [call({ from: 'self', flags: 'FGHJLNO' }, { caller: 'mallory' })],
  };
  const forger = new Forger(played(byMallory));
  const attack = (change: Change): ReturnType<typeof played> =>
    played(byMallory, { intercept: forger.at({ type: 'TRANSFER_INIT', to: 'proxy' }, change) });

  test('[rfc6043:6.10-53] speaks for that peer alone: mallory cannot make one in the name of alice (weakness W4)', () => {
    const inHerName = tpData((data) => ({ ...data, IDRi: uri(bytes, 'sip:alice@example.com') }));
    const run = attack((message) =>
      renamed('IDRi', 'sip:alice@example.com')(forger.resealed({ policy: inHerName })(message)),
    );
    expect(played(byMallory).trace.asExpected).toBe(true);
    expect(refused(run)).toEqual(['bob ticketMakerOwnsIdentity']);
    expect(run.trace.agreements).toEqual([]);
  });

  test('[rfc6043:6.10-15] cannot say that the KMS made it', () => {
    const run = attack(forger.resealed({ policy: flags('DFGHJNO') }));
    expect(refused(run)).toEqual(['bob ticketMakerMatchesKey']);
  });
});
