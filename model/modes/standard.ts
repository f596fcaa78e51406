/**
 * Mode 1, the standard flow: alice calls bob, whose endpoints sit behind a forking proxy; each resolves the ticket at the KMS and
 * answers; alice holds an agreed key with each.
 *
 * @module
 * @see [RFC 6043, section 4.1.1](https://www.rfc-editor.org/rfc/rfc6043.html#section-4.1.1), mode 1
 */
import type { Instant } from '../algebra/algebra.ts';
import { wantedKeys, type SessionKeyType } from '../exchange/newKeys.ts';
import type { AcceptedAnswer } from '../exchange/acceptAnswer.ts';
import type { Granted } from '../exchange/requestResp.ts';
import type { Answer, CallKeys } from '../exchange/transferResp.ts';
import { strictProfile, type Allowance, type Env, type Profile } from '../guard/profile.ts';
import { suites, type Suite } from '../keys/suite.ts';
import { keyName, uri, type Identity } from '../message/identity.ts';
import { second } from '../message/timestamps.ts';
import type { NamedKey } from '../policy/account.ts';
import { flagsOf, lettersOf } from '../policy/flags.ts';
import { aesCm128HmacSha1, aesCm256HmacSha1 } from '../policy/securityPolicy.ts';
import { writeTpData } from '../policy/tpData.ts';
import { forkingProxyMachine } from '../roles/forkingProxy.ts';
import { initiatorMachine } from '../roles/initiator.ts';
import { responderMachine } from '../roles/responder.ts';
import { isForked, isGenerating } from '../protection/keyTransport.ts';
import { baseTicketType } from '../ticket/baseTicket.ts';
import type { Agreement, Party, Secret, Trace } from '../trace/trace.ts';
import { attachKms, type KmsBooks } from './kmsService.ts';
import { Network, type Actor, type Intercept, type Interpretation } from './network.ts';
import { messageTypeName } from './messageTypeName.ts';
import { ReplayCache, type StoredAccount } from './storage.ts';

/** The flags of the strict profile: made by the KMS, resolved there, answered, both RANDs, key forking, reusable, plain RFC. */
export const strictFlags = 'DEFGHIJNO';

/** What can be chosen about a standard run. */
export interface StandardOptions {
  /** Algorithms; default sha256. */
  readonly suite?: Suite['name'];
  /** How many endpoints bob has, 1 or more; default 2. */
  readonly forks?: number;
  /** Flags that alice asks for; default {@link strictFlags}. What they fall short of the strict profile is allowed to all. */
  readonly flags?: string;
  /** Session keys that alice asks for; default one TGK. */
  readonly keys?: readonly SessionKeyType[];
  /** Bidirectional streams, two crypto sessions each; default 1. */
  readonly streams?: number;
  /** User parts of alice's and bob's SIP URIs; default `alice` and `bob`. */
  readonly names?: { readonly caller: string; readonly callee: string };
  /** Profile of all parties, to which the allowances for the flags are added. */
  readonly profile?: Profile;
}

/** A standard run: the trace, and the machines in their final states. */
export interface StandardRun<B> {
  readonly trace: Trace<B>;
  readonly caller: Actor;
  readonly endpoints: readonly Actor[];
  /** What the KMS did, exchange by exchange. */
  readonly kms: KmsBooks<B>;
}

/** Names of endpoints, as people have them; from the sixth on they are numbered. */
const deviceNames = ['phone', 'laptop', 'tablet', 'desk', 'car'] as const;

/** Eight hours, the longest validity that this KMS grants, in seconds. */
const longestValidity = 8 * 3600;

/**
 * Runs the standard flow.
 *
 * @param surroundings - who stands in the middle of the network; default: nobody
 */
