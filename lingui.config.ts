import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** What only the desk says: phones do not download it (see client/ui/locale.ts). */
const desk = [
  'audit',
  'backups',
  'buildings',
  'chapter',
  'desk',
  'enter',
  'follow-ups',
  'held',
  'launch',
  'paper',
  'people',
  'petitions',
  'phones',
  'roll',
  'rules',
  'scripts',
  'share',
  'shifts',
  'tags',
  'turf',
  'turf-walk',
  'universe',
].map((feature) => `client/features/${feature}`);
/** What the desk and a phone after its first screen both say: in the words of each. */
const shared = ['client/ui/memory-words.ts'];
const deskWords = ['client/ui/terms-words.ts', 'client/ui/language-fields.tsx', ...shared];

/** What a phone says after its first screen: fetched behind it (see client/ui/door-words.ts). */
const doorFolders = [
  'join',
  'protect',
  ...[
    'building',
    'consent',
    'door',
    'map',
    'promise',
    'screen',
    'shift',
    'sign',
    'street',
    'talk',
  ].map((part) => `walk/${part}`),
].map((folder) => `client/features/${folder}`);

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [
    {
      path: '<rootDir>/client/locales/{locale}',
      include: ['client'],
      exclude: [
        '**/node_modules/**',
        ...[...desk, ...doorFolders].map((folder) => `${folder}/**`),
        ...deskWords,
      ],
    },
    { path: '<rootDir>/client/locales/door/door-{locale}', include: [...doorFolders, ...shared] },
    { path: '<rootDir>/client/locales/desk/desk-{locale}', include: [...desk, ...deskWords] },
  ],
  format: formatter({ lineNumbers: false }),
});
