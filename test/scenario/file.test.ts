import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { modeList, planRuns, scenarioText } from '../../src/run/modes.ts';
import { performRun } from '../../src/run/perform.ts';
import { builtInNames, builtInText, parseScenario, ScenarioError } from '../../src/scenario/file.ts';
import { scenarioJsonSchema } from '../../src/scenario/schema.ts';
import { exampleText } from '../support/policies.ts';
import { changed, problemsOf, type Draft } from '../support/scenarios.ts';

describe('the schema', () => {
  test('in spec/ is that of the code: npm run scenario:schema writes it', () => {
    const committed: unknown = JSON.parse(
      readFileSync(new URL('../../spec/scenario.schema.json', import.meta.url), 'utf8'),
    );
    expect(committed).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
  });

  test.each(builtInNames())('%s names it, is without problems, and says what it is about', (name) => {
    const text = builtInText(name);
    expect((JSON.parse(text) as Draft)['$schema']).toBe('../scenario.schema.json');
    const scenario = parseScenario(text);
    expect(scenario.about).toMatch(/\w/);
  });
});

describe('the modes', () => {
  test('are those of the contract, standard first, and each scenario belongs to one', () => {
    const modes = modeList().map(({ mode }) => mode);
    expect(modes).toEqual(
      expect.arrayContaining([
        'standard',
        'reused',
        'group',
        'otway-rees',
        'group-reused',
        'otway-rees-reused',
        'otway-rees-group',
        'otway-rees-group-reused',
        'two-kms',
        'kerberos',
        'pre-shared',
      ]),
    );
    expect(modes[0]).toBe('standard');
    expect(planRuns([], {})).toHaveLength(builtInNames().length + 1);
    expect(planRuns(['group'], {}).map(({ id }) => id)).toEqual([
      'group',
      'group-decentralised',
      'group-decentralised-forked',
      'group-key',
    ]);
    expect(planRuns(['group-key', 'group', 'group'], {})).toHaveLength(4);
  });

  test.each(planRuns([], {}).map((planned) => [planned.id, planned] as const))(
    '%s comes out as it says, with both suites',
    (_, planned) => {
      for (const suite of ['sha1', 'sha256'] as const) {
        const run = performRun({ ...planned, scenario: { ...planned.scenario, suite } }, 'modes');
        expect([run.ok, run.outcomes.every(({ asExpected }) => asExpected)]).toEqual([true, true]);
      }
    },
  );

  test('what is printed to start from is a scenario, and runs as the mode does', () => {
    for (const { id, scenario } of planRuns([], {})) {
      const printed = parseScenario(scenarioText(id, {}));
      expect(printed.steps).toEqual(JSON.parse(JSON.stringify(scenario.steps)));
    }
  });
});

describe('errors of form tell the path', () => {
  test.each<[string, (draft: Draft) => void, string]>([
    ['no steps', (draft) => (draft['steps'] = []), 'steps: '],
    ['an unknown step', (draft) => (draft['steps'][0].do = 'dance'), 'steps[0].do: '],
    ['an unknown field', (draft) => (draft['users'][1].nme = 'x'), 'users[1].nme: there is no such field'],
    [
      'an unknown flag',
      (draft) => (draft['steps'][0].ticket.flags = 'DEX'),
      'steps[0].ticket.flags: flags are letters',
    ],
    ['a flag twice', (draft) => (draft['steps'][0].ticket.flags = 'DD'), 'steps[0].ticket.flags: a flag comes twice'],
    [
      'a pattern for a user',
      (draft) => (draft['users'][0].identity = 'sip:*@example.com'),
      'users[0].identity: not an identity',
    ],
    [
      'a pattern for a device',
      (draft) => (draft['users'][1].devices[0].identity = '*'),
      'users[1].devices[0].identity: not',
    ],
    ['a pattern for a callee', (draft) => (draft['steps'][0].callee = '*'), 'steps[0].callee: not an identity'],
    ['two stars', (draft) => (draft['kmss'][0].realm = ['*@*']), 'kmss[0].realm[0]: not a pattern'],
    ['a name with a blank', (draft) => (draft['users'][0].name = 'a b'), 'users[0].name: a name has small letters'],
    ['no suite', (draft) => (draft['suite'] = 'md5'), 'suite: '],
    ['an escape sequence in the title', (draft) => (draft['title'] = '\u001b[2J'), 'title: control characters'],
    ['an endless wait', (draft) => draft['steps'].push({ do: 'wait', seconds: 1e9 }), 'steps[1].seconds: '],
    ['an unknown fault', (draft) => (draft['faults'] = [{ do: 'burn' }]), 'faults[0].do: '],
    [
      'a ninth bit',
      (draft) => (draft['faults'] = [{ do: 'flip', message: 'TRANSFER_INIT', to: 'proxy', octet: 0, bit: 8 }]),
      'faults[0].bit: ',
    ],
  ])('%s', (_, change, problem) => {
    expect(problemsOf('standard', change)).toEqual([expect.stringMatching(/./)]);
    expect(problemsOf('standard', change)[0]!.startsWith(problem)).toBe(true);
  });

  test.each(['', 'nonsense', '[]', 'null', '{}', '['.repeat(100_000), '{"__proto__":{}}'])(
    '%.20s is no scenario',
    (text) => {
      expect(() => parseScenario(text)).toThrow(ScenarioError);
    },
  );

  test('not without end', () => {
    expect(problemsOf('standard', (draft) => (draft['steps'] = Array.from({ length: 500 }, () => ({}))))).toHaveLength(
      20,
    );
  });
});

describe('a policy file', () => {
  const withPolicy = changed('standard', (draft) => (draft['kmss'][0].policyFile = 'p.json'));

  test('takes the place of what the scenario says', () => {
    const asked: string[] = [];
    const scenario = parseScenario(withPolicy, (path) => {
      asked.push(path);
      return exampleText;
    });
    expect(asked).toEqual(['p.json']);
    expect(scenario.kmss[0]!.policy?.users.length).toBeGreaterThan(0);
    expect(scenario.kmss[0]).not.toHaveProperty('policyFile');
  });

  test('decides: under a policy in which nobody may do anything, the request is refused', () => {
    const scenario = parseScenario(withPolicy, () => '{"format":"mikey-ticket-policy/1"}');
    const run = performRun({ id: 'x', scenario, source: 'file' }, 'policy');
    expect(run.ok).toBe(false);
    expect(run.outcomes[0]).toMatchObject({ answered: [], refusals: [{ party: 'kms' }, { party: 'alice' }] });
  });

  test('that is wrong or missing is told with both paths', () => {
    expect(() => parseScenario(withPolicy, () => '{"format":"mikey-ticket-policy/1","users":[{}]}')).toThrow(
      /^kmss\[0\]\.policyFile: p\.json: users\[0\]\.user: /,
    );
    expect(() =>
      parseScenario(withPolicy, () => {
        throw new Error('no such file');
      }),
    ).toThrow(/^kmss\[0\]\.policyFile: no such file$/);
    expect(() => parseScenario(withPolicy)).toThrow(/^kmss\[0\]\.policyFile: there is no folder/);
  });
});
