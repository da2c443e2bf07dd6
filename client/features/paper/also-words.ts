import { useLingui } from '@lingui/react/macro';
import type { EnteredAlso, PaperSheet } from '#shared/model/paper.ts';
import { useAskedNames } from './asked-names.ts';

/** What a line says that is no knock and no note, in words. */
export function useAlsoWords({
  tags,
  walkers,
}: Pick<PaperSheet, 'tags' | 'walkers'>): (also: EnteredAlso) => string {
  const { t } = useLingui();
  const names = useAskedNames();
  return (also) => {
    switch (also.type) {
      case 'resident': {
        const name = `${also.firstName} ${also.lastName}`.trim();
        return t`New here: ${name}`;
      }
      case 'lit-drop':
        return t`Leaflet left`;
      case 'door':
        return t`Door found: ${also.unit}`;
      case 'tag': {
        const name = tags.find(({ id }) => id === also.tag)?.name ?? '';
        return also.on ? t`Tag: ${name}` : t`Tag taken off: ${name}`;
      }
      case 'follow-up': {
        const { text, whoId, by } = also;
        const who = walkers.find(({ id }) => id === whoId)?.name ?? t`the chapter decides who`;
        return by === null ? t`Promise: ${text} (${who})` : t`Promise: ${text} (${who}, by ${by})`;
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
