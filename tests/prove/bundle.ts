import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';

export interface BundleWish {
  /** The tree that the sources lie in. */
  readonly root: string;
  /** By the name of what is made of them: `model` becomes `model.mjs`. */
  readonly entries: Readonly<Record<string, string>>;
  /** An empty folder, or one to be emptied, from which the packages that stay outside are found. */
  readonly out: string;
  /** What reads the sources otherwise than as they are. */
  readonly plugins?: readonly Plugin[];
}

/** What is compiled for a machine, reads files of its own, or is a tool and not under test. */
const OUTSIDE = [
  '@photostructure/sqlite',
  'pdfkit',
  'vite',
  '@playwright/test',
  'playwright',
  'playwright-core',
];

/** A source that looks for something beside itself finds it where it lay before. */
const ownPlace: Plugin = {
  name: 'own-place',
  enforce: 'pre',
  transform: {
    filter: { id: { exclude: /node_modules/ }, code: /import\.meta\.(url|dirname)/ },
    handler: (code, id) => ({
      code: code
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(id))),
      map: null,
    }),
  },
};

/**
 * Makes JavaScript of TypeScript once, for processes that are started again and again: to find,
 * read and compile hundreds of sources one by one takes each of them seconds of a processor.
 */
export async function bundle(wish: BundleWish): Promise<void> {
  const { root, entries, out, plugins = [] } = wish;
  const before = process.env['NODE_ENV'];
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [...plugins, ownPlace],
    ssr: { external: OUTSIDE, noExternal: true },
    build: {
      ssr: true,
      outDir: out,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      copyPublicDir: false,
      rollupOptions: {
        input: entries,
        output: {
          entryFileNames: '[name].mjs',
          chunkFileNames: 'shared/[name]-[hash].mjs',
          // The simulator's disk must be there before the server that is loaded onto it.
          strictExecutionOrder: true,
        },
      },
    },
  });
  // Vite says that all of this process is production now; whoever is started by it would believe so.
  if (before === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = before;
}
