import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** What only the desk says: phones do not download it (see client/ui/locale.ts). */
const desk = [
  'audit',
  'backups',
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
const deskWords = 'client/ui/terms-words.ts';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [
    {
      path: '<rootDir>/client/locales/{locale}',
      include: ['client'],
      exclude: ['**/node_modules/**', ...desk.map((folder) => `${folder}/**`), deskWords],
    },
    { path: '<rootDir>/client/locales/desk/desk-{locale}', include: [...desk, deskWords] },
  ],
  format: formatter({ lineNumbers: false }),
});
