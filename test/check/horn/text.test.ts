import { describe, expect, test } from 'vitest';
import { agreement, buildTheory, never } from '../../../model/check/horn/builder.ts';
import { fact, showClause } from '../../../model/check/horn/clauses.ts';
import { decide } from '../../../model/check/horn/decide.ts';
import { assumedFacts, showDerivation } from '../../../model/check/horn/derivation.ts';
import { toDfg } from '../../../model/check/horn/export/dfg.ts';
import { encodeName } from '../../../model/check/horn/export/encoding.ts';
import { toProverif } from '../../../model/check/horn/export/proverif.ts';
import { toTptp } from '../../../model/check/horn/export/tptp.ts';
import { clauseOf, factOf, term } from '../../../model/check/horn/parse.ts';
import { saturate } from '../../../model/check/horn/prove/saturate.ts';
import { refutationsOf, unlikeAll } from '../../../model/check/horn/refutation.ts';
import { apply, showTerm, type Term } from '../../../model/check/horn/terms.ts';
import { unifyTerms } from '../../../model/check/horn/unifyTerms.ts';
import { matchFact } from '../../../model/check/horn/match.ts';
import { problemsOf } from '../../../model/check/horn/wellFormed.ts';

const small = buildTheory({
  name: 'small',
  abstraction: [],
  knows: ['zero'],
  functions: { senc: 2 },
  clauses: { decrypt: 'att(senc(M,K)) & att(K) => att(M)' },
  roles: [
    [
      {
        name: 'A sends',
        begin: ['begun(S)'],
        receive: ['X'],
        send: ['senc([secretOf(S),X],mpkI(S))'],
        end: ['done(S,X)'],
      },
    ],
  ],
});

describe('text of theories', () => {
  test('a step implies what it sends from all that it received and began', () => {
    expect(small.clauses.map(showClause).slice(-2)).toEqual([
      'att(X) & begun(S) => att(senc(t2(secretOf(S),X),mpkI(S)))',
      'att(X) & begun(S) => done(S, X)',
    ]);
  });

  test.each(['att(', 'att(X) &', 'att(X) => ', 'att(X) att(Y)', 'att([X)', '=> att(X)'])('refuses %s', (text) => {
    expect(() => clauseOf('', text)).toThrow(SyntaxError);
  });

  test('refuses a target that is no instance of the end', () => {
    expect(() => agreement('g', 'done(hon(A))', { begin: 'begun(A)', targets: ['done(dis(x))'] })).toThrow(RangeError);
  });

  test('says what is wrong with a theory', () => {
    const clauses = ['att(f(X))', 'att(f(X,Y))', 'begun(X)', 'f(X)'].map((text, index) =>
      clauseOf(`${index % 3}`, text),
    );
    expect(problemsOf({ ...small, clauses })).toEqual([
      'symbol f has 1 and 2 arguments',
      'a begin event is concluded: begun(X)',
      'two clauses are called "0"',
      'f is a symbol and a predicate',
      'the attacker knows no constant to begin with',
    ]);
    expect(() => saturate({ ...small, clauses })).toThrow(RangeError);
  });

  test('gives no verdict on a theory in which the attacker derives everything', () => {
    const clauses = [...small.clauses, clauseOf('leak', 'att(X)')];
    expect(() => decide({ ...small, clauses }, [])).toThrow('can derive everything');
  });

  test('gives up honestly at its bound', () => {
    const growing = {
      ...small,
      clauses: [...small.clauses, clauseOf('grow', 'p(X) => p(h(X))'), clauseOf('p', 'p(zero)')],
    };
    const { verdicts } = decide(growing, [never('g', 'p(one)')], { maxClauses: 50 });
    expect(verdicts.map(({ answer }) => answer)).toEqual(['unknown']);
  });
});

describe('exports', () => {
  const [problem] = refutationsOf(small, never('secret', 'att(secretOf(S))'));

  test('TPTP', () => {
    expect(toTptp(problem!)).toContain('cnf(c2, axiom, (att(M) | ~att(senc(M,K)) | ~att(K))).');
    expect(toTptp(problem!)).toContain('cnf(never, negated_conjecture, (~att(secretOf(S)))).');
  });

  test('DFG', () => {
    expect(toDfg(problem!)).toContain('clause(forall([M,K],or(not(att(senc(M,K))),not(att(K)),att(M))),c2).');
    expect(toDfg(problem!)).toContain('clause(forall([S],or(not(att(secretOf(S)))))).');
    expect(toDfg(problem!)).toContain('(zero,0)');
  });

  test('ProVerif, with begin events as blocking predicates', () => {
    const text = toProverif(small, agreement('g', 'done(S,X)', { begin: 'begun(S)' }));
    expect(text).toContain('pred begun/1 block.');
    expect(text).toContain('data t2/2.');
    expect(text).toContain('query done:S,X.');
    expect(text).toContain('att:X & begun:S -> done:S,X');
  });

  test.each([
    ['att', 'att'],
    ['MPKi', 'c_MPKi'],
    ['and', 'c_and'],
    ['c_x', 'c_c_x'],
  ])('the name %s is written %s', (name, written) => {
    expect(encodeName(name)).toBe(written);
  });
});

describe('all but the instances of a pattern', () => {
  const symbols = new Map([
    ['f', 2],
    ['g', 1],
    ['a', 0],
    ['b', 0],
  ]);
  const universe = (depth: number): readonly Term[] => {
    if (depth === 0) return [apply('a'), apply('b')];
    const inner = universe(depth - 1);
    return [...inner, ...inner.map((x) => apply('g', x)), ...inner.flatMap((x) => inner.map((y) => apply('f', x, y)))];
  };

  test.each(['f(g(a),X)', 'f(a,b)', 'g(f(X,g(Y)))', 'a'])('of %s', (text) => {
    const pattern = term(text);
    const others = unlikeAll([pattern], symbols);
    for (const ground of universe(2)) {
      const isInstance = matchFact(fact('p', pattern), fact('p', ground)) !== undefined;
      const isOther = others.some(([other]) => matchFact(fact('p', other!), fact('p', ground)) !== undefined);
      expect([showTerm(ground), isOther]).toEqual([showTerm(ground), !isInstance]);
    }
  });
});

describe('unification for exports', () => {
  test.each([
    ['f(X,b)', 'f(a,Y)', 'X=a Y=b'],
    ['f(X,X)', 'f(Y,g(Z))', 'X=g(Z) Y=g(Z)'],
    ['f(X,X)', 'f(a,b)', 'none'],
    ['X', 'g(X)', 'none'],
  ])('of %s and %s is %s', (left, right, wanted) => {
    const found = unifyTerms([[term(left), term(right)]]);
    const shown =
      found &&
      [...found]
        .map(([name, value]) => `${name}=${showTerm(value)}`)
        .sort()
        .join(' ');
    expect(shown ?? 'none').toBe(wanted);
  });
});

test('a derivation is printed with each fact once', () => {
  const [leak] = decide({ ...small, clauses: [...small.clauses, clauseOf('lost', 'att(mpkI(S))')] }, [
    never('secret', 'att(secretOf(s))'),
  ]).verdicts;
  const lines = showDerivation(leak!.derivation!).split('\n');
  expect(lines.at(-1)).toMatch(/^\d+\. goal {4}\[secret, from \d+\]$/u);
  expect(new Set(lines).size).toBe(lines.length);
  expect(assumedFacts(leak!.derivation!)).toEqual([factOf('begun(s)')]);
});
