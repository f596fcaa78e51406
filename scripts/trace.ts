/**
 * The traceability matrix: every normative statement, its status, and where code and tests cite it.
 *
 * Fails on a citation of a statement or finding that does not exist, and on an *implemented* statement that no code or no test
 * cites. `--summary` prints the counts only; `--open` the statements that are not built yet; `--json` one JSON document.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findings } from '../spec/findings/index.ts';
import type { Requirement } from '../spec/requirements/requirement.ts';
import { rfc3830 } from '../spec/requirements/rfc3830/index.ts';
import { rfc6043 } from '../spec/requirements/rfc6043/index.ts';

/** Where one id is cited. */
interface Cited {
  readonly code: Set<string>;
  readonly tests: Set<string>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
/** One id, or one and further numbers of the same clause: `rfc6043:4.2.1.1-1, -2`. A list may run on over lines of a comment. */
const statementIds = /\b(rfc(?:6043|3830):[0-9A-Z][0-9A-Z.]*)((?:-\d+)(?:,\s+(?:\*\s+)?-\d+)*)/g;
const findingId =
  /(?:[Ff]indings?|[Ww]eakness(?:es)?|[Rr]eadings?) ([ABCNW]\d{1,2}(?:, [ABCNW]\d{1,2})*)|'([ABCNW]\d{1,2})'/g;

/** All TypeScript files below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, folder, name));
}

/** Who cites what. The records themselves do not count as code. */
function collect(): { readonly cited: Map<string, Cited>; readonly findingsCited: Map<string, Set<string>> } {
  const cited = new Map<string, Cited>();
  const findingsCited = new Map<string, Set<string>>();
  const code = ['model', 'src', 'spec']
    .flatMap(filesBelow)
    .filter((file) => !/spec\/(?:requirements|findings)\//.test(file));
  for (const [files, kind] of [
    [code, 'code'],
    [filesBelow('test').filter((file) => !file.includes('test/spec/')), 'tests'],
  ] as const) {
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      const place = relative(root, file);
      for (const [, clause, numbers] of text.matchAll(statementIds)) {
        for (const [number] of (numbers ?? '').matchAll(/-\d+/g)) {
          const id = `${clause}${number}`;
          const entry = cited.get(id) ?? { code: new Set(), tests: new Set() };
          entry[kind].add(place);
          cited.set(id, entry);
        }
      }
      for (const [, list, single] of text.matchAll(findingId)) {
        for (const id of (list ?? single ?? '').split(', ')) {
          findingsCited.set(id, (findingsCited.get(id) ?? new Set()).add(place));
        }
      }
    }
  }
  return { cited, findingsCited };
}

const records: readonly Requirement[] = [...rfc6043, ...rfc3830];
const known = new Map(records.map((record) => [record.id, record]));
const { cited, findingsCited } = collect();
const problems: string[] = [];
for (const [id, { code, tests }] of cited) {
  if (!known.has(id)) problems.push(`${id} does not exist, but is cited in ${[...code, ...tests].join(', ')}`);
}
const findingIds = new Set<string>(findings.map((finding) => finding.id));
for (const [id, places] of findingsCited) {
  if (!findingIds.has(id)) problems.push(`finding ${id} does not exist, but is cited in ${[...places].join(', ')}`);
}
for (const record of records.filter((candidate) => candidate.status.state === 'implemented')) {
  const where = cited.get(record.id);
  if (!where?.code.size) problems.push(`${record.id} is said to be implemented, but no code cites it: ${record.text}`);
  if (!where?.tests.size) problems.push(`${record.id} is said to be implemented, but no test cites it: ${record.text}`);
}

const arguments_ = new Set(process.argv.slice(2));
const count = (state: string): number => records.filter((record) => record.status.state === state).length;
if (arguments_.has('--json')) {
  const rows = records.map((record) => ({
    ...record,
    code: [...(cited.get(record.id)?.code ?? [])].sort(),
    tests: [...(cited.get(record.id)?.tests ?? [])].sort(),
  }));
  console.log(JSON.stringify({ ok: problems.length === 0, problems, statements: rows }, null, 2));
} else {
  if (!arguments_.has('--summary')) {
    for (const record of records) {
      const { status } = record;
      if (arguments_.has('--open') && status.state !== 'open') continue;
      const where = cited.get(record.id);
      const detail = status.state === 'open' ? status.needs : 'why' in status ? status.why : '';
      console.log(
        `${record.id.padEnd(22)} ${record.level.padEnd(15)} ${status.state.padEnd(14)} code ${String(where?.code.size ?? 0).padStart(2)}  tests ${String(where?.tests.size ?? 0).padStart(2)}  ${record.text}${detail ? ` [${detail}]` : ''}`,
      );
    }
  }
  for (const problem of problems) console.error(problem);
  console.log(
    `${records.length} statements: ${count('implemented')} implemented, ${count('open')} open, ${count('not-applicable')} not applicable, ${count('deviation')} deliberate deviations; ${problems.length} problems`,
  );
}
if (problems.length > 0) process.exitCode = 1;