export function runStandard<B>(
  interpretation: Interpretation<B>,
  options: StandardOptions = {},
  surroundings: { readonly intercept?: Intercept<B> } = {},
): StandardRun<B> {
  const A = interpretation.algebra;
  const suite = suites[options.suite ?? 'sha256'];
  const flags = flagsOf(options.flags ?? strictFlags);
  const forks = options.forks ?? 2;
  const names = options.names ?? { caller: 'alice', callee: 'bob' };
  const profile = allowing(options.profile ?? strictProfile, flags);
  const policies = [suite.strength === 256 ? aesCm256HmacSha1 : aesCm128HmacSha1];

  const party = (name: string, role: Party['role'], user: string): Party => ({
    name,
    role,
    identity: `sip:${user}@example.com`,
  });
  const caller = party(names.caller, 'initiator', names.caller);
  const proxy: Party = { name: 'proxy', role: 'proxy', identity: 'sip:proxy.example.com' };
  const devices = Array.from({ length: forks }, (_, index) => {
    const name = `${names.callee}-${deviceNames[index] ?? index + 1}`;
    return party(name, 'responder', name);
  });
  const kms = party('kms', 'kms', 'kms');
  const parties = [caller, proxy, ...devices, kms];

  const env = (who: Party): Env<B> => ({
    algebra: interpretation.algebraOf?.(who.name) ?? A,
    source: interpretation.sourceOf(who.name),
    profile,
  });
  const identity = (who: Party): Identity<B> => uri(A, who.identity);
  const callee = uri(A, `sip:${names.callee}@example.com`);
  const setup = interpretation.sourceOf('setup');
  const pskOf = new Map<string, NamedKey<B>>(
    [caller, ...devices].map((who) => [
      who.name,
      { id: keyName(A, `psk-${who.name}`), key: setup.random(suite.keyLength, `PSK(${who.name})`) },
    ]),
  );
  const psk = (who: Party): NamedKey<B> => pskOf.get(who.name) as NamedKey<B>;
  const TPK: NamedKey<B> = { id: keyName(A, 'tpk-1'), key: setup.random(suite.keyLength, 'TPK') };
  const accounts: StoredAccount<B>[] = [
    { ...psk(caller), identities: [identity(caller)], endpointOf: [], mayRequest: true },
    ...devices.map((who): StoredAccount<B> => ({
      ...psk(who),
      identities: [identity(who)],
      endpointOf: [callee],
      mayRequest: false,
    })),
  ];

  const network = new Network(A, messageTypeName, surroundings);
  const books = attachKms(network, {
    party: kms,
    env: env(kms),
    input: { rules: { kms: identity(kms), longestValidity }, currentTPK: TPK },
    accounts,
    ticketKeys: [TPK],
  });
  const now = interpretation.sourceOf('setup').now();
  const actors = {
    caller: startCaller(),
    endpoints: devices.map((who) => startEndpoint(who)),
  };
  startProxy();
  actors.caller.take({ type: 'CALL' });
  network.run();
  for (const endpoint of actors.endpoints) {
    if (endpoint.state() === 'ringing') endpoint.take({ type: 'ANSWER' });
    network.run();
  }

  const trace: Trace<B> = {
    mode: 'standard',
    title: titleOf({ suite, flags: lettersOf(flags), forks, forking: flags.I }),
    parties,
    messages: network.messages,
    steps: network.steps,
    secrets: secretsOf(),
    given: {
      [caller.name]: [`PSK(${caller.name})`],
      ...Object.fromEntries(devices.map((who) => [who.name, [`PSK(${who.name})`]])),
      [kms.name]: [...[caller, ...devices].map((who) => `PSK(${who.name})`), 'TPK'],
      [proxy.name]: [],
    },
    agreements: agreements(),
  };
  return { trace, caller: actors.caller, endpoints: actors.endpoints, kms: books };

  function startCaller(): Actor {
    const mine = env(caller);
    const actor = network.start(
      caller,
      {
        machine: initiatorMachine(mine),
        input: {
          request: {
            initiator: identity(caller),
            kms: identity(kms),
            psk: psk(caller),
            suite,
            policy: {
              ...baseTicketType,
              prfFunc: suite.prfFunc,
              flags: { ...flags, K: false },
              res: 0,
              tpData: writeTpData(A, {
                IDRkms: identity(kms),
                IDRi: identity(caller),
                TRs: wholeSecond(now),
                TRe: wholeSecond(now) + 3600n * second,
                KEMAC: wantedKeys(A, options.keys ?? ['TGK'], { length: suite.keyLength }),
                IDRapp: [],
                IDRr: [callee],
              }),
            },
          },
          call: { initiator: identity(caller), callee, policies, streams: options.streams ?? 1 },
        },
      },
      (request, self) => {
        if (request.type !== 'send') return;
        const to = self.state() === 'awaitingRequestResp' ? kms.name : proxy.name;
        network.send(caller, to, { message: request.params['message'] as never, at: mine.source.now() });
      },
    );
    network.attach(caller.name, (parcel, message) => {
      actor.take({ type: messageTypeName(message.header.dataType), message }, parcel.index);
    });
    return actor;
  }

  function startEndpoint(who: Party): Actor {
    const mine = env(who);
    const seen = new ReplayCache(A);
    const actor = network.start(
      who,
      {
        machine: responderMachine(mine),
        input: {
          endpoint: { identity: identity(who), answersFor: [callee, identity(who)], policies },
          request: { responder: identity(who), kms: identity(kms), psk: psk(who) },
        },
      },
      (request, self) => {
        const at = mine.source.now();
        if (request.type === 'checkReplay') {
          self.take({ type: 'REPLAY_VERDICT', fresh: seen.remember(request.params['entry'] as never, at) });
        } else if (request.type === 'send') {
          const to = self.state() === 'awaitingResolveResp' ? kms.name : proxy.name;
          network.send(who, to, { message: request.params['message'] as never, at });
        }
      },
    );
    network.attach(who.name, (parcel, message) => {
      actor.take({ type: messageTypeName(message.header.dataType), message }, parcel.index);
    });
    return actor;
  }

  function startProxy(): void {
    const clock = interpretation.sourceOf(proxy.name);
    const actor = network.start(proxy, { machine: forkingProxyMachine<B>(), input: undefined }, (request) => {
      const octets = request.params['octets'] as B;
      const targets = request.type === 'fork' ? devices : request.type === 'forward' ? [caller] : [];
      for (const target of targets) network.forward(proxy, target.name, { octets, at: clock.now() });
    });
    network.attach(proxy.name, (parcel, message) => {
      actor.take(
        { type: messageTypeName(message.header.dataType), octets: parcel.octets, from: parcel.from.name },
        parcel.index,
      );
    });
  }

  function agreements(): readonly Agreement<B>[] {
    const answers = (actors.caller.context()['answers'] ?? []) as readonly AcceptedAnswer<B>[];
    const byCaller = flags.F
      ? answers.map((answer) => agreementOf(caller.name, nameOf(answer.keys.peer), answer.keys))
      : answers.flatMap((answer) => devices.map((who) => agreementOf(caller.name, who.name, answer.keys)));
    const byEndpoint = actors.endpoints.flatMap((endpoint) => {
      const answer = endpoint.context()['answer'] as Answer<B> | undefined;
      return answer ? [agreementOf(endpoint.party.name, endpoint.party.name, answer.keys)] : [];
    });
    return [...byCaller, ...byEndpoint];
  }

  function agreementOf(holder: string, responder: string, keys: CallKeys<B>): Agreement<B> {
    return {
      party: holder,
      responder,
      peerIdentity: identityText(keys.peer),
      mpkr: keys.MPKr ?? null,
      tgks: keys.sessionKeys.filter((key) => isForked(key)).map((key) => key.key),
      sessions: keys.sessions,
    };
  }

  /** The name of the device with an identity; the identity's own text if it is none of ours. */
  function nameOf(peer: Identity<B>): string {
    return parties.find((who) => A.equal(peer.data, identity(who).data))?.name ?? identityText(peer);
  }

  /** The text of an identity that we know. */
  function identityText(peer: Identity<B>): string {
    const known = [...parties.map((who) => who.identity), `sip:${names.callee}@example.com`];
    return known.find((text) => A.equal(peer.data, A.text(text))) ?? 'unknown';
  }

  function secretsOf(): readonly Secret<B>[] {
    const granted: Granted<B> | undefined = books.granted.at(-1);
    const secrets: Secret<B>[] = [...pskOf].map(([name, key]) => ({
      name: `PSK(${name})`,
      kind: 'PSK',
      value: key.key,
    }));
    secrets.push({ name: 'TPK', kind: 'TPK', value: TPK.key });
    if (!granted) return secrets;
    secrets.push({ name: 'MPK', kind: 'MPK', value: granted.MPK }, { name: 'MPKi', kind: 'MPKi', value: granted.MPKi });
    if (flags.I) secrets.push({ name: 'MPKr', kind: 'MPKr', value: granted.MPKr });
    granted.sessionKeys.forEach((key, index) => {
      const kind = isForked(key) ? 'TGK' : isGenerating(key) ? 'GTGK' : 'TEK';
      secrets.push({ name: `${kind}${nth(index, granted.sessionKeys)}`, kind, value: key.key });
    });
    for (const agreement of agreements().filter((one) => one.party === one.responder)) {
      const of = `(${agreement.responder})`;
      if (agreement.mpkr !== null) secrets.push({ name: `MPKr'${of}`, kind: "MPKr'", value: agreement.mpkr });
      if (flags.I) {
        agreement.tgks.forEach((value, index) =>
          secrets.push({ name: `TGK'${nth(index, agreement.tgks)}${of}`, kind: "TGK'", value }),
        );
      }
      for (const session of agreement.sessions) {
        secrets.push({ name: `TEK${session.csId}${of}`, kind: 'TEK', value: session.tek });
        secrets.push({ name: `SALT${session.csId}${of}`, kind: 'SALT', value: session.salt });
      }
    }
    return secrets;
  }
}

