import { Trans, useLingui } from '@lingui/react/macro';
import { IconBan, IconMessageCircle, IconStarFilled } from '@tabler/icons-react';
import type { Person } from '#shared/model/person.ts';
import { fullName } from './address-words.ts';
import { PersonHint } from './people-line.tsx';
import { isTarget } from './sort-people.ts';
import { PersonKnown } from './person-known.tsx';
import type { DoorRow } from './door-row.ts';

export interface DoorPeopleProps {
  readonly people: readonly Person[];
  readonly state: DoorRow;
  readonly stopped: boolean;
  readonly onTalk: (person: Person) => void;
}

/** Everyone behind a door, whom we came for first; a tap starts the conversation. */
export function DoorPeople({ people, state, stopped, onTalk }: DoorPeopleProps) {
  const { t } = useLingui();
  if (people.length === 0) {
    return (
      <p className="quiet">
        <Trans>The roll names nobody here.</Trans>
      </p>
    );
  }
  return (
    <ul className="door-people" role="list">
      {people.map((person) => {
        const shut = stopped || person.doNotContact;
        const words = (
          <span className="grow person-words">
            <span className="person-name">
              {fullName(person)}
              {isTarget(person) && (
                <span className="person-mark">
                  <IconStarFilled size={14} aria-hidden />
                  <Trans>on the list</Trans>
                </span>
              )}
              {person.kind === 'resident' && (
                <span className="quiet small">
                  <Trans>met at the door</Trans>
                </span>
              )}
            </span>
            <span className="small">
              <PersonHint person={person} />
            </span>
            <PersonKnown doorId={state.door.id} personId={person.id} />
          </span>
        );
        return (
          <li key={person.id}>
            {shut ? (
              <div className="person person-shut">
                {words}
                <IconBan size={22} aria-label={t`Do not contact`} />
              </div>
            ) : (
              <button type="button" className="person" onClick={() => onTalk(person)}>
                {words}
                <span className="person-talk">
                  <IconMessageCircle size={22} aria-hidden />
                  <Trans>Talk</Trans>
                </span>
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
