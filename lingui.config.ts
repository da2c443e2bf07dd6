import { defineConfig } from '@lingui/cli';
import { formatter } from '@lingui/format-po';

export default defineConfig({
  sourceLocale: 'en',
  locales: ['en', 'es'],
  catalogs: [{ path: '<rootDir>/client/locales/{locale}', include: ['client'] }],
  format: formatter({ lineNumbers: false }),
});
