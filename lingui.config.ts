import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

/** What only the desk says: phones do not download it (see client/ui/locale.ts). */
const desk = [
  'audit',
  'backups',
  'chapter',
  'desk',
  'enter',
  'held',
  'launch',
  'people',
  'phones',
  'roll',
  'rules',
  'scripts',
  'share',
  'turf',
  'universe',
].map((feature) => `client/features/${feature}`);

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [
    {
      path: '<rootDir>/client/locales/{locale}',
      include: ['client'],
      exclude: ['**/node_modules/**', ...desk.map((folder) => `${folder}/**`)],
    },
    { path: '<rootDir>/client/locales/desk/desk-{locale}', include: desk },
  ],
  format: formatter({ lineNumbers: false }),
});
