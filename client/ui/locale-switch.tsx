import { useLingui } from '@lingui/react/macro';
import { activateLocale, chooseLocale, LOCALE_NAMES, LOCALES } from './locale.ts';
import { Segmented } from './segmented.tsx';

/** English or Spanish, each under its own name. */
export function LocaleSwitch() {
  const { t, i18n } = useLingui();
  return (
    <Segmented
      label={t`Language`}
      options={LOCALES.map((value) => ({
        value,
        label: <span lang={value}>{LOCALE_NAMES[value]}</span>,
      }))}
      value={chooseLocale([i18n.locale])}
      onChange={(locale) => void activateLocale(locale, true)}
    />
  );
}
