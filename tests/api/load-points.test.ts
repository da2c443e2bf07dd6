import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ProblemError } from '#shared/kernel/problem.ts';
import { loadPoints } from '../../server/roll/load-points.ts';
import { nameLots } from '../../server/roll/name-lots.ts';

const dir = mkdtempSync(join(tmpdir(), 'homeground-points-'));
afterAll(() => rmSync(dir, { recursive: true }));

function load(name: string, text: string): ReturnType<typeof loadPoints> {
  const path = join(dir, name);
  writeFileSync(path, text);
  return loadPoints(path);
}
const feature = (properties: object, coordinates: readonly number[]): string =>
  JSON.stringify({ type: 'Feature', properties, geometry: { type: 'Point', coordinates } });

test('a list is read whoever made it', async () => {
  const oak = { number: '12', zip: '00042', lon: -50, lat: 42 };
  const openAddresses = feature(
    { hash: 'aa11', number: '12', street: 'OAK ST', unit: '', city: '', postcode: '00042' },
    [-50, 42],
  );
  expect(await load('lines.geojson', `${openAddresses}\n${openAddresses}`)).toMatchObject([
    { ...oak, sourceId: 'aa11', street: 'OAK ST' },
    oak,
  ]);
  const nena = { NGUID: 'n1', Add_Number: 12, AddNum_Suf: 'B', St_PreDir: 'North' };
  const whole = `{"type":"FeatureCollection","features":[\n${feature(
    { ...nena, St_Name: 'Oak', St_PosTyp: 'Street', Post_Comm: 'Larkfield', Post_Code: '00042' },
    [-50, 42],
  )}]}`;
  expect(await load('nena.geojson', whole)).toMatchObject([
    { ...oak, sourceId: 'n1', number: '12B', street: 'North Oak Street', city: 'Larkfield' },
  ]);
  const csv = 'LON,LAT,NUMBER,STREET,UNIT,CITY,DISTRICT,REGION,POSTCODE,ID,HASH\n';
  expect(
    await load('oa.csv', `${csv}-50,42,12,OAK ST,,,,,00042,,bb22\n0,0,13,OAK ST,,,,,,,\n`),
  ).toMatchObject([{ ...oak }, { number: '13', lon: null }]);
  const parts = 'site_id,number,suffix,pre_dir,street_name,street_type,town,zip,lon,lat\n';
  expect(await load('vt.csv', `${parts}7,12,,N,OAK,ST,ASHBY,00042,-50,42\n`)).toMatchObject([
    { ...oak, sourceId: '7', street: 'N OAK ST', city: 'ASHBY' },
  ]);
});

test.each([
  ['points-projected', 'feet.csv', 'number,street,lon,lat\n12,Oak St,761234.5,2956789.1\n'],
  ['points-projected', 'grid.geojson', feature({ number: '1', street: 'Oak' }, [235670, 900120])],
  ['points-no-columns', 'none.csv', 'a,b,lon,lat\n1,2,-50,42\n'],
])('%s: a list that cannot be used is refused with a sentence', async (code, name, text) => {
  const fault = await load(name, text).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(ProblemError);
  expect((fault as ProblemError).problem.code).toBe(code);
});

test('the flats of one building share its point; what stands apart keeps its unit', async () => {
  const csv = `number,street,unit,zip,lon,lat,hash
1,Oak St,1,00042,-50,42,a
1,Oak St,2,00042,-50,42,b
2,Oak St,LOT 1,00042,-50,42,c
2,Oak St,LOT 2,00042,-50.002,42,d
`;
  const points = nameLots(await load('units.csv', csv), []);
  expect(points.map(({ sourceId, unit }) => [sourceId, unit])).toEqual([
    ['a', ''],
    ['c', 'LOT 1'],
    ['d', 'LOT 2'],
  ]);
});
