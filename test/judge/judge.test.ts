import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgeFile, judgeVector } from '../../src/judge/judge.ts';
import { vectorFileSchema, type JudgedVector } from '../../src/judge/vectorFile.ts';
import { makeVectors, type Vector } from '../../src/run/vectors.ts';

const { vectors } = makeVectors('judge', { modes: ['standard'], only: 'valid' });
const named = (name: string): Vector => vectors.find((vector) => vector.name === name)!;
const forked = named('standard, 2 endpoints, key forking, PRF-HMAC-SHA-256');
const small = named('standard, 1 endpoint, key forking, PRF-HMAC-SHA-1');
const unforked = named('standard, 2 endpoints, no key forking, PRF-HMAC-SHA-1');

/** A vector, changed. */
function changed(vector: Vector, change: (copy: JudgedVector) => void): JudgedVector {
  const copy = structuredClone(vector);
  change(copy);
  return copy;
}

/** The clauses of the errors, with the messages that they are about. */
function errors(vector: JudgedVector): readonly string[] {
  return judgeVector(vector)
    .filter((finding) => finding.level === 'error')
    .map((finding) => `${finding.message ?? finding.subject} ${finding.clause}`);
}

/** A hexadecimal text with one octet changed. */
function flip(text: string, octet: number, mask = 1): string {
  const octets = Buffer.from(text, 'hex');
  octets[octet]! ^= mask;
  return octets.toString('hex');
}

describe('the judge of vectors', () => {
  test('finds no error in our own vectors', () => {
    const file = makeVectors('another seed', { modes: ['standard'], only: 'valid' });
    const judgement = judgeFile(JSON.stringify(file));
    expect(
      judgement.vectors.flatMap((vector) => vector.findings.filter((finding) => finding.level === 'error')),
    ).toEqual([]);
    expect(judgement.ok).toBe(true);
    expect(judgement.vectors).toHaveLength(file.vectors.length);
  });

  test.each([
    ['with key forking', small],
    ['without', unforked],
  ])('[rfc6043:5.5-1] finds an error for every octet of every message that is flipped, %s', (_, vector) => {
    const missed: string[] = [];
    const last = vector === unforked ? 3 : vector.messages.length;
    vector.messages.slice(0, last).forEach(({ hex, type }, message) => {
      for (let octet = 0; octet < hex.length / 2; octet += 1) {
        const copy = changed(vector, (one) => {
          one.messages[message]!.hex = flip(hex, octet);
        });
        if (errors(copy).length === 0) missed.push(`${type} octet ${octet}`);
      }
    });
    expect(missed).toEqual([]);
  });

  test.each([
    [
      '[rfc6043:A.2.2-2] mpki',
      (one: JudgedVector) => (one.expected!.mpki = flip(one.expected!.mpki, 0)),
      'expected rfc6043:A.2.2-2',
    ],
    [
      '[rfc6043:A.2.2-2] mpkr',
      (one: JudgedVector) => (one.expected!.mpkr = flip(one.expected!.mpkr!, 0)),
      'expected rfc6043:A.2.2-2',
    ],
    ['[rfc6043:4.2.1.5-13] mpkr', (one: JudgedVector) => (one.expected!.mpkr = null), 'expected rfc6043:4.2.1.5-13'],
  ])('finds a wrong %s', (_, change, finding) => {
    expect(errors(changed(forked, change))).toEqual([finding]);
  });

  test.each([
    ['[rfc6043:5.1.1-4] mpkr', 'mpkr', 'rfc6043:5.1.1-4'],
    ['[rfc6043:5.1.1-4] tgk', 'tgk', 'rfc6043:5.1.1-4'],
    ['[rfc6043:5.1.3-4] tek', 'tek', 'rfc6043:5.1.3-4'],
    ['[rfc6043:5.1.3-6] salt', 'salt', 'rfc6043:5.1.3-6'],
  ] as const)('finds a wrong %s of a fork', (_, member, clause) => {
    const copy = changed(forked, (one) => {
      const [fork] = Object.values(one.expected!.forks);
      if (member === 'mpkr') fork!.mpkr = flip(fork!.mpkr!, 3);
      else if (member === 'tgk') fork!.tgk[0] = flip(fork!.tgk[0]!, 3);
      else fork![member]['2'] = flip(fork![member]['2']!, 3);
    });
    expect(errors(copy).map((error) => error.split(' ').at(-1))).toEqual([clause]);
  });

  test('finds a fork that is missing, and one that nobody answered for', () => {
    const copy = changed(forked, (one) => {
      const { forks } = one.expected!;
      const [name] = Object.keys(forks);
      forks['sip:nobody@example.com'] = forks[name!]!;
      delete forks[name!];
    });
    expect(errors(copy)).toHaveLength(2);
  });

  test.each(['D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O'] as const)(
    '[rfc6043:6.10-10] finds a flag %s that is not that of the ticket',
    (flag) => {
      const copy = changed(forked, (one) => {
        one.policy[flag] = !one.policy[flag];
      });
      expect(errors(copy).some((error) => error.endsWith('rfc6043:6.10-10'))).toBe(true);
    },
  );

  test('finds a wrong PSK, a wrong TPK, and keys that are not there', () => {
    const wrong = [
      changed(forked, (one) => (one.secrets.psk_i = flip(small.secrets.psk_i as string, 0))),
      changed(forked, (one) => (one.secrets.tpk = flip(small.secrets.tpk as string, 0))),
      changed(forked, (one) => delete one.secrets.tpk),
      changed(forked, (one) => delete one.secrets.psk_i),
      changed(forked, (one) => delete one.secrets.psk_r),
    ];
    for (const vector of wrong) expect(errors(vector).length).toBeGreaterThan(0);
  });

  test.each([
    ['REQUEST_RESP', 'rfc6043:4.2.1.4-2'],
    ['RESOLVE_RESP', 'rfc6043:4.2.3.4-1'],
  ])('finds a %s that is missing', (type, clause) => {
    const copy = changed(forked, (one) => {
      one.messages = one.messages.filter((message) => message.type !== type);
    });
    expect(errors(copy).some((error) => error.endsWith(clause))).toBe(true);
  });

  test('[rfc6043:4.2.2.3-14] finds two answers that were swapped between endpoints', () => {
    const copy = changed(forked, (one) => {
      const answers = one.messages.filter((message) => message.type === 'TRANSFER_RESP');
      [answers[0]!.from, answers[1]!.from] = [answers[1]!.from, answers[0]!.from];
    });
    expect(errors(copy).some((error) => error.endsWith('rfc6043:4.2.2.3-14'))).toBe(true);
  });

  test('judges what is to be rejected by where it falls short', () => {
    const broken = (reject: number, message: number): readonly string[] =>
      errors(
        changed(forked, (one) => {
          one.messages[message]!.hex = flip(one.messages[message]!.hex, 20);
          delete one.expected;
          one.reject = { message: reject, error: 'ERR_AUTH_FAILED', clause: 'rfc6043:5.5-1' };
        }),
      );
    expect(broken(1, 1)).toEqual([]);
    expect(broken(4, 1).length).toBeGreaterThan(0);
    expect(broken(99, 1)).toEqual(['reject rfc6043:5.5-1']);
    const harmless = changed(forked, (one) => {
      delete one.expected;
      one.reject = { message: 1, error: 'ERR_AUTH_FAILED', clause: 'rfc6043:5.5-8' };
    });
    expect(errors(harmless)).toEqual(['reject rfc6043:5.5-8']);
  });

  test('the strict profile is a warning, not an error', () => {
    const findings = judgeVector(unforked);
    expect(findings.map((finding) => [finding.level, finding.clause])).toEqual([['warning', 'rfc6043:12.4-5']]);
  });
});

