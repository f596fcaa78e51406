/**
 * `npm run docs`: draws the statecharts, writes the generated pages, and builds the reference. Warnings are errors.
 *
 * @module
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, TSConfigReader, TypeDocReader } from 'typedoc';
import { errorChecks } from '../model/guard/errorChecks.ts';
import { publicKeyChecks } from '../model/guard/publicKeyChecks.ts';
import { requestChecks } from '../model/guard/requestChecks.ts';
import { resolveChecks } from '../model/guard/resolveChecks.ts';
import { transferChecks } from '../model/guard/transferChecks.ts';
import { updateChecks } from '../model/guard/updateChecks.ts';
import { findings } from '../spec/findings/index.ts';
import { rfc3830 } from '../spec/requirements/rfc3830/index.ts';
import { rfc6043 } from '../spec/requirements/rfc6043/index.ts';
import { checksPage } from '../src/docs/checksPage.ts';
import { dotOf } from '../src/docs/dot.ts';
import { demonstrations } from '../src/findings/all.ts';
import { findingsPage } from '../src/docs/findingsPage.ts';
import { requirementsPage } from '../src/docs/requirementsPage.ts';
import { roleCharts } from '../src/docs/roleCharts.ts';
import { statechartSvg } from '../src/docs/statechartSvg.ts';
import { pictureName, statechartsPage } from '../src/docs/statechartsPage.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const generated = join(root, 'docs', 'generated');

rmSync(generated, { recursive: true, force: true });
mkdirSync(generated, { recursive: true });
const write = (name: string, text: string): void => writeFileSync(join(generated, name), text);

const roles = roleCharts();
for (const role of roles) {
  write(pictureName(role.machine.id), await statechartSvg(role.machine, role));
  write(`${role.machine.id}.dot`, dotOf(role.machine));
}
write('statecharts.md', statechartsPage(roles));
write(
  'checks.md',
  checksPage([
    { title: 'Ticket Request', checks: requestChecks },
    { title: 'Ticket Transfer', checks: transferChecks },
    { title: 'Ticket Resolve', checks: resolveChecks },
    { title: 'Public keys', checks: publicKeyChecks },
    { title: 'Error messages', checks: errorChecks },
    { title: 'CSB Updating', checks: updateChecks },
  ]),
);
write(
  'requirements.md',
  requirementsPage([
    { title: 'RFC 6043', requirements: rfc6043 },
    { title: 'RFC 3830', requirements: rfc3830 },
  ]),
);
write('findings.md', findingsPage(findings, demonstrations));

const app = await Application.bootstrapWithPlugins({ options: join(root, 'typedoc.json') }, [
  new TypeDocReader(),
  new TSConfigReader(),
]);
const project = await app.convert();
if (!project) process.exit(1);
app.validate(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
await app.generateOutputs(project);
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exit(1);
console.log(
  `docs/generated: ${roles.length} statecharts, checks, requirements, findings\ndocs/api/index.html: the reference`,
);
