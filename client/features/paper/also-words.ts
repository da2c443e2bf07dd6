import { useLingui } from '@lingui/react/macro';
import type { EnteredAlso } from '#shared/model/paper.ts';
import { useAskedNames } from './asked-names.ts';

/** What a line says that is no knock and no note, in words. */
export function useAlsoWords(): (also: EnteredAlso) => string {
  const { t } = useLingui();
  const names = useAskedNames();
  return (also) => {
    switch (also.type) {
      case 'resident': {
        const name = `${also.firstName} ${also.lastName}`.trim();
        return t`New here: ${name}`;
      }
      case 'consent':
      case 'contact-consent': {
        const name = names[also.type === 'consent' ? also.recipients : also.channel];
        return also.given ? t`We may ${name}` : t`We may not ${name}`;
      }
      case 'correct': {
        const said = also.value === '' ? t`none` : also.value;
        const fields = {
          firstName: t`First name put right: ${said}`,
          lastName: t`Last name put right: ${said}`,
          phone: t`Telephone put right: ${said}`,
          email: t`E-mail put right: ${said}`,
        };
        return fields[also.field];
      }
    }
  };
}
