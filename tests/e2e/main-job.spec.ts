import { expect, type Page, test } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { DEMO_TOWN } from '../../fixtures/town/make-town.ts';
import { writeTown } from '../../fixtures/town/write-town.ts';
import { ChapterServer } from './chapter-server.ts';
import {
  compareRoll,
  downloadCsv,
  drawTurf,
  expectCounts,
  importRoll,
  openCode,
  type Place,
  publishScript,
  putInPlace,
  saveUniverse,
} from './desk-work.ts';
import { protect, unlock } from './guard-steps.ts';
import { DESK, PHONE, signIn } from './people.ts';
import {
  markNotHome,
  readOutbox,
  saveResult,
  talkAtNextDoor,
  talkWithResident,
} from './walk-work.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const WARD_11 = join(root, '../shared/data/cambridge-ma/demo_ward11');

interface Town {
  readonly name: string;
  /** Gives the folder with the map, the addresses and the voter file. */
  readonly folder: (scratch: string) => string;
  readonly roll: string;
  readonly people: number;
  /** Where an outline holds some 60 doors. */
  readonly turf: Place;
}

const TOWNS: readonly Town[] = [
  {
    name: 'Larkfield',
    folder: (scratch) => {
      const town = join(scratch, 'larkfield');
      writeTown(join(root, 'fixtures/larkfield'), town, DEMO_TOWN);
      return town;
    },
    roll: 'voters-van.csv',
    people: 8541,
    turf: { middle: [0.5, 0.5], reach: 0.03 },
  },
  ...(existsSync(WARD_11)
    ? ([
        {
          name: 'Cambridge, Ward 11',
          folder: () => WARD_11,
          roll: 'synthetic_49VOT_ward11.txt',
          people: 4568,
          turf: { middle: [0.61, 0.54], reach: 0.04 },
        },
      ] satisfies Town[])
    : []),
];
if (TOWNS.length === 1) console.log(`The real ward is not at ${WARD_11}: its story is not run.`);

interface KnockRow {
  readonly knock_id: string;
  readonly knocked_at: string;
  readonly withdrawn: string;
}

/** The address of a sign-in link that a command has printed. */
function linkIn(printed: string): string {
  const link = (JSON.parse(printed) as { link?: string }).link;
  if (link === undefined) throw new Error(`No link in ${printed}`);
  return link;
}

async function staffLink(server: ChapterServer, role: string, name: string): Promise<string> {
  const words = ['--chapter', 'town', '--role', role, '--name', name, '--json'];
  return linkIn(await server.run('chapter', 'link', ...words));
}

/** The number that follows a word of the report, e.g. people. */
async function expectReport(page: Page, town: Town): Promise<void> {
  await expect(page.getByText(town.people.toLocaleString('en')).first()).toBeVisible();
}

