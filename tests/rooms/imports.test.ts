import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Who may import whom: the first rule whose room matches a file counts. */
const RULES: { room: RegExp; may: RegExp[] }[] = [
  { room: /^shared\/kernel\//, may: [/^shared\/kernel\//] },
  { room: /^shared\/model\//, may: [/^shared\/(kernel|model)\//, /^typebox$/] },
  { room: /^shared\/sync\//, may: [/^shared\/(kernel|model|merge|sync)\//, /^typebox/] },
  { room: /^shared\/walk\//, may: [/^shared\/(kernel|model|streets|walk)\//] },
  {
    room: /^shared\/turf\//,
    may: [/^shared\/(kernel|model|streets|walk|turf)\//, /^@turf\//],
  },
  { room: /^shared\/script\//, may: [/^shared\/(kernel|model|canvass|script)\//] },
  ...['merge', 'roll', 'streets', 'canvass', 'research', 'privacy', 'paper'].map((room) => ({
    room: new RegExp(`^shared/${room}/`),
    may: [new RegExp(`^shared/(kernel|model|${room})/`)],
  })),
  { room: /^client\/lock\//, may: [/^shared\//, /^client\/lock\//, /^dexie/] },
  { room: /^client\/store\//, may: [/^shared\//, /^client\/(lock|store)\//, /^dexie/] },
  { room: /^client\/sync\//, may: [/^shared\//, /^client\/(lock|store|sync)\//] },
  {
    room: /^client\/ui\//,
    may: [/^shared\//, /^client\/(ui|locales)\//, /^(react|@lingui|@tabler|uqr|wouter)/],
  },
  {
    room: /^client\/map\//,
    may: [
      /^shared\//,
      /^client\/(map|ui)\//,
      /^(react|leaflet|terra-draw|geojson-vt|flatbush|geojson|@lingui|@tabler)/,
    ],
  },
  {
    room: /^client\/api\//,
    may: [/^shared\//, /^client\/api\//, /^(react|@lingui|@simplewebauthn\/browser)/],
  },
  { room: /^fixtures\//, may: [/^shared\//, /^fixtures\//, /^node:/] },
  {
    room: /^server\/routes\//,
    may: [
      /^shared\//,
      /^server\/(routes|plugins|sync|roll|turf|export|chapter|audit|share|privacy|passkeys|invites|backup|archive|paper)\//,
      /^(fastify|@fastify|typebox|node:)/,
    ],
  },
  {
    room: /^server\/passkeys\//,
    may: [
      /^shared\//,
      /^server\/(store|chapter|audit|passkeys)\//,
      /^(node:|kysely|typebox|@simplewebauthn\/server)/,
    ],
  },
  {
    room: /^server\/paper\//,
    may: [
      /^shared\//,
      /^server\/(store|sync|turf|export|chapter|audit|paper)\//,
      /^(node:|kysely|pdfkit$|uqr$)/,
    ],
  },
  {
    room: /^server\/place\//,
    may: [/^shared\//, /^server\/place\//, /^(node:|pmtiles$|pbf$|@mapbox\/vector-tile$)/],
  },
  {
    room: /^server\/(sync|roll|turf|export|chapter|audit|share|privacy|invites|backup|archive)\//,
    may: [
      /^shared\//,
      /^fixtures\//,
      /^server\/(store|sync|roll|turf|export|chapter|audit|share|privacy|invites|backup|archive|place)\//,
      /^(node:|kysely|typebox|age-encryption$)/,
    ],
  },
  {
    room: /^server\/store\//,
    may: [
      /^shared\//,
      /^server\/store\//,
      /^(node:|kysely|pg$|pg-cursor$|@photostructure\/sqlite)/,
    ],
  },
];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) ? [path] : [];
  });
}

/** Everything a file imports, our own files as paths from the root, packages by their names. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:(?:import|export)\b[^'"`;=]*?\bfrom\s*|import\s*)['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  );
  return [...found].map(([, fixed, lazy]) => {
    const specifier = fixed ?? lazy ?? '';
    if (specifier.startsWith('#shared/')) return specifier.slice(1);
    if (!specifier.startsWith('.')) return specifier;
    return relative(root, resolve(root, dirname(file), specifier));
  });
}

const files = ['shared', 'client', 'server', 'fixtures'].flatMap(sources);
const featureOf = (path: string): string | undefined =>
  /^client\/features\/([^/]+)\//.exec(path)?.[1];

test('each room imports only what the house allows', () => {
  const always = /^(server\/(ports|start-thread)\.ts|package\.json)$/;
  const broken = files.flatMap((file) => {
    const rule = RULES.find(({ room }) => room.test(file));
    if (rule === undefined) return [];
    return importsOf(file)
      .filter((target) => !always.test(target) && !rule.may.some((allowed) => allowed.test(target)))
      .map((target) => `${file} imports ${target}`);
  });
  expect(broken).toEqual([]);
  expect(files.length).toBeGreaterThan(50);
});

test('no feature imports another feature, a socket, a database or Leaflet', () => {
  const broken = files.flatMap((file) => {
    const feature = featureOf(file);
    if (feature === undefined) return [];
    const bad = importsOf(file).filter((target) => {
      const other = featureOf(target);
      // The desk is the frame around the other features: it may name them, lazily.
      if (other !== undefined && other !== feature) return feature !== 'desk';
      return /^(dexie|leaflet|terra-draw)/.test(target);
    });
    const fetches = /\bfetch\(/.test(readFileSync(join(root, file), 'utf8')) ? ['fetch'] : [];
    return [...bad, ...fetches].map((target) => `${file} imports ${target}`);
  });
  expect(broken).toEqual([]);
});

test('shared/ knows no clock, no chance and no machine', () => {
  const forbidden =
    /\bDate\.now\(|\bMath\.random\(|\bnew Date\(\)|\bsetTimeout\(|\bconsole\.|\bprocess\./;
  const broken = files.filter(
    (file) => file.startsWith('shared/') && forbidden.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(broken).toEqual([]);
});

test('a phone never downloads TypeBox: client files import schemas as types only', () => {
  const withSchemas = new Set(files.filter((file) => importsOf(file).includes('typebox')));
  const broken = files
    .filter((file) => file.startsWith('client/'))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const values = text.matchAll(
        /(?:^|\n)import (?!type\b)([^'"`;]*?)from ['"](#shared\/[^'"]+)['"]/g,
      );
      return [...values]
        .filter(([, names = '', path = '']) => {
          const onlyTypes = names.split(/[{},]/).every((name) => /^\s*(type\s.*)?$/.test(name));
          return withSchemas.has(path.slice(1)) && !onlyTypes;
        })
        .map(([, , path]) => `${file} imports ${path}`);
    });
  expect(broken).toEqual([]);
});

test('every import of our own names a file that is there', () => {
  const broken = files.flatMap((file) =>
    importsOf(file)
      .filter(
        (target) => /^(shared|client|server|fixtures)\//.test(target) && /\.tsx?$/.test(target),
      )
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${file} imports ${target}`),
  );
  expect(broken).toEqual([]);
});

test('rows are read one by one through eachRow alone, which keeps their statement alive', () => {
  const direct = sources('server').filter(
    (path) =>
      !/each-row\.ts$|\.test\.ts$/.test(path) &&
      /\.iterate\(/.test(readFileSync(join(root, path), 'utf8')),
  );
  expect(direct).toEqual([]);
});
