import { describe, expect, test } from 'vitest';
import type { Algebra } from '../../model/algebra/algebra.ts';
import type { Payload } from '../../model/message/payload.ts';
import type { StandardOptions } from '../../model/modes/standard.ts';
import { derivable, overhear, type KnownKey } from '../../model/trace/knowledge.ts';
import { messageTypeName } from '../../model/modes/messageTypeName.ts';
import type { Trace } from '../../model/trace/trace.ts';
import type { Term } from '../../model/check/term.ts';
import type { Analysis } from '../../src/run/analysis.ts';
import { playAndAnalyse, runAndAnalyse } from '../../src/run/byteRun.ts';
import { builtIn, builtInNames } from '../../src/scenario/file.ts';
import { termPlay, termRun } from '../support/termRun.ts';

/** What both readings must have in common: who took which event, in which state, making which checks with which result. */
function behaviour<B>(trace: Trace<B>): unknown {
  return trace.steps.map(({ party, event, from, to, message, checks, rejection }) => ({
    party,
    event,
    from,
    to,
    message,
    checks,
    rejected: rejection?.check,
  }));
}

/** The shape of a payload: its kind and role. */
function shapeOf<B>(payload: Payload<B>): string {
  return 'role' in payload ? `${payload.kind}/${payload.role}` : payload.kind;
}

function shapes<B>(trace: Trace<B>): unknown {
  return trace.messages.map(({ type, from, to, message }) => [type, from, to, message.payloads.map(shapeOf)]);
}

const cases: readonly (readonly [string, StandardOptions])[] = [
  ['one endpoint', { forks: 1 }],
  ['five endpoints', { forks: 5 }],
  ['PRF-HMAC-SHA-1', { suite: 'sha1', forks: 2 }],
  ['no key forking', { flags: 'DEFGHJNO' }],
  ['no response', { flags: 'DEHJNO' }],
  ['no RANDRr', { flags: 'DEFHIJNO' }],
  ['no RANDRi in session keys', { flags: 'DEFGIJNO' }],
  ['an illegal policy', { flags: 'DFGHIJNO' }],
  ['a salt, a TEK and a group key in the ticket', { keys: ['TGK+SALT', 'TEK', 'GTGK'] }],
  ['three streams', { streams: 3 }],
];

describe('the same machines, read over bytes and over terms', () => {
  test.each(cases)('take the same transitions and make the same checks: %s', (_, options) => {
    const overBytes = runAndAnalyse(options, 'two readings').run.trace;
    const overTerms = termRun(options).trace;
    expect(behaviour(overTerms)).toEqual(behaviour(overBytes));
    expect(shapes(overTerms)).toEqual(shapes(overBytes));
    expect(overTerms.secrets.map((secret) => secret.name)).toEqual(overBytes.secrets.map((secret) => secret.name));
  });

  test.each(cases)('let each party compute the same secrets: %s', (_, options) => {
    const { run, analysis } = runAndAnalyse(options, 'two readings');
    expectSameKnowledge(termRun(options), { trace: run.trace, knows: analysis.knows });
  });
});

describe.each(builtInNames())('the scenario %s, read over bytes and over terms', (name) => {
  const scenario = builtIn(name);
  const { played, analysis } = playAndAnalyse(scenario, 'two readings');
  const overTerms = termPlay(scenario);

  test('takes the same transitions, makes the same checks, and comes out the same', () => {
    expect(behaviour(overTerms.trace)).toEqual(behaviour(played.trace));
    expect(shapes(overTerms.trace)).toEqual(shapes(played.trace));
    expect(overTerms.outcomes.map(({ answered, asExpected }) => ({ answered, asExpected }))).toEqual(
      played.outcomes.map(({ answered, asExpected }) => ({ answered, asExpected })),
    );
  });

  test('lets each party compute the same secrets', () => {
    expectSameKnowledge(overTerms, { trace: played.trace, knows: analysis.knows });
  });
});

/** What each party can compute of terms must be what it can compute of bytes, secret by secret. */
function expectSameKnowledge(
  { trace, algebra }: { readonly trace: Trace<Term>; readonly algebra: Algebra<Term> },
  overBytes: { readonly trace: Trace<Uint8Array>; readonly knows: Analysis['knows'] },
): void {
  expect(trace.secrets.map((secret) => secret.name)).toEqual(overBytes.trace.secrets.map((secret) => secret.name));
  const distinct = [...new Map(trace.messages.map((hop) => [hop.octets, hop.message])).values()];
  const overheard = overhear(algebra, distinct, (message) => messageTypeName(message.header.dataType));
  for (const party of trace.parties) {
    const given = trace.secrets
      .filter((secret) => trace.given[party.name]!.includes(secret.name))
      .map(({ kind, value }): KnownKey<Term> => ({ kind: kind as KnownKey<Term>['kind'], value }));
    const known = new Set(derivable(algebra, given, overheard).map((key) => key.value));
    const inTerms = trace.secrets.filter((secret) => known.has(secret.value)).map((secret) => secret.name);
    const inBytes = overBytes.trace.secrets.filter((secret) => overBytes.knows(party.name, secret.name) !== 'no');
    expect([party.name, inTerms]).toEqual([party.name, inBytes.map((secret) => secret.name)]);
  }
}
