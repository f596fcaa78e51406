/**
 * The file format, and that nothing in a file makes the judge throw.
 */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeFile, judgeVector } from '../../src/judge/judge.ts';
import { readVectorFile, type JudgedVector } from '../../src/judge/vectorFile.ts';
import { changed, flip } from './support/findings.ts';
import { honest, type HonestName } from './support/honest.ts';

const file = (more: object, vector: object = {}): string =>
  JSON.stringify({ format: 'mikey-ticket-vectors/1', ...more, vectors: [{ ...honest['pre-shared'](), ...vector }] });

describe('flags of vectors and notes about them', () => {
  const notes = { WeakKey: { bugType: 'WEAK_PARAMS', description: 'a key of 64 bits', clause: 'rfc6043:12.1-4' } };

  test('a flag has a note', () => {
    expect(readVectorFile(file({ notes }, { flags: ['WeakKey'] })).ok).toBe(true);
    expect(readVectorFile(file({ notes })).ok).toBe(true);
    expect(judgeFile(file({ notes }, { flags: ['Other'] })).problems).toEqual([
      `vectors[0].flags: the flag "Other" has no entry in 'notes'`,
    ]);
    expect(readVectorFile(file({}, { flags: ['toString'] })).ok).toBe(false);
  });

  test('a note says what kind of bug it is', () => {
    expect(judgeFile(file({ notes: { A: { description: 'x' } } })).problems[0]).toContain('notes.A.bugType');
  });
});

test.each([
  [{ context: { groups: { a: 'b' } } }, 'vectors[0].context.groups.a'],
  [{ context: { agreements: [['a']] } }, 'vectors[0].context.agreements[0]'],
  [{ context: { skew: -1 } }, 'vectors[0].context.skew'],
  [{ secrets: { rsa: { kms: { n: 'zz', e: '03' } } } }, 'vectors[0].secrets.rsa.kms.n'],
  [{ secrets: { tpk: 5 } }, 'vectors[0].secrets.tpk'],
])('%j is told at its path', (vector, path) => {
  expect(judgeFile(file({}, vector)).problems.join('\n')).toContain(path);
});

describe('the judge is total', () => {
  const names = (Object.keys(honest) as HonestName[]).filter((name) => name !== 'public-key');
  const vectors = names.map((name) => honest[name]());
  const run = (change: (copy: JudgedVector, pick: (length: number) => number) => void) =>
    fc.property(fc.nat(vectors.length - 1), fc.infiniteStream(fc.nat(1_000_000)), (index, stream) => {
      const pick = (length: number): number => stream.next().value % Math.max(1, length);
      judgeVector(changed(vectors[index]!, (copy) => change(copy, pick)));
    });

  test('whatever octets are changed, cut or doubled', () => {
    fc.assert(
      run((copy, pick) => {
        const message = copy.messages[pick(copy.messages.length)]!;
        for (let times = pick(6); times >= 0; times -= 1) {
          const length = message.hex.length / 2;
          message.hex = [
            flip(message.hex, pick(length), 1 + pick(255)),
            message.hex.slice(0, 2 * pick(length)) || '00',
            message.hex + message.hex.slice(2 * pick(length)),
          ][pick(3)]!;
        }
      }),
      { numRuns: 300, verbose: 1 },
    );
  });

  test('whatever messages are left out, repeated, moved, renamed or readdressed', () => {
    const types = [
      'TRANSFER_INIT',
      'TRANSFER_RESP',
      'RESOLVE_INIT_PK',
      'REQUEST_INIT_PK',
      'RESOLVE_RESP',
      'Error',
      'ERROR',
      '__proto__',
    ];
    fc.assert(
      run((copy, pick) => {
        for (let times = pick(5); times >= 0; times -= 1) {
          const { messages } = copy;
          const [from, to] = [pick(messages.length), pick(messages.length)];
          const one = { ...messages[from]! };
          const changes: readonly (() => void)[] = [
            () => messages.length > 1 && messages.splice(from, 1),
            () => messages.splice(to, 0, one),
            () => (messages[from] = { ...one, type: types[pick(types.length)]! }),
            () => (messages[from] = { ...one, from: messages[to]!.to }),
            () => (messages[from] = { ...one, to: messages[to]!.from }),
            () => (copy.mode = ['group', 'group-reused', 'two-kms', 'kerberos'][pick(4)]!),
          ];
          changes[pick(changes.length)]!();
        }
      }),
      { numRuns: 300, verbose: 1 },
    );
  });

  test('whatever secrets and context there are', () => {
    const names = ['__proto__', 'constructor', 'kms', 'sip:alice@example.com', 'sip:bob@example.com'];
    fc.assert(
      run((copy, pick) => {
        const name = names[pick(names.length)]!;
        const octets = '0f'.repeat(pick(40));
        copy.secrets = JSON.parse(
          JSON.stringify(
            [
              { ...copy.secrets, tpk: { [name]: octets } },
              { ...copy.secrets, psk_i: octets, psk_r: { [name]: octets } },
              { ...copy.secrets, rsa: { [name]: { n: octets, e: octets, d: octets } } },
              { env_i: octets, env_r: octets },
            ][pick(4)],
          ),
        ) as JudgedVector['secrets'];
        copy.context = {
          groups: { [name]: [name] },
          realms: { [name]: ['*'] },
          agreements: [[name, name]],
          owners: { [name]: name },
          mayCreate: [],
        };
      }),
      { numRuns: 200, verbose: 1 },
    );
  });
});
