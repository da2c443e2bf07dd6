import type { ReactNode } from 'react';
import type { Person } from '#shared/model/person.ts';

export interface ScriptWordsProps {
  readonly label: ReactNode;
  readonly children: string;
  /** Fills `{name}` and `{first name}` in the text, where the script has them. */
  readonly person?: Person;
  /** Of the words; undefined where nobody said which. */
  readonly language?: string | undefined;
}

function fill(text: string, person: Person | undefined): string {
  if (person === undefined) return text;
  return text
    .replaceAll('{first name}', person.firstName)
    .replaceAll('{name}', `${person.firstName} ${person.lastName}`.trim());
}

/** What to say, to be read from the screen while standing at a door. */
export function ScriptWords({ label, children, person, language }: ScriptWordsProps) {
  return (
    <div className="script-words">
      <p className="small quiet">{label}</p>
      {fill(children, person)
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line, index) => (
          <p key={index} lang={language} dir="auto">
            {line}
          </p>
        ))}
    </div>
  );
}
