import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconMessageCircle } from '@tabler/icons-react';
import type { Person } from '#shared/model/person.ts';
import { Button } from '../../../ui/button.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { PersonHint } from '../list/people-line.tsx';
import { PersonKnown } from './person-known.tsx';
import { PersonTags } from './person-tags.tsx';
import { PutRight } from './put-right.tsx';

export interface PersonSheetProps {
  readonly row: DoorRow;
  readonly person: Person;
  /** The address. */
  readonly where: string;
  readonly onClose: () => void;
  /** Left out: nobody may talk with them. */
  readonly onTalk?: (() => void) | undefined;
}

/** One person: what we know, their tags, and what of it is wrong. */
export function PersonSheet({ row, person, where, onClose, onTalk }: PersonSheetProps) {
  // Whoever goes on to the talk would lose what is typed and not saved.
  const [changed, setChanged] = useState(false);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={fullName(person)}
      description={
        <>
          <PersonHint person={person} /> <PersonKnown doorId={row.door.id} personId={person.id} />
        </>
      }
      footer={
        onTalk &&
        !changed && (
          <Button
            size="large"
            wide
            icon={<IconMessageCircle size={20} aria-hidden />}
            onClick={onTalk}
          >
            <Trans>Talk</Trans>
          </Button>
        )
      }
    >
      <div className="stack">
        <PersonTags row={row} person={person} where={where} />
        <section className="stack" aria-labelledby="put-right">
          <h3 id="put-right">
            <Trans>Put right</Trans>
          </h3>
          <PutRight
            row={row}
            person={person}
            where={where}
            onChanged={setChanged}
            onSaved={onClose}
          />
        </section>
      </div>
    </Sheet>
  );
}
