import { writeFileSync } from 'node:fs';
import { serialize } from 'node:v8';
import { townTemplate } from '../scenario/sim/town-template.ts';

// Makes what every afternoon begins with, once for all processes of a run: see PROOF_STAGE.
const [file = ''] = process.argv.slice(2);
writeFileSync(file, serialize(await townTemplate()));
