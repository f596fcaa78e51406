/**
 * Who may do what: the ticket's names and times, and what the vector tells of the knowledge of the KMS.
 */
import { describe, expect, test } from 'vitest';
import { answer, transfer } from './support/callSteps.ts';
import { changed, errors, warnings } from './support/findings.ts';
import { alice, bob, carol, honest, kmsI, phone, strict } from './support/honest.ts';
import { makeTicket, type TicketOptions } from './support/tickets.ts';
import { request, resolve } from './support/kmsSteps.ts';
import { Scene } from './support/scene.ts';

/** A call with a ticket of alice's own: TRANSFER_INIT is message 0, RESOLVE_INIT message 1. */
function ownTicket(options: Partial<TicketOptions> = {}): Scene {
  const scene = new Scene('otway-rees', 'EFGHIJLNO');
  const held = makeTicket(scene, { IDRr: [bob], tpkName: 'psk-alice', ...options });
  const offer = transfer(scene, alice, bob, held);
  answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
  return scene;
}

describe('a ticket of the Initiator', () => {
  test('names its maker (weakness W4)', () => {
    expect(errors(ownTicket().vector())).toEqual([]);
    expect(errors(ownTicket({ IDRi: carol }).vector())).toEqual(['0 W4']);
    // The KMS is the one to turn it down.
    expect(errors(ownTicket({ IDRi: carol }).rejected(1))).toEqual([]);
    expect(errors(ownTicket({ IDRi: carol }).rejected(2))).not.toEqual([]);
  });

  test('is sealed with a key of its maker, as far as the vector tells whose it is (weakness W4)', () => {
    const scene = ownTicket();
    scene.context = { owners: { 'psk-alice': alice } };
    expect(errors(scene.vector())).toEqual([]);
    scene.context = { owners: { 'psk-alice': carol } };
    expect(errors(scene.vector())).toEqual(['0 W4']);
    expect(errors(scene.rejected(1))).toEqual([]);
  });

  test('[rfc6043:4.1-3] needs the right to make tickets', () => {
    const scene = ownTicket();
    scene.context = { mayCreate: [alice] };
    expect(errors(scene.vector())).toEqual([]);
    scene.context = { mayCreate: [] };
    expect(errors(scene.vector())).toEqual(['0 rfc6043:4.1-3']);
    expect(errors(scene.rejected(1))).toEqual([]);
  });

  test('[rfc6043:A-3] is opened with the TPK that it names: in hex, by text or hex of IDRpsk, or the PSK of its maker', () => {
    const vector = ownTicket().vector();
    const { 'psk-alice': tpk } = vector.secrets.tpk as Record<string, string>;
    const name = Buffer.from('psk-alice').toString('hex');
    const other = 'ee'.repeat(32);
    for (const secret of [tpk!, { [name]: tpk!, other }]) {
      expect(errors(changed(vector, (one) => (one.secrets.tpk = secret)))).toEqual([]);
    }
    const asPsk = changed(vector, (one) => {
      delete one.secrets.tpk;
      one.secrets.psk_i = tpk;
    });
    expect(errors(asPsk)).toEqual([]);
    expect(errors(changed(vector, (one) => (one.secrets.tpk = { other })))).toContain('0 rfc6043:A-3');
    expect(errors(changed(vector, (one) => (one.secrets.tpk = { 'psk-alice': other })))).toContain('0 rfc6043:A.1-12');
  });

  test('[rfc6043:6.10-2] allows keys from the Initiator: D = 0 needs L = 1', () => {
    const scene = new Scene('otway-rees', 'EFGHIJNO');
    const held = makeTicket(scene, { IDRr: [bob] });
    const offer = transfer(scene, alice, bob, held);
    answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
    expect(new Set(errors(scene.vector()))).toEqual(new Set(['0 rfc6043:6.10-2', '1 rfc6043:6.10-2']));
    expect(errors(scene.rejected(1))).toEqual([]);
  });
});

describe('a ticket of the KMS', () => {
  const used = (IDRi: string, letters = strict): Scene => {
    const scene = new Scene('standard', letters);
    const held = makeTicket(scene, { IDRr: [bob], IDRi });
    request(scene, alice, held);
    const offer = transfer(scene, alice, bob, held);
    answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
    return scene;
  };

  test('is used by its owner under key forking (finding B4), by anybody without', () => {
    expect(errors(used(carol).vector())).toEqual(['2 B4']);
    expect(errors(used(carol, 'DEFGHJNO').vector())).toEqual([]);
    expect(warnings(used(carol).vector())).toContain('0 W3');
    // Who turns the request down has a reason.
    expect(errors(used(carol).rejected(0, 'W3'))).toEqual([]);
  });

  test('[rfc6043:6.10-57] is used and resolved in time', () => {
    const late = new Scene('standard', strict);
    const held = makeTicket(late, { IDRr: [bob] });
    request(late, alice, held);
    late.wait(3590);
    const offer = transfer(late, alice, bob, held);
    late.wait(60);
    answer(late, phone, offer, resolve(late, phone, held, { ticket: offer.ticket }));
    expect(errors(late.vector())).toEqual(['3 rfc6043:6.10-57']);
    const later = new Scene('standard', strict);
    later.wait(-100_000);
    const old = makeTicket(later, { IDRr: [bob] });
    request(later, alice, old);
    later.wait(7200);
    const second = transfer(later, alice, bob, old);
    answer(later, phone, second, resolve(later, phone, old, { ticket: second.ticket }));
    expect(errors(later.rejected(2))).toEqual([]);
    expect(errors(later.vector())).toEqual(['2 rfc6043:6.10-57', '3 rfc6043:6.10-57']);
  });

  test('[rfc6043:12.5-1] is resolved by members only', () => {
    const scene = new Scene('group', 'DEFHJNO');
    const held = makeTicket(scene, { IDRr: ['sip:friends@example.com'] });
    request(scene, alice, held);
    const offer = transfer(scene, alice, carol, held);
    answer(scene, carol, offer, resolve(scene, carol, held, { ticket: offer.ticket }));
    const group = (members: string[]): void => {
      scene.context = { groups: { 'sip:friends@example.com': members } };
    };
    group([bob, carol]);
    expect(errors(scene.vector())).toEqual([]);
    group([bob]);
    expect(errors(scene.vector())).toEqual(['3 rfc6043:12.5-1']);
    expect(errors(scene.rejected(3))).toEqual([]);
  });

  test('[rfc6043:6.10-69] is opened, where no KMS is asked, by who is named', () => {
    const vector = honest.kerberos();
    expect(errors({ ...vector, context: { groups: {} } })).toEqual([]);
    const scene = new Scene('kerberos', 'DFGHJNO');
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held);
    answer(scene, carol, transfer(scene, alice, carol, held));
    scene.context = { groups: { [bob]: [phone] } };
    expect(errors(scene.vector())).toEqual(['2 rfc6043:6.10-69']);
  });

  test('a ticket for `sip:*@example.com` is for all of them, and costs no time to match', () => {
    const scene = new Scene('group', 'DEFHJNO');
    const held = makeTicket(scene, { IDRr: ['sip:*@example.com'] });
    request(scene, alice, held);
    const offer = transfer(scene, alice, carol, held);
    answer(scene, carol, offer, resolve(scene, carol, held, { ticket: offer.ticket }));
    scene.context = { groups: {} };
    expect(errors(scene.vector())).toEqual([]);
    scene.context = { groups: {}, realms: { [kmsI]: ['*a'.repeat(5000)] } };
    expect(errors(scene.vector())).toEqual([]);
  });
});
