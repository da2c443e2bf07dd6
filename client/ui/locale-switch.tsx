import { useLingui } from '@lingui/react/macro';
import { activateLocale, chooseLocale, LOCALE_NAMES, LOCALES } from './locale.ts';
import { Segmented } from './segmented.tsx';
import { showToast } from './toast.tsx';

/** English or Spanish, each under its own name. */
export function LocaleSwitch() {
  const { t, i18n } = useLingui();
  const change = (locale: (typeof LOCALES)[number]): void => {
    activateLocale(locale, true).catch(() => {
      const language = LOCALE_NAMES[locale];
      showToast({
        text: t`${language} is not on this device yet. Choose it again where there is a signal.`,
      });
    });
  };
  return (
    <Segmented
      label={t`Language`}
      options={LOCALES.map((value) => ({
        value,
        label: <span lang={value}>{LOCALE_NAMES[value]}</span>,
      }))}
      value={chooseLocale([i18n.locale])}
      onChange={change}
    />
  );
}
