/**
 * `npm run policy:schema`: writes `spec/kms-policy.schema.json` from the form that policy files are checked against. A test fails if the
 * written schema is not that of the code.
 *
 * @module
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { policySchema } from '../src/policy/file.ts';

const path = fileURLToPath(new URL('../spec/kms-policy.schema.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(policySchema(), null, 2)}\n`);
console.log(path);
