/**
 * `npm run scenario:schema`: writes `spec/scenario.schema.json` from the form that scenario files are checked against. A test fails if the
 * written schema is not that of the code.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenarioJsonSchema } from '../src/scenario/schema.ts';

const path = fileURLToPath(new URL('../spec/scenario.schema.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
console.log(path);