for (const town of TOWNS) {
  test(`the main job in ${town.name}: import, cut, walk offline, server killed, all come home`, async ({
    browser,
  }) => {
    const server = await ChapterServer.make();
    try {
      const folder = town.folder(server.folder);
      await server.run(
        'chapter',
        'create',
        town.name,
        '--slug',
        'town',
        '--time-zone',
        'America/New_York',
      );
      await server.run('place', 'load', folder, '--chapter', 'town');
      const researchLink = await staffLink(server, 'research-lead', 'Rosa');
      const coordinatorLink = await staffLink(server, 'coordinator', 'Carlos');
      await server.start('--empty');

      // The roll, twice: the second time changes nothing.
      const research = await browser.newContext({ ...DESK, baseURL: server.url });
      const rosa = await signIn(research, researchLink);
      await importRoll(rosa, join(folder, town.roll));
      await expectReport(rosa, town);
      await compareRoll(rosa, join(folder, town.roll));
      await expectCounts(rosa, { same: town.people, changed: 0, moved: 0, new: 0, gone: 0 });
      await putInPlace(rosa, 2);

      // A universe, a turf, a script, a code.
      const desk = await browser.newContext({ ...DESK, baseURL: server.url });
      const carlos = await signIn(desk, coordinatorLink);
      const people = await saveUniverse(carlos, 'Over thirty', 30);
      expect(people).toBeGreaterThan(100);
      expect(people).toBeLessThan(town.people);
      await carlos.goto('/desk/turf');
      await drawTurf(carlos, 'Saturday 1', town.turf);
      await carlos.getByRole('button', { name: 'Publish', exact: true }).click();
      await expect(carlos.getByRole('button', { name: /Saturday 1.*published/ })).toBeVisible();
      await publishScript(carlos);
      const code = await openCode(carlos, 'Saturday 1');

      // A phone joins by the typed code.
      const phone = await browser.newContext({ ...PHONE, baseURL: server.url });
      let walk = await phone.newPage();
      await walk.goto('/join');
      await walk.getByLabel('Code').fill(code.toLowerCase());
      await walk.getByLabel('Your name').fill('Wanda');
      await walk.getByLabel('I have read the rules').check();
      await walk.getByRole('button', { name: 'Get my turf' }).click();
      await expect(walk.getByText('Ready: works without signal')).toBeVisible();
      await walk.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
      await protect(walk, 'pin');
      await expect(walk.locator('.door-row').first()).toBeVisible();
      const toGo = Number(await walk.locator('.walk-progress b').nth(2).innerText());
      expect(toGo).toBeGreaterThanOrEqual(40);

      // No signal; and in the middle of the walk the server dies and the page is closed.
      await phone.setOffline(true);
      for (let door = 0; door < 15; door++) await markNotHome(walk);
      await talkAtNextDoor(walk, '=1+1 is not a formula');
      await expect(walk.getByText('16 saved on this phone').first()).toBeVisible();
      await server.kill();
      await walk.close();
      walk = await phone.newPage();
      await walk.goto('/walk');
      await unlock(walk);
      await expect(walk.getByText('16 saved on this phone').first()).toBeVisible();
      await saveResult(walk, 'Refused');
      await saveResult(walk, 'Moved');
      await talkWithResident(walk, 'Noor');
      for (let door = 0; door < 20; door++) await markNotHome(walk);
      await markNotHome(walk);
      const saved = await readOutbox(walk);
      // 40 knocks and the resident whom one of them is about.
      expect(saved).toHaveLength(41);

      // Server and network come back; nobody touches anything.
      await server.start('--empty');
      await phone.setOffline(false);
      await expect(walk.getByText('all with the chapter').first()).toBeVisible({ timeout: 60_000 });

      // The coordinator sees them arrive.
      await carlos.goto('/desk/launch');
      await expect(carlos.getByText(/^40 of \d+$/).first()).toBeVisible();
      await markNotHome(walk);
      await expect(carlos.getByText(/^41 of \d+$/).first()).toBeVisible({ timeout: 5_000 });

      // And the research lead takes each of them out, once, with the time of the door.
      const knocks = (await readOutbox(walk)).filter(({ type }) => type === 'knock');
      // Nothing that was said can be read from the phone's disk; a fact's id begins with its moment.
      const doorTimes = saved.map(({ opId }) => ({
        opId,
        ms: Number.parseInt(opId.replaceAll('-', '').slice(0, 12), 16),
      }));
      const rows = Papa.parse<KnockRow>(await downloadCsv(rosa, 'knocks'), {
        header: true,
        skipEmptyLines: true,
      }).data;
      expect(rows.map((row) => row.knock_id).sort()).toEqual(knocks.map(({ opId }) => opId).sort());
      const knocked = new Set(knocks.map(({ opId }) => opId));
      for (const { opId, ms } of doorTimes.filter((one) => knocked.has(one.opId))) {
        const row = rows.find(({ knock_id }) => knock_id === opId);
        expect(Math.abs(Date.parse(row?.knocked_at ?? '') - ms)).toBeLessThan(2000);
      }
      const answers = Papa.parse<Record<string, string>>(await downloadCsv(rosa, 'answers'), {
        header: true,
        skipEmptyLines: true,
      }).data;
      expect(answers.length).toBe(5);
      await rosa.goto('/desk/chapter');
      await expect(rosa.getByText('Rosa').first()).toBeVisible();
    } finally {
      await server.remove();
    }
  });
}
