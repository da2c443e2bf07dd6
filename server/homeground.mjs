// `npm run homeground -- …`: the command line, with what it needs made first.
import { build, checkNode, install } from './prepare.mjs';

checkNode();
install();
build();
await import('../dist/server/cli.js');
