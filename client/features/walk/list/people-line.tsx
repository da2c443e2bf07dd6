import { memo } from 'react';
import { Plural, Trans } from '@lingui/react/macro';
import { IconStarFilled } from '@tabler/icons-react';
import type { Person } from '#shared/model/person.ts';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { isTarget } from '../door/sort-people.ts';

const SHOWN = 3;

type PeopleOfDoor = Pick<DoorRow, 'people' | 'gone' | 'refusing'>;

/** Who lives behind a door, small: whom we come for is marked, with age and party. */
export const PeopleLine = memo(function PeopleLine({ people, gone, refusing }: PeopleOfDoor) {
  const stars = ({ id, ...person }: Person): boolean =>
    isTarget(person) && !gone.has(id) && !refusing.has(id);
  if (people.length === 0) return null;
  const more = people.length - SHOWN;
  return (
    <span className="people-line">
      {people.slice(0, SHOWN).map((person) => (
        <span key={person.id} className={stars(person) ? 'person-target' : undefined}>
          <span className="person-whole">
            {stars(person) && <IconStarFilled size={11} aria-hidden />}
            {fullName(person)}
          </span>
          <PersonHint person={person} refuses={refusing.has(person.id)} />
        </span>
      ))}
      {more > 0 && (
        <span>
          <Plural value={more} one="and # more" other="and # more" />
        </span>
      )}
    </span>
  );
});

export interface PersonHintProps {
  readonly person: Person;
  /** They said that nobody may come by. */
  readonly refuses?: boolean;
}

/** Age and party after a name, as far as the roll has them, and what they asked of us. */
export function PersonHint({ person, refuses = false }: PersonHintProps) {
  const parts = [person.age, person.party].filter((part) => part !== null && part !== '');
  return (
    <>
      {parts.length > 0 && ' '}
      {parts.length > 0 && <span className="person-hint">{parts.join(' · ')}</span>}
      {person.doNotContact && (
        <span className="person-stop">
          {' '}
          <Trans>do not contact</Trans>
        </span>
      )}
      {refuses && !person.doNotContact && (
        <span className="person-stop">
          {' '}
          <Trans>asked not to be visited</Trans>
        </span>
      )}
    </>
  );
}
