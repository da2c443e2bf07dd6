import { useLingui } from '@lingui/react/macro';
import { languageName } from '../../../ui/language-name.ts';
import { fullName } from '../address-words.ts';
import { useComeBackWords } from './come-back-words.ts';
import type { DoorRow } from '../door-row.ts';
import type { HistoryEntry } from './history-of.ts';
import { resultWords } from '../../../ui/result-words.ts';
import { callWord } from '../street/call-words.ts';
import { useWalk } from '../walk-context.ts';

/** What one entry of a door's history says, in one line. */
export function useEntryWords({ op }: HistoryEntry, row: DoorRow): string {
  const { t, i18n } = useLingui();
  const { sheet } = useWalk();
  const comeBack = useComeBackWords();
  const nameOf = (id: string | null): string | null => {
    const person = id === null ? undefined : row.people.find((one) => one.id === id);
    return person ? fullName(person) : null;
  };
  switch (op.type) {
    case 'lit-drop':
      return t`Leaflet left, no knock`;
    case 'resident':
      return t`${fullName(op.payload)} met here`;
    case 'note': {
      const name = nameOf(op.payload.personId);
      return name === null ? t`Note` : t`Note about ${name}`;
    }
    case 'consent': {
      const name = nameOf(op.payload.personId) ?? t`Somebody`;
      return op.payload.given ? t`${name} agreed to sharing` : t`${name} did not agree to sharing`;
    }
    case 'contact-consent': {
      const name = nameOf(op.payload.personId) ?? t`Somebody`;
      const ways = {
        call: t`call`,
        text: t`text`,
        email: t`email`,
        mail: t`mail`,
        door: t`come by`,
      };
      const way = ways[op.payload.channel];
      return op.payload.given
        ? t`${name} may be contacted: ${way}`
        : t`${name} may not be contacted: ${way}`;
    }
    case 'correct': {
      const name = nameOf(op.payload.personId) ?? t`Somebody`;
      const said = op.payload.value === '' ? t`none` : op.payload.value;
      const fields = {
        firstName: t`First name of ${name}: ${said}`,
        lastName: t`Last name of ${name}: ${said}`,
        phone: t`Telephone of ${name}: ${said}`,
        email: t`E-mail of ${name}: ${said}`,
      };
      return fields[op.payload.field];
    }
    case 'tag': {
      const name = nameOf(op.payload.personId) ?? t`Somebody`;
      const tag = sheet.tags?.find(({ id }) => id === op.payload.tag)?.name ?? t`a tag`;
      return op.payload.on ? t`${name}: ${tag}` : t`${name}: no longer ${tag}`;
    }
    case 'follow-up':
      return op.payload.keeps === undefined
        ? t`Promised: ${op.payload.text}`
        : t`Promise kept: ${op.payload.text}`;
    case 'signature': {
      const name = nameOf(op.payload.personId) ?? t`Somebody`;
      return t`${name} signed`;
    }
    case 'door':
      return t`Door found: ${op.payload.unit}`;
    case 'building':
      return t`About the building: ${op.payload.text ?? '–'}`;
    case 'turf-report':
      return t`How the turf was`;
    case 'sign-up':
      return op.payload.coming ? t`Signed up for a shift` : t`Not coming to a shift`;
    case 'knock': {
      const { outcome, personId, by } = op.payload;
      const name = nameOf(personId);
      if (outcome.kind === 'contact') {
        const talked = name === null ? t`Talked with somebody` : t`Talked with ${name}`;
        return outcome.language === undefined
          ? talked
          : `${talked}, ${languageName(outcome.language, i18n.locale)}`;
      }
      const more =
        outcome.language !== undefined
          ? languageName(outcome.language, i18n.locale)
          : outcome.comeBack && comeBack(outcome.comeBack);
      const word = by === 'phone' ? callWord(outcome.result) : resultWords[outcome.result];
      const result = [t(word), more].filter(Boolean).join(', ');
      return name === null ? result : `${result}: ${name}`;
    }
  }
}
