// `npm run dev`: the server from its sources, restarted when they change, and Vite with hot reload.
import { spawn } from 'node:child_process';
import { checkNode, install, root } from './prepare.mjs';

checkNode();
install();
const port = process.env.PORT ?? '8080';
const children = [
  spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--watch-path=server',
      '--watch-path=shared',
      'server/cli/main.ts',
      'serve',
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        PORT: port,
        PUBLIC_URL: process.env.PUBLIC_URL ?? 'http://localhost:5173',
      },
    },
  ),
  spawn(process.execPath, ['node_modules/vite/bin/vite.js'], { cwd: root, stdio: 'inherit' }),
];
const end = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', end);
process.on('SIGTERM', end);
for (const child of children) child.on('exit', end);
