/**
 * Honest vectors, one for each mode and feature.
 *
 * @module
 */
import type { JudgedVector } from '../../../src/judge/vectorFile.ts';
import { answer, takeSilently, transfer, type Call } from './callSteps.ts';
import { sendError, update } from './laterSteps.ts';
import { Keyring } from './keyring.ts';
import { makeTicket } from './tickets.ts';
import { request, resolve } from './kmsSteps.ts';
import { Scene } from './scene.ts';

export const alice = 'sip:alice@example.com';
export const bob = 'sip:bob@example.com';
export const phone = 'sip:bob-phone@example.com';
export const carol = 'sip:carol@example.com';
export const friends = 'sip:friends@example.com';
export const kmsI = 'sip:kms@example.com';
export const kmsR = 'sip:kms@example.org';

/** Flags: key forking in mode 1, and with keys from both sides. */
export const strict = 'DEFGHIJNO';
export const supplying = 'DEFGHIJLMNO';

/** A call in mode 1, answered by bob's phone. */
export function standardCall(scene: Scene, options: Parameters<typeof transfer>[4] = {}): Call {
  const held = makeTicket(scene, { IDRr: [bob] });
  request(scene, alice, held);
  const offer = transfer(scene, alice, bob, held, options);
  return answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
}

function standard(): JudgedVector {
  const scene = new Scene('standard', strict);
  standardCall(scene);
  return scene.vector();
}

/** A ticket of alice's own, for somebody who has to resolve it. */
function otwayRees(): JudgedVector {
  const scene = new Scene('otway-rees', 'EFGHIJLNO');
  const held = makeTicket(scene, { IDRr: [bob], tpkName: 'psk-alice' });
  const offer = transfer(scene, alice, bob, held);
  answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
  return scene.vector();
}

function kerberos(): JudgedVector {
  const scene = new Scene('kerberos', 'DFGHJNO');
  const held = makeTicket(scene, { IDRr: [bob] });
  request(scene, alice, held);
  answer(scene, bob, transfer(scene, alice, bob, held));
  return scene.vector();
}

/** Mode 4 without any answer: F = 0. */
function preShared(): JudgedVector {
  const scene = new Scene('pre-shared', 'HJLNO', 'sha1');
  const held = makeTicket(scene, { IDRr: [bob] });
  takeSilently(scene, bob, transfer(scene, alice, bob, held));
  return scene.vector();
}

/** The phone resolves once; the second transfer goes without. */
function reused(): JudgedVector {
  const scene = new Scene('reused', strict);
  const { offer, resolution } = standardCall(scene);
  scene.wait(600);
  answer(scene, phone, transfer(scene, alice, bob, offer.held), resolution);
  return scene.vector();
}

/** A GTGK for two members: same RANDRi, no RANDRr. */
function group(): JudgedVector {
  const scene = new Scene('group', 'DEFHJNO');
  const held = makeTicket(scene, { IDRr: [friends], keys: [scene.key('GTGK')] });
  request(scene, alice, held);
  const RANDRi = scene.random();
  for (const member of [bob, carol]) {
    const offer = transfer(scene, alice, member, held, { RANDRi });
    answer(scene, member, offer, resolve(scene, member, held, { ticket: offer.ticket }));
  }
  scene.context = { groups: { [friends]: [bob, carol] } };
  return scene.vector();
}

/** bob's KMS asks alice's. */
function twoKms(): JudgedVector {
  const scene = new Scene('two-kms', strict);
  const held = makeTicket(scene, { IDRr: [bob] });
  request(scene, alice, held);
  const offer = transfer(scene, alice, bob, held);
  answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket, through: kmsR }));
  scene.context = {
    agreements: [[kmsI, kmsR]],
    realms: { [kmsR]: ['sip:bob*@example.com'] },
    groups: { [bob]: [phone] },
  };
  return scene.vector();
}

function publicKey(): JudgedVector {
  const scene = new Scene('public-key', strict);
  const keyring = new Keyring(scene);
  const held = makeTicket(scene, { IDRr: [bob] });
  request(scene, alice, held, { keyring });
  const offer = transfer(scene, alice, bob, held);
  answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket, keyring }));
  return scene.vector();
}

/** Both sides bring keys of their own, TEKs and TGKs. */
function supplied(): JudgedVector {
  const scene = new Scene('standard', supplying);
  const held = makeTicket(scene, { IDRr: [bob] });
  request(scene, alice, held);
  const offer = transfer(scene, alice, bob, held, { supplied: [scene.key('GTGK+SALT')] });
  const resolution = resolve(scene, phone, held, { ticket: offer.ticket });
  answer(scene, phone, offer, resolution, { supplied: [scene.key('TEK+SALT')] });
  return scene.vector();
}

/** An update by each side, new keys both ways; the last one without answer. */
function updated(): JudgedVector {
  const scene = new Scene('standard', supplying);
  const call = standardCall(scene);
  scene.wait(900);
  const second = update(scene, call, { by: 'initiator', supplied: [scene.key('TGK')] });
  const third = update(scene, second.call, { by: 'responder', answered: { supplied: [scene.key('TGK+SALT')] } });
  update(scene, third.call, { by: 'responder', answered: false });
  return scene.vector();
}

/** The first request is refused, with a MAC. */
function error(): JudgedVector {
  const scene = new Scene('standard', strict);
  const held = makeTicket(scene, { IDRr: [bob] });
  const { init, input } = request(scene, alice, held, { answered: false });
  sendError(scene, init, { errorNo: 15, input });
  request(scene, alice, held);
  const offer = transfer(scene, alice, bob, held);
  answer(scene, phone, offer, resolve(scene, phone, held, { ticket: offer.ticket }));
  return scene.vector();
}

/** All of them. */
export const honest = {
  standard,
  'otway-rees': otwayRees,
  kerberos,
  'pre-shared': preShared,
  reused,
  group,
  'two-kms': twoKms,
  'public-key': publicKey,
  supplied,
  updated,
  error,
} as const;

export type HonestName = keyof typeof honest;
