import { describe, expect, test } from 'vitest';
import { termRun } from '../support/termRun.ts';

describe('the standard flow over terms', () => {
  test.each([1, 2, 5])('[rfc6043:4.1-1] reaches its honest end with %i endpoints', (forks) => {
    const { trace, caller, endpoints } = termRun({ forks });
    expect(caller.state()).toBe('established');
    expect(endpoints.map((endpoint) => endpoint.state())).toEqual(endpoints.map(() => 'established'));
    expect(trace.agreements).toHaveLength(2 * forks);
    expect(trace.steps.filter((step) => step.rejection)).toEqual([]);
  });

  test("[rfc6043:5.1.1-1] [rfc6043:12.2-2] gives each endpoint a different MPKr', TGK' and TEK, the same on both sides", () => {
    const { trace } = termRun({ forks: 3 });
    const keys = (party: string): readonly unknown[] =>
      trace.agreements
        .filter((agreement) => (party === 'alice') === (agreement.party === 'alice'))
        .map((agreement) => [
          agreement.mpkr,
          agreement.tgks,
          agreement.sessions.map((session) => [session.tek, session.salt]),
        ]);
    expect(keys('alice')).toEqual(keys('endpoints'));
    const teks = trace.agreements.flatMap((agreement) =>
      agreement.party === 'alice'
        ? [agreement.mpkr, ...agreement.tgks, ...agreement.sessions.map((session) => session.tek)]
        : [],
    );
    expect(new Set(teks).size).toBe(teks.length);
  });

  test('[rfc6043:6.10-30] without key forking every endpoint has the same TGK', () => {
    const { trace } = termRun({ forks: 2, flags: 'DEFGHJNO' });
    const tgks = trace.agreements.flatMap((agreement) => agreement.tgks);
    expect(tgks).toHaveLength(4);
    expect(new Set(tgks).size).toBe(1);
    expect(trace.agreements.every((agreement) => agreement.mpkr === null)).toBe(true);
  });

  test('[rfc6043:6.10-21] with F = 0 no TRANSFER_RESP is sent and both sides hold the same keys', () => {
    const { trace } = termRun({ forks: 2, flags: 'DEHJNO' });
    expect(trace.messages.map((message) => message.type)).not.toContain('TRANSFER_RESP');
    expect(new Set(trace.agreements.map((agreement) => agreement.sessions[0]?.tek)).size).toBe(1);
    expect(trace.agreements).toHaveLength(4);
  });
});
