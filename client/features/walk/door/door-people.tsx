import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconBan,
  IconUserEdit,
  IconMessageCircle,
  IconStarFilled,
  IconTag,
} from '@tabler/icons-react';
import type { Person } from '#shared/model/person.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { joinClasses } from '../../../ui/join-classes.ts';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { PersonHint } from '../list/people-line.tsx';
import { PersonKnown } from './person-known.tsx';
import { isTarget } from './sort-people.ts';
import { useOriginal } from './use-original.ts';
import { usePersonTags } from './use-person-tags.ts';
import { useWalk } from '../walk-context.ts';
import { whyGone } from '../lock/why-gone.ts';

export interface DoorPeopleProps {
  readonly people: readonly Person[];
  readonly state: DoorRow;
  readonly stopped: boolean;
  readonly onTalk: (person: Person) => void;
  /** Shows what is known of one of them, to put it right. */
  readonly onAbout: (person: Person) => void;
}

/** Everyone behind a door, whom we came for first; a tap starts the conversation. */
export function DoorPeople({ people, state, stopped, onTalk, onAbout }: DoorPeopleProps) {
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
        const words = <PersonWords person={person} row={state} />;
        const name = fullName(person);
        return (
          <li key={person.id} className="person-line">
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
            <IconButton
              icon={<IconUserEdit size={22} aria-hidden />}
              label={t`Tags and corrections: ${name}`}
              onClick={() => onAbout(person)}
            />
          </li>
        );
      })}
    </ul>
  );
}

function PersonWords({ person, row }: { readonly person: Person; readonly row: DoorRow }) {
  const { stateOf } = useWalk();
  const original = useOriginal(row, person);
  const tags = usePersonTags(row.door.id)?.(person.id) ?? [];
  const name = fullName(person);
  const before =
    original === null
      ? name
      : fullName({ firstName: original.firstName ?? '', lastName: original.lastName ?? '' });
  const why = whyGone(stateOf(row.door.id), person);
  const gone = why !== null;
  return (
    <span className={joinClasses('grow person-words', gone && 'person-gone')}>
      <span className="person-name">
        {name}
        {before !== name && (
          <s className="quiet small">
            <span className="for-readers">
              <Trans>So far:</Trans>{' '}
            </span>
            {before}
          </s>
        )}
        {isTarget(person) && !gone && !row.refusing.has(person.id) && (
          <span className="person-mark">
            <IconStarFilled size={14} aria-hidden />
            <Trans>on the list</Trans>
          </span>
        )}
        {gone && (
          <span className="quiet small">
            {why === 'moved' ? <Trans>moved away</Trans> : <Trans>deceased</Trans>}
          </span>
        )}
        {person.kind === 'resident' && (
          <span className="quiet small">
            <Trans>met at the door</Trans>
          </span>
        )}
      </span>
      <span className="small">
        <PersonHint person={person} refuses={row.refusing.has(person.id)} />
      </span>
      <PersonKnown doorId={row.door.id} personId={person.id} />
      {tags.length > 0 && (
        <span className="person-tags small">
          <IconTag size={14} aria-hidden />
          {tags.map(({ name: tag }) => tag).join(', ')}
        </span>
      )}
    </span>
  );
}
