/**
 * The examples of docs/scenarios.md, run as a reader would run them.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { changed, type Draft } from '../support/scenarios.ts';

const text = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');

/** Each changed scenario with the lines that its run is to show, and the heading above. */
const examples = [...text.matchAll(/```text\n(from: [^`]*)```[^`]*```text\n([^`]*)```/g)].map(
  ({ 1: change = '', 2: outcome = '', index }) => ({
    heading:
      text
        .slice(0, index)
        .match(/^### (.*)$/gm)
        ?.at(-1)
        ?.slice(4) ?? '',
    change: change.trimEnd().split('\n'),
    outcome: outcome.trimEnd().split('\n'),
  }),
);

/** Sets what stands at a path, such as `steps[0].ticket.flags`; `[+]` appends. */
function set(draft: Draft, path: string, value: unknown): void {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== '');
  const last = keys.pop()!;
  const place = keys.reduce<Draft>((node, key) => node[key] as Draft, draft);
  if (last === '+') (place as unknown as unknown[]).push(value);
  else place[last] = value;
}

describe('the examples of the guide to scenarios', () => {
  test('are all there', () => {
    expect(examples.length).toBe(text.match(/^from: /gm)!.length);
    expect(examples.length).toBeGreaterThan(8);
  });

  test.each(examples.map((example, index) => [index + 1, example.heading, example] as const))(
    '%i: %s',
    (_, __, { change: [first, ...changes], outcome }) => {
      const name = first!.replace('from: ', '');
      const input = changed(name, (draft) => {
        for (const line of changes) {
          const [, path, value] = /^(\S+): (.*)$/.exec(line)!;
          set(draft, path!, JSON.parse(value!));
        }
      });
      const { code, out, err } = cli(['run', '--scenario', '-'], { input, width: 400 });
      const asExpected = !out.includes('[not what the scenario expects]');
      expect([code, err]).toEqual([asExpected ? 0 : 1, '']);
      const lines = out.split('\n').map((line) => line.trim());
      for (const wanted of outcome) {
        expect(
          lines.some((line) => line.startsWith(wanted)),
          `${wanted}\nin\n${out}`,
        ).toBe(true);
      }
    },
  );

  test('the error that it shows is one that is given', () => {
    const shown = /mikey-ticket: mine\.json: (.*)/.exec(text)![1]!;
    const input = changed('reused', (draft) => (draft['steps'][2].reach = ['bob-fax']));
    const { code, err } = cli(['run', '--scenario', '-'], { input });
    expect([code, err]).toEqual([2, `mikey-ticket: standard input: ${shown}\n`]);
  });
});