test('the JSON Schema in spec/ is that of the judge', () => {
  const committed: unknown = JSON.parse(
    readFileSync(new URL('../../spec/vectors.schema.json', import.meta.url), 'utf8'),
  );
  expect(committed).toEqual(JSON.parse(JSON.stringify(vectorFileSchema())));
});

describe('files that are none', () => {
  test.each([
    ['', 'not JSON'],
    ['{}', 'format'],
    ['[]', 'the document'],
    ['null', 'the document'],
    ['{"format":"mikey-ticket-vectors/2","vectors":[]}', 'format'],
    ['{"format":"mikey-ticket-vectors/1","vectors":[]}', 'vectors'],
    ['{"format":"mikey-ticket-vectors/1","vectors":[{}]}', 'vectors[0].name'],
    ['['.repeat(100_000), 'not JSON'],
  ])('%.60s', (text, problem) => {
    const judgement = judgeFile(text);
    expect(judgement.ok).toBe(false);
    expect(judgement.problems.join('\n')).toContain(problem);
  });

  test('ten million zeros are no vector file either', () => {
    expect(judgeFile('0'.repeat(10_000_000)).ok).toBe(false);
  });

  test('hostile messages give findings, never an exception', () => {
    for (const hex of ['', '00', 'ff'.repeat(100), '0b'.repeat(5000)]) {
      const copy = changed(small, (one) => one.messages.forEach((message) => (message.hex = hex)));
      expect(errors(copy).length).toBeGreaterThan(0);
    }
  });
});
