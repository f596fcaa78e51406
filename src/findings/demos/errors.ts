/**
 * W16 and N3: Error messages, which need no authentication, and lose the one they have with a single bit.
 *
 * @module
 * @see [RFC 6043, section 5.4](https://www.rfc-editor.org/rfc/rfc6043.html#section-5.4)
 */
import { acceptError, type ReportedError } from '../../../model/exchange/acceptError.ts';
import { authOf, buildError } from '../../../model/exchange/errorMessage.ts';
import { MikeyError } from '../../../model/error.ts';
import type { Outcome } from '../../../model/guard/checker.ts';
import type { Profile } from '../../../model/guard/profile.ts';
import type { Message } from '../../../model/message/message.ts';
import type { Payload } from '../../../model/message/payload.ts';
import { one } from '../../../model/message/select.ts';
import { errorNos } from '../../../spec/registry/errors.ts';
import { bytes } from '../../run/byteRun.ts';
import { demonstration } from '../demonstration.ts';
import { envOf, Lab } from '../lab.ts';
import { call, scene, twoDevices, user } from '../scenes.ts';
import { shown, type Story } from '../story.ts';

const invalidTp = errorNos['Invalid TPpar'];

/** Alice asks for a ticket; somebody drops her request, so she waits. */
function waiting(profile: Profile): Lab {
  const users = [user('alice'), twoDevices('bob')];
  return new Lab(scene(users, { steps: [call()] }), {
    profile,
    intercept: ({ from, octets }) => (from === 'alice' ? [] : [octets]),
  });
}

/** An Error message that says Invalid TPpar. @param more - payloads behind it */
function forgedError(lab: Lab, more: readonly Payload<Uint8Array>[] = []): Message<Uint8Array> {
  const { requestInit } = lab.made();
  const rejection = { code: 'ERR_TICKET_POLICY', reason: 'forged', authenticated: false } as const;
  const { header, payloads } = buildError(lab.env('mallory'), { failed: requestInit.header, rejection });
  const wanted = payloads.map((payload) => (payload.kind === 'ERR' ? { ...payload, errorNo: invalidTp } : payload));
  return { header, payloads: [...wanted, ...more] };
}

/** What alice was told so far. */
function told(lab: Lab): readonly ReportedError<Uint8Array>[] {
  return lab.caller().context()['peerErrors'] as readonly ReportedError<Uint8Array>[];
}

/** A client that does what any Error message asks for: it calls again, without key forking. The KMS has nothing against it. */
function obeys(story: Story): void {
  const again = call({ ticket: { from: 'KMS', flags: 'DEFGHJNO' }, answer: ['bob-phone'] });
  const lab = new Lab(scene([user('alice'), twoDevices('bob')], { allow: ['I=0'], steps: [again] }), {
    profile: envOf('alice').profile,
  });
  story.holds(
    'a client that obeys it asks again without key forking, and gets its ticket',
    lab.played.outcomes[0]?.answered[0] === 'bob-phone',
  );
  story.holds(
    'now the laptop, which did not answer, computes the TEK of the call',
    lab.derives('bob-laptop', 'TEK1(bob-phone)'),
  );
}

/** W16. */
export const w16 = demonstration({
  id: 'W16',
  title: 'A forged Error message ends an exchange, or talks a client into a weaker policy',
  checks: ['errorMacValid'],
  unprotected: (story, profile) => {
    const lab = waiting(profile);
    const V = { kind: 'V', authAlg: 2, mac: new Uint8Array(32) } as const;
    lab.send('proxy', 'alice', forgedError(lab, [V]));
    story.holds(
      'somebody sends Invalid TPpar with a MAC of zeros: it counts as authenticated',
      told(lab)[0]?.authenticated === true,
    );
    story.holds('alice gives up', lab.caller().state() === 'failed');
    obeys(story);
  },
  shielded: (story, profile) => {
    const lab = waiting(profile);
    lab.send('proxy', 'alice', forgedError(lab));
    story.holds(
      'somebody sends Invalid TPpar without a MAC: alice notes it as a hint',
      told(lab)[0]?.authenticated === false && told(lab)[0]?.errors[0]?.no === invalidTp,
    );
    story.holds(
      'and goes on waiting; she sends nothing else',
      lab.caller().state() === 'awaitingRequestResp' && lab.sent('alice', 'REQUEST_INIT_PSK') === 1,
    );
    const since = lab.now;
    lab.send('proxy', 'alice', forgedError(lab, [{ kind: 'V', authAlg: 2, mac: new Uint8Array(32) }]));
    story.refused('somebody sends it with a MAC of zeros', 'alice', {
      check: 'errorMacValid',
      turned: lab.turnedDown('alice', since),
    });
    story.holds('and alice still waits', lab.caller().state() === 'awaitingRequestResp');
  },
});

