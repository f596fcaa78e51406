import { writeFileSync } from 'node:fs';
import { roleCharts } from '../src/docs/roleCharts.ts';
import { statechartSvg } from '../src/docs/statechartSvg.ts';
for (const { machine, ...c } of roleCharts()) { const s = await statechartSvg(machine, c); writeFileSync(`/tmp/play/${machine.id}.svg`, s); console.log(machine.id, s.match(/width="\d+" height="\d+"/)![0]); }
