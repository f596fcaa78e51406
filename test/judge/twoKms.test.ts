/**
 * One KMS asks another.
 */
import { describe, expect, test } from 'vitest';
import { idRoles } from '../../spec/registry/identities.ts';
import { answer, transfer } from './support/callSteps.ts';
import { changed, errors, flip, warnings } from './support/findings.ts';
import { alice, bob, carol, kmsI, kmsR, phone, standardCall, strict } from './support/honest.ts';
import { makeTicket } from './support/tickets.ts';
import { request, resolve, type KmsStep } from './support/kmsSteps.ts';
import { A, Scene, type Change } from './support/scene.ts';

describe('two KMSs', () => {
  const run = (inner: KmsStep = {}, outer: KmsStep = {}): Scene => {
    const scene = new Scene('two-kms', strict);
    const held = makeTicket(scene, { IDRr: [bob] });
    request(scene, alice, held);
    const offer = transfer(scene, alice, bob, held);
    answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket, through: kmsR, inner, ...outer }));
    return scene;
  };

  test('[rfc6043:10-1] have an agreement', () => {
    const scene = run();
    scene.context = { agreements: [[kmsI, kmsR]] };
    expect(errors(scene.vector())).toEqual([]);
    scene.context = { agreements: [[kmsI, 'sip:kms@example.net']] };
    expect(errors(scene.vector())).toEqual(['4 rfc6043:10-1']);
    expect(errors(scene.rejected(4))).toEqual([]);
  });

  test('speak for their own users (weakness W19)', () => {
    const scene = run();
    scene.context = { realms: { [kmsR]: ['sip:bob*@example.com'] } };
    expect(errors(scene.vector())).toEqual([]);
    scene.context = { realms: { [kmsR]: ['sip:*@example.org'] } };
    expect(errors(scene.vector())).toEqual(['4 W19']);
    scene.context = { realms: { [kmsI]: [] } };
    expect(errors(scene.vector())).toEqual(['4 W19']);
  });

  test('[rfc6043:10-9] forward IDRr and TICKET as they are', () => {
    const idr: Change = (draft) => ({
      ...draft,
      payloads: draft.payloads.map((one) =>
        one.kind === 'IDR' && one.role === idRoles.IDRr ? { ...one, data: A.text(carol) } : one,
      ),
    });
    const scene = run({ change: idr });
    expect(warnings(scene.vector())).toContain('4 rfc6043:10-9');
    const bare: Change = (draft) => ({
      ...draft,
      payloads: draft.payloads.map((one) =>
        one.kind === 'TICKET' ? { ...one, initiatorData: one.initiatorData.slice(0, -1) } : one,
      ),
    });
    expect(warnings(run({ change: bare }).vector())).toContain('4 rfc6043:10-9');
  });

  test('[rfc6043:4.2.3.5-16] give the Responder the modifier that the issuing KMS chose', () => {
    const other: Change = (draft) => ({
      ...draft,
      payloads: draft.payloads.map((one) => (one.kind === 'RANDR' ? { ...one, rand: one.rand.toReversed() } : one)),
    });
    expect(errors(run({}, { changeResponse: other }).vector())).toContain('6 rfc6043:4.2.3.5-16');
  });

  test('[rfc6043:10-10] share a key of their own, found by the identity of the KMS that asks', () => {
    const vector = changed(run().vector(), (one) => (one.secrets.psk_r![kmsR] = flip(one.secrets.psk_r![kmsR]!, 0)));
    expect(errors(vector)).toContain('4 rfc6043:5.5-11');
    expect(errors(changed(vector, (one) => delete one.secrets.psk_r![kmsR]))).toEqual(['4 rfc6043:5.5-11']);
  });

  test('[rfc6043:10-8] may do without messages between them', () => {
    const scene = new Scene('two-kms', strict);
    standardCall(scene);
    expect(warnings(scene.vector())).toContain('messages rfc6043:10-8');
    expect(errors(scene.vector())).toEqual([]);
  });
});
