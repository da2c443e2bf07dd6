import type { Browser } from '@playwright/test';
import { ChapterServer } from '../e2e/chapter-server.ts';
import { Camera } from './camera.ts';
import { writeContactSheet } from './contact-sheet.ts';
import { LOOKS, type Look, SPANISH } from './looks.ts';
import { prepareShift } from './prepare-shift.ts';
import { sayIn } from './say.ts';
import { takeDoor, takeStopped } from './states/door.ts';
import { takeEnds, takeListLost } from './states/ends.ts';
import { takeJoining } from './states/joining.ts';
import { takeList, takeWalked } from './states/list.ts';
import { joinQuietly, keepListOpen, type Scene } from './states/scene.ts';
import { takeStreet } from './states/street.ts';
import { takeTalk } from './states/talk.ts';

/** The way through all the states, on one server. */
async function walkThrough(scene: Scene): Promise<void> {
  const { shift } = scene;
  await takeJoining(scene);
  await takeStreet(scene).catch((error: unknown) => {
    scene.camera.missed.push(`the rest of stall and calls: ${String(error)}`);
  });
  const page = await joinQuietly(scene, shift.walk, 'Wanda');
  await keepListOpen(page.context());
  const doors = await page
    .locator('a.door-link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  await takeList(scene, page);
  await takeDoor(scene, page, doors[1] ?? '');
  await takeTalk(scene, page, doors[2] ?? '');
  await takeStopped(scene, page, doors[3] ?? '');
  await takeWalked(scene, page);
  await takeEnds(scene, page);
  await page.context().close();
}

async function takeIn(browser: Browser, language: 'en' | 'es', camera: Camera): Promise<void> {
  const server = await ChapterServer.make();
  try {
    await server.start();
    const shift = await prepareShift(browser, server);
    const [say, locale] = [sayIn(language), language === 'en' ? 'en-US' : 'es-US'];
    const scene: Scene = { browser, server, camera, shift, say, locale };
    await walkThrough(scene);
    const lost = await joinQuietly(scene, shift.third, 'Lou').catch(() => null);
    if (lost !== null) await takeListLost(scene, lost);
  } finally {
    await server.remove();
  }
}

/** What was wrong with the states: those that could not be taken, and the rules that some break. */
export interface Faults {
  readonly missed: readonly string[];
  readonly findings: readonly string[];
}

/** Takes every state of the phone in the looks of these names, all when none is named. */
export async function takeStates(
  browser: Browser,
  folder: string,
  wanted: readonly string[],
): Promise<Faults> {
  const isWanted = ({ name }: Look): boolean => wanted.length === 0 || wanted.includes(name);
  const missed: string[] = [];
  const findings: string[] = [];
  const states: string[] = [];
  for (const [language, looks] of [
    ['en', LOOKS.filter(isWanted)],
    ['es', SPANISH.filter(isWanted)],
  ] as const) {
    if (looks.length === 0) continue;
    const camera = new Camera(folder, looks);
    await takeIn(browser, language, camera).catch((error: unknown) => {
      missed.push(`all that follows in ${language}: ${String(error)}`);
    });
    missed.push(...camera.missed);
    findings.push(...camera.findings());
    states.push(...camera.names.filter((name) => !states.includes(name)));
  }
  const names = [...LOOKS, ...SPANISH].filter(isWanted).map(({ name }) => name);
  writeContactSheet(folder, states, names, [...missed, ...findings]);
  return { missed, findings };
}
