import { describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';

/** Runs the command line to its end. */
function run(...args: string[]): { readonly code: number; readonly out: string; readonly err: string } {
  let out = '';
  let err = '';
  const code = main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    stdin: () => new Uint8Array(),
    color: false,
    width: 100,
  });
  return { code, out, err };
}

interface Document {
  readonly ok: boolean;
  readonly complete: boolean;
  readonly claims: readonly {
    readonly id: string;
    readonly mode: string;
    readonly verdict: string;
    readonly evidence: readonly { readonly kind: string; readonly states: number; readonly bounds: string }[];
  }[];
  readonly limits: readonly { readonly id: string; readonly shown: boolean }[];
  readonly ablations: readonly {
    readonly id: string;
    readonly mode: string;
    readonly falls: readonly string[];
    readonly ok: boolean;
    readonly trace?: {
      readonly bytes: boolean;
      readonly messages: readonly { readonly type: string; readonly forged: boolean }[];
      readonly withProtection?: { readonly holds: boolean; readonly check?: string };
    };
  }[];
}

const json = (text: string): Document => JSON.parse(text) as Document;

describe('verify', () => {
  test('says of one claim of one mode what was explored, and exits with 0', () => {
    const { code, out } = run('verify', 'caller-keys-secret', 'honest-end-reachable', '--mode', 'standard', '--json');
    const found = json(out);
    expect(code).toBe(0);
    expect(found.claims.map(({ id, mode, verdict }) => [id, mode, verdict])).toEqual([
      ['caller-keys-secret', 'standard', 'holds'],
      ['honest-end-reachable', 'standard', 'holds'],
    ]);
    expect(found.claims[0]!.evidence.map(({ kind }) => kind)).toEqual(['explored', 'explored', 'explored', 'explored']);
    expect(found.claims[0]!.evidence[0]!.states).toBeGreaterThan(10);
    expect(found.limits.every(({ shown }) => shown)).toBe(true);
    expect(found.ablations).toEqual([]);
  });

  test('takes the name of a mode as an argument, as run does', () => {
    const named = run('verify', 'forks-unique', 'reused', '--json');
    expect(json(named.out).claims.map(({ id, mode }) => [id, mode])).toEqual([['forks-unique', 'reused']]);
    expect(run('verify', 'forks-unique', '--mode', 'reused', '--json').code).toBe(named.code);
  });

  test('shows what falls without a protection, with the attack', () => {
    const { code, out } = run('verify', '--ablation', 'viEqualsV', '--mode', 'standard', '--json');
    const { claims, ablations } = json(out);
    expect(code).toBe(0);
    expect(claims).toEqual([]);
    const fallen = ablations.filter(({ falls }) => falls.length > 0);
    expect(fallen.map(({ id, falls }) => [id, falls])).toEqual([['viEqualsV', ['caller-authentic']]]);
    const { trace } = fallen[0]!;
    expect(trace?.messages.map(({ type, forged }) => `${type}${forged ? ' forged' : ''}`)).toEqual([
      'REQUEST_INIT_PSK',
      'REQUEST_RESP',
      'RESOLVE_INIT_PSK forged',
      'TRANSFER_INIT forged',
      'RESOLVE_INIT_PSK',
      'RESOLVE_RESP',
    ]);
    expect([trace?.bytes, trace?.withProtection]).toEqual([
      true,
      { holds: true, by: 'bob#1', check: 'viEqualsV', code: 'ERR_AUTH_FAILED' },
    ]);
  });

  test('writes a table for a person', () => {
    const { code, out } = run('verify', '--ablation', 'answererAcceptable', '--traces', '--ascii');
    expect(code).toBe(0);
    expect(out).toContain('ok answererAcceptable (standard; mallory, whom the ticket names beside the callee)');
    expect(out).toContain('falls: answerer-authentic');
    expect(out).toContain('attacker -> alice#1  TRANSFER_RESP  (made by the attacker)');
    expect(out).toContain('alice#1 turns it down (answererAcceptable)');
  });

  test('what was stopped early is undecided, and exits with 1', () => {
    const { code, out } = run('verify', 'caller-authentic', '--mode', 'reused', '--bound', 'states=5', '--json');
    const found = json(out);
    expect(code).toBe(1);
    expect([found.ok, found.complete]).toEqual([false, false]);
    expect(found.claims.map(({ verdict }) => verdict)).toEqual(['undecided']);
    expect(found.claims[0]!.evidence[0]!.bounds).toContain('stopped early');
  });

  test('an interrupt keeps what is known', async () => {
    let out = '';
    let pending: Promise<number> | undefined;
    const io = {
      out: (text: string) => void (out += text),
      err: () => undefined,
      stdin: () => new Uint8Array(),
      color: false,
      width: 80,
    };
    main(['verify', '--mode', 'reused', '--json'], io, (later) => {
      pending = later;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.emit('SIGINT');
    expect(await pending).toBe(1);
    const found = json(out);
    expect(found.complete).toBe(false);
    expect(found.claims.every(({ verdict }) => verdict === 'undecided')).toBe(true);
  });

  test.each([
    [['verify', 'no-such-claim'], "there is no claim 'no-such-claim'"],
    [['verify', '--mode', 'nonsense'], "mode 'nonsense' cannot be explored"],
    [['verify', '--ablation', 'nonsense'], "there is no ablation 'nonsense'"],
    [['verify', '--bound', 'depth=3'], '--bound takes sessions'],
    [['verify', '--bound', 'sessions=0'], '--bound sessions takes a whole number'],
  ])('wrong usage is told: %j', (args, message) => {
    const { code, err } = run(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
