import { existsSync } from 'node:fs';

/** Without windows where this machine has it: to draw those that nobody sees is a third of a story's work. */
const PROGRAMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The Chromium that the stories are told in. */
export const CHROMIUM =
  process.env.CHROMIUM ?? PROGRAMS.find((path) => existsSync(path)) ?? '/usr/bin/chromium';