/** A profile that allows what the flags fall short of. */
function allowing(profile: Profile, flags: ReturnType<typeof flagsOf>): Profile {
  const needed = (['I', 'F', 'G', 'H'] as const).filter((flag) => !flags[flag]).map((flag): Allowance => `${flag}=0`);
  return { ...profile, allow: new Set([...profile.allow, ...needed]) };
}

/** Which one of several, as part of a name; nothing if there is one only. */
function nth(index: number, all: readonly unknown[]): string {
  return all.length > 1 ? `[${index}]` : '';
}

/** NTP-UTC-32 has whole seconds only, so the start is rounded down. */
function wholeSecond(instant: Instant): Instant {
  return (instant / second) * second;
}

function titleOf(run: {
  readonly suite: Suite;
  readonly flags: string;
  readonly forks: number;
  readonly forking: boolean;
}): string {
  const endpoints = run.forks === 1 ? '1 endpoint' : `${run.forks} endpoints`;
  const flags = run.flags === strictFlags || !run.forking ? '' : `, flags ${run.flags}`;
  const prf = run.suite.name === 'sha256' ? 'PRF-HMAC-SHA-256' : 'PRF-HMAC-SHA-1';
  return `standard, ${endpoints}, ${run.forking ? 'key forking' : 'no key forking'}${flags}, ${prf}`;
}
