import { readFileSync } from 'node:fs';
import { transformAsync } from '@babel/core';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { gatherParts, isFirst } from './client-parts.ts';
import { numberWords } from './number-words.ts';
import { openDirectly } from './open-directly.ts';

/** Turns Lingui's macros into calls; plugin-react no longer runs Babel for us. */
export function linguiMacros(): Plugin {
  return {
    name: 'lingui-macros',
    enforce: 'pre',
    transform: {
      filter: { id: { exclude: /node_modules/ }, code: /@lingui\/(core|react)\/macro/ },
      async handler(code, filename) {
        const done = await transformAsync(code, {
          filename,
          configFile: false,
          babelrc: false,
          sourceMaps: true,
          parserOpts: { plugins: ['jsx', 'typescript'] },
          plugins: ['@lingui/babel-plugin-lingui-macro'],
        });
        return done?.code == null ? null : { code: done.code, map: done.map ?? null };
      },
    },
  };
}

/**
 * The first Intl.NumberFormat of a process takes Chromium 24 ms of the processor, six times that on a
 * slow phone, and Lingui makes one for every plural. Whole numbers below a thousand look the same without.
 */
function plainNumbers(): Plugin {
  const made = 'const valueStr = number(locales, value, numberFormat);';
  const plain = made.replace(
    '= ',
    '= value >= 0 && value < 1000 && Number.isInteger(value) ? String(value) : ',
  );
  return {
    name: 'plain-numbers',
    apply: 'build',
    transform: {
      filter: { id: /@lingui\/core\/dist\/index\.mjs$/ },
      handler(code) {
        if (!code.includes(made))
          throw new Error('Lingui says the numbers of plurals in another way.');
        return { code: code.replace(made, plain), map: null };
      },
    },
  };
}

/** Where the desk begins: what lies behind these alone, a canvasser's phone never downloads. */
const DESK_ENTRIES =
  /^(features\/(desk\/desk|enter\/enter)\.tsx|map\/(draw-outline|pin-marker)\.ts|locales\/desk\/|\.\.\/shared\/kernel\/problem\.ts)/;
const DESK_WORKERS = '**/assets/{cut-doors,inspect-roll}-*';

interface BuiltPart {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

/** Of the built app, what a phone keeps for walks without a signal: all but what only the desk reaches. */
function keepForPhone<T extends { readonly url: string }>(entries: T[]): { manifest: T[] } {
  const built = JSON.parse(readFileSync('dist/client/.vite/manifest.json', 'utf8')) as Record<
    string,
    BuiltPart
  >;
  const filesOf = ({ file, css = [] }: BuiltPart): string[] => [file, ...css];
  const seen = new Set<string>();
  const reached = new Set<string>();
  const visit = (name: string): void => {
    const part = built[name];
    if (part === undefined || seen.has(name) || DESK_ENTRIES.test(name)) return;
    seen.add(name);
    for (const file of filesOf(part)) reached.add(file);
    for (const next of [...(part.imports ?? []), ...(part.dynamicImports ?? [])]) visit(next);
  };
  visit('index.html');
  const parts = new Set(Object.values(built).flatMap(filesOf));
  return { manifest: entries.filter(({ url }) => !parts.has(url) || reached.has(url)) };
}

const parts = gatherParts();

const client: UserConfig = {
  root: 'client',
  publicDir: 'public',
  // As browsers of today run it; the package's own entry is the one for those of ten years ago.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // What older phones have; light-dark() gets a fallback there.
    cssTarget: ['chrome111', 'safari16.4', 'firefox115'],
    manifest: true,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // All that runs before the first screen is one file, read at one go.
            { name: 'first', tags: ['$initial'], test: (id) => !isFirst(id), priority: 1 },
            { name: parts.nameOf, includeDependenciesRecursively: false },
          ],
        },
      },
    },
  },
  server: { proxy: { '/v1': { target: `http://127.0.0.1:${process.env.PORT ?? '8080'}` } } },
  plugins: [
    linguiMacros(),
    numberWords(),
    plainNumbers(),
    parts.plugin,
    openDirectly(),
    react(),
    lingui(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'worker',
      filename: 'sw.ts',
      registerType: 'prompt',
      // The system keeps the signs of an installed app by itself.
      includeManifestIcons: false,
      injectRegister: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,woff2}', 'icon-48.png'],
        globIgnores: [DESK_WORKERS],
        manifestTransforms: [keepForPhone],
        maximumFileSizeToCacheInBytes: 3e6,
      },
      manifest: {
        name: 'Homeground',
        short_name: 'Homeground',
        description: 'Your chapter’s own canvass: works with no signal.',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#fbfaf7',
        theme_color: '#0b5d63',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
          { src: '/icon-maskable.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
          { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: '/icon-maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
      },
      devOptions: { enabled: false },
    }),
  ],
};

/**
 * The server and its workers with their packages, one file an entry: reading these one by one took
 * more of a start than anything else. What is compiled for a machine stays where it is, and so does what
 * prints: it reads files of its own, and only once somebody asks for paper.
 */
const server: UserConfig = {
  ssr: { noExternal: true, external: ['@photostructure/sqlite', 'pdfkit'] },
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    copyPublicDir: false,
    rollupOptions: {
      input: {
        cli: 'server/cli/main.ts',
        'import-worker': 'server/roll/import-worker.ts',
        'duplicates-worker': 'server/roll/duplicates-worker.ts',
        'backup-worker': 'server/backup/backup-worker.ts',
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // Half of the bytes to read at a start; the names stay, for whoever reads a stack.
        minify: { compress: true, mangle: false },
      },
    },
  },
};

export default defineConfig(({ mode }) => (mode === 'server' ? server : client));
