import type { Browser, Page } from '@playwright/test';
import type { ChapterServer } from '../e2e/chapter-server.ts';
import { DESK, linkFor, signIn } from '../e2e/people.ts';

const HOUR = 3_600_000;

/** What the states are taken from: links for phones, and a desk to change things with. */
export interface Shift {
  readonly walk: string;
  readonly second: string;
  readonly third: string;
  readonly stall: string;
  readonly calls: string;
  /** Takes the turf back from every phone. */
  readonly end: () => Promise<void>;
}

interface Columns {
  readonly lon: readonly number[];
  readonly lat: readonly number[];
  readonly doors: readonly number[];
}

interface Turf {
  readonly id: string;
  readonly version: number;
  readonly universeId: string;
}

interface Phone {
  readonly deviceId: string;
  readonly turfs: readonly { readonly id: string }[];
}

type Call = <T>(method: string, path: string, data?: object, match?: number) => Promise<T>;

function callerOf(page: Page, origin: string): Call {
  return async <T>(method: string, path: string, data?: object, match?: number) => {
    const headers: Record<string, string> = { origin };
    if (match !== undefined) headers['if-match'] = String(match);
    const answer = await page.request.fetch(path, { method, headers, ...(data && { data }) });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()}`);
    return (answer.status() === 204 ? null : await answer.json()) as T;
  };
}

/** A tower and its neighbours, some two dozen doors in all. */
function boxAroundTower({ lon, lat, doors }: Columns): number[][] {
  const tower = doors.findIndex((count) => count >= 8 && count <= 14);
  const [x, y] = [lon[tower] ?? 0, lat[tower] ?? 0];
  const inside = (reach: number): number =>
    doors.reduce((sum, count, at) => {
      const [dx, dy] = [Math.abs((lon[at] ?? 0) - x), Math.abs((lat[at] ?? 0) - y)];
      return dx <= reach && dy <= reach ? sum + count : sum;
    }, 0);
  let reach = 0.0001;
  while (inside(reach) < 30) reach += 0.00005;
  const [west, east, south, north] = [x - reach, x + reach, y - reach, y + reach];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

async function addWords(call: Call): Promise<void> {
  for (const name of ['Volunteer', 'Needs a ride', 'Tenant leader']) {
    await call('POST', '/v1/tags', { name });
  }
  const wording =
    'We, who live in Larkfield, ask the council to limit the yearly rise of rents to what wages rise, and to give every tenant a year of notice.';
  const petition = await call<{ id: string; version: number }>('POST', '/v1/petitions', {
    kind: 'petition',
    title: 'Rents that we can pay',
    wording,
  });
  await call('POST', `/v1/petitions/${petition.id}/open`, undefined, petition.version);
  const startsAt = Date.now() + 48 * HOUR;
  const place = 'The library, front steps';
  const shift = { name: 'Wednesday doors', place, startsAt, endsAt: startsAt + 3 * HOUR };
  await call('POST', '/v1/shifts', shift);
}

/** A chapter on the morning of a shift: a turf with a tower, tags, a petition, a stall, calls. */
export async function prepareShift(browser: Browser, server: ChapterServer): Promise<Shift> {
  const context = await browser.newContext({ ...DESK, baseURL: server.url });
  const page = await signIn(context, linkFor(server, 'Admin'));
  const call = callerOf(page, server.url);
  await addWords(call);
  const turfs = await call<Turf[]>('GET', '/v1/turfs');
  // The demo's own turfs have some of these doors.
  for (const { id } of turfs) await call('DELETE', `/v1/turfs/${id}`);
  const universeId = turfs[0]?.universeId ?? '';
  const columns = await call<Columns>('GET', `/v1/universes/${universeId}/doors`);
  const outline = { type: 'Polygon', coordinates: [boxAroundTower(columns)] };
  const turf = await call<Turf>('POST', '/v1/turfs', { universeId, name: 'Mill Row', outline });
  await call('POST', `/v1/turfs/${turf.id}/publish`, undefined, turf.version);
  const [lon, lat] = [columns.lon[0], columns.lat[0]];
  const place = 'Farmers’ market, Main Street';
  const stall = await call<{ turfIds: string[] }>('POST', '/v1/stalls', {
    name: 'Saturday stall',
    place,
    lon,
    lat,
  });
  const calls = await call<{ turfIds: string[] }>('POST', '/v1/call-lists', {
    name: 'Evening calls',
    universeId,
    perList: 20,
    lists: 1,
  });
  const linkTo = async (id: string | undefined): Promise<string> =>
    (await call<{ url: string }>('POST', `/v1/turfs/${id}/launch`, {})).url;
  return {
    walk: await linkTo(turf.id),
    second: await linkTo(turf.id),
    third: await linkTo(turf.id),
    stall: await linkTo(stall.turfIds[0]),
    calls: await linkTo(calls.turfIds[0]),
    end: async () => {
      const phones = await call<Phone[]>('GET', '/v1/phones');
      const has = (phone: Phone): boolean => phone.turfs.some(({ id }) => id === turf.id);
      for (const { deviceId } of phones.filter(has)) {
        await call('POST', `/v1/turfs/${turf.id}/take-back`, { deviceId });
      }
    },
  };
}
