import { runMany } from './simulator/run-many.ts';
const t = Date.now();
const s = await runMany(Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 50));
console.log(Date.now() - t, 'ms', s.schedules, s.ops, s.events, Object.fromEntries(s.fired), 'failures', s.failures.length);
for (const f of s.failures.slice(0, 5)) console.log(f.seed, f.faults.slice(0, 6));
const f = s.failures[0];
if (f && process.argv[4]) console.log(f.trace.join('\n'));