/** An Error message of the KMS with a MAC, and what alice would make of octets in its place. */
function authenticatedError(profile: Profile): {
  readonly octets: Uint8Array;
  readonly read: (octets: Uint8Array) => Outcome<ReportedError<Uint8Array>> | undefined;
  readonly lab: Lab;
} {
  const lab = waiting(profile);
  const { requestInit } = lab.made();
  const auth = authOf(lab.env('kms'), requestInit, lab.psk('alice').key);
  const rejection = { code: 'ERR_TICKET_EXPIRED', reason: 'too late', authenticated: true } as const;
  const message = buildError(lab.env('kms'), { failed: requestInit.header, rejection, auth });
  const env = { ...lab.env('alice'), profile };
  return {
    lab,
    octets: bytes.encode({ kind: 'Message', message }),
    read: (octets) => {
      try {
        return acceptError(env, bytes.decode('Message', octets).message, { sent: requestInit.header, auth });
      } catch (error) {
        if (error instanceof MikeyError) return undefined;
        throw error;
      }
    },
  };
}

function flipped(octets: Uint8Array, bit: number): Uint8Array {
  return octets.map((octet, index) => (index === bit >> 3 ? octet ^ (0x80 >> (bit & 7)) : octet));
}

/** Flips each bit in turn. @returns the bits whose flip leaves a message that is not turned down */
function survivors({ octets, read }: ReturnType<typeof authenticatedError>): readonly number[] {
  return Array.from({ length: octets.length * 8 }, (_, bit) => bit).filter(
    (bit) => read(flipped(octets, bit))?.accepted === true,
  );
}

/** N3. */
export const n3 = demonstration({
  id: 'N3',
  title: 'One flipped bit turns V into CHASH, and takes the authentication away',
  rule: 'an Error message without authentication changes nothing',
  unprotected: (story, profile) => {
    const found = authenticatedError(profile);
    const { octets, read } = found;
    const genuine = story.accepted('the KMS sends an Error message with a MAC', read(octets) ?? missing);
    story.holds('alice finds that its MAC holds', genuine?.authenticated === true);
    const [bit, ...others] = survivors(found);
    story.holds(
      `of its ${octets.length * 8} bits, one can be flipped without that the message is turned down`,
      bit !== undefined && others.length === 0,
    );
    const at = (bit ?? 0) >> 3;
    const changed = flipped(octets, bit ?? 0);
    story.equal(
      `it is the Next Payload octet at ${at}: V`,
      shown('octet', octets.slice(at, at + 1)),
      shown('V', Uint8Array.of(9)),
    );
    story.equal('which becomes CHASH', shown('octet', changed.slice(at, at + 1)), shown('CHASH', Uint8Array.of(8)));
    const { message } = bytes.decode('Message', changed);
    story.equal(
      'with the MAC as its hash',
      shown('MAC of V', one(bytes.decode('Message', octets).message.payloads, 'V').mac),
      shown('hash of CHASH', one(message.payloads, 'CHASH').hash),
    );
    const rewritten = {
      header: message.header,
      payloads: message.payloads.map((payload) =>
        payload.kind === 'ERR' ? { ...payload, errorNo: invalidTp } : payload,
      ),
    };
    const obeyed = read(bytes.encode({ kind: 'Message', message: rewritten }));
    story.holds(
      'now the error in it can be changed: it says Invalid TPpar, and whoever obeys it is where the attacker wants',
      obeyed?.accepted === true && obeyed.value.errors[0]?.no === invalidTp,
    );
  },
  shielded: (story, profile) => {
    const found = authenticatedError(profile);
    const [bit] = survivors(found);
    const changed = flipped(found.octets, bit ?? 0);
    const outcome = found.read(changed);
    story.holds(
      'the changed message is a hint to alice, no more',
      outcome?.accepted === true && !outcome.value.authenticated,
    );
    const { lab } = found;
    lab.sendOctets('proxy', 'alice', changed);
    story.holds('she goes on waiting', lab.caller().state() === 'awaitingRequestResp');
    lab.sendOctets('proxy', 'alice', found.octets);
    story.holds(
      'the genuine one ends the exchange',
      lab.caller().state() === 'failed' && told(lab).at(-1)?.authenticated === true,
    );
  },
});

/** In place of an outcome, where octets could not even be read. */
const missing: Outcome<never> = {
  accepted: false,
  checks: [],
  rejection: { code: 'ERR_MALFORMED', reason: 'no MIKEY message', authenticated: false },
};
