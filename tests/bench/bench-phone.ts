import { type BrowserContext, chromium, type CDPSession, type Page } from '@playwright/test';
import { makeId, type Id } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import type { Packet } from '#shared/model/packet.ts';
import { ChapterServer } from '../e2e/chapter-server.ts';
import { linkFor, PHONE } from '../e2e/people.ts';

const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
};

/** The demo's turf with so many doors: its own ones over and over, in buildings of their own. */
export function enlargePacket(packet: Packet, doors: number): Packet {
  const random = seededBytes(seededDice(doors));
  const made = {
    buildings: [...packet.buildings],
    doors: [...packet.doors],
    people: [...packet.people],
  };
  for (let at = made.doors.length; at < doors; at++) {
    const like = packet.doors[at % packet.doors.length];
    const house = packet.buildings.find(({ id }) => id === like?.buildingId);
    if (like === undefined || house === undefined) throw new Error('an empty turf');
    const building = {
      ...house,
      id: makeId<Id<'building'>>(0, random),
      number: String(100 + (at % 200)),
      street: `${house.street} ${Math.floor(at / 60)}`,
    };
    const door = {
      ...like,
      id: makeId<Id<'door'>>(0, random),
      buildingId: building.id,
      position: at + 1,
    };
    made.buildings.push(building);
    made.doors.push(door);
    const person = packet.people.find(({ doorId }) => doorId === like.id);
    if (person !== undefined) {
      made.people.push({ ...person, id: makeId<Id<'person'>>(0, random), doorId: door.id });
    }
  }
  return { ...packet, ...made };
}

export interface BenchPhone {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly cdp: CDPSession;
  /** From "Get my turf" to the page that says how ready the phone is, in ms. */
  readonly readyMs: number;
  /** The packet as it was handed over, in letters. */
  readonly packet: string;
  readonly slow: (rate: number) => Promise<void>;
}

export interface BenchPhoneWish {
  /** The turf is brought to this many doors; left out: as the demo has it. */
  readonly doors?: number;
  /** Of the processor, while it joins. */
  readonly slowdown?: number;
  /** Runs in each page before anything of the app. */
  readonly first?: () => void;
}

/** A real server and a browser, for as long as the work takes; phones join as often as they are asked to. */
export async function withPhones(
  work: (join: (wish?: BenchPhoneWish) => Promise<BenchPhone>) => Promise<void>,
): Promise<void> {
  const server = await ChapterServer.make();
  const browser = await chromium.launch(LAUNCH);
  try {
    await server.start();
    await work(async ({ doors, slowdown = 1, first } = {}) => {
      const context = await browser.newContext({ ...PHONE, baseURL: server.url });
      let packet = '';
      await context.route('**/v1/packet', async (route) => {
        const answer = await route.fetch();
        const given = (await answer.json()) as Packet;
        packet = JSON.stringify(doors === undefined ? given : enlargePacket(given, doors));
        await route.fulfill({ status: 200, contentType: 'application/json', body: packet });
      });
      if (first !== undefined) await context.addInitScript(first);
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      const slow = async (rate: number): Promise<void> => {
        await cdp.send('Emulation.setCPUThrottlingRate', { rate });
      };
      await page.goto(linkFor(server, 'Canvasser'));
      await page.getByLabel('Your name').fill('Bench');
      await page.getByLabel('I have read the rules').check();
      await slow(slowdown);
      const began = performance.now();
      await page.getByRole('button', { name: 'Get my turf' }).click();
      await page.locator('.join-ready').waitFor();
      const readyMs = performance.now() - began;
      await slow(1);
      return { context, page, cdp, readyMs, packet, slow };
    });
  } finally {
    await browser.close();
    await server.remove();
  }
}

/** From the page that says that the phone is ready to the list. */
export async function startWalking({ page }: BenchPhone): Promise<void> {
  await page.getByRole('link', { name: 'Start walking' }).click({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Skip' }).last().click();
  await page.locator('.door-row').first().waitFor();
}
