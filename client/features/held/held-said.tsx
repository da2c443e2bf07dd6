import { useLingui } from '@lingui/react/macro';
import type { ScriptVersion } from '#shared/model/script.ts';
import { GivenWords } from '../../ui/given-words.tsx';
import { resultWords } from '../../ui/result-words.ts';
import type { HeldWords } from './read-held.ts';

/** What kind of fact it is and what it came to, in a few words. */
export function useSayHeld(): (words: HeldWords | null) => string {
  const { t } = useLingui();
  return (words) => {
    switch (words?.type) {
      case 'knock':
        if (words.outcome === null) return t`A knock`;
        return words.outcome === 'contact' ? t`A conversation` : t(resultWords[words.outcome]);
      case 'note':
        return t`A note`;
      case 'lit-drop':
        return t`Leaflet left, no knock`;
      case 'resident':
        return words.name === null ? t`Somebody met here` : t`${words.name} met here`;
      case 'consent':
        return t`An answer about sharing`;
      case 'contact-consent':
        return t`An answer about getting in touch`;
      case 'correct':
        return t`Something put right`;
      case 'tag':
        return t`A tag`;
      case 'follow-up':
        return t`A promise`;
      case 'signature':
        return t`A signature`;
      case 'door':
        return t`A door found here`;
      case 'building':
        return t`Something about the building`;
      case 'turf-report':
        return t`How the turf was`;
      case 'sign-up':
        return t`A sign-up for a shift`;
      case 'withdraw':
        return t`Taking back something from before`;
      case null:
        return t`Something that this version does not know`;
      case undefined:
        return t`Something that cannot be read`;
    }
  };
}

export interface HeldSaidProps {
  readonly words: HeldWords;
  readonly scripts: readonly ScriptVersion[];
}

/** Answers and note, with the questions as the script of that day asked them. */
export function HeldSaid({ words, scripts }: HeldSaidProps) {
  const script = scripts.find(({ id }) => id === words.scriptVersionId) ?? null;
  if (words.answers.length === 0 && words.note === null) return null;
  return (
    <div className="held-said">
      {words.answers.length > 0 && (
        <ul role="list">
          {words.answers.map((answer) => (
            <li key={answer.id}>
              <GivenWords answer={answer} script={script} />
            </li>
          ))}
        </ul>
      )}
      {words.note !== null && <p className="held-note">{words.note}</p>}
    </div>
  );
}
