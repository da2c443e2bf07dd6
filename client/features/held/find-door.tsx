import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { FoundDoor } from '#shared/sync/phones.ts';
import { useFindDoors } from '../../api/use-find-doors.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ShowData } from '../../ui/show-data.tsx';

export interface FindDoorProps {
  readonly busy: boolean;
  readonly onChoose: (door: FoundDoor) => void;
  readonly onCancel: () => void;
}

/** Finds the door that was meant by its address. */
export function FindDoor({ busy, onChoose, onCancel }: FindDoorProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const { asked, found } = useFindDoors(typed);
  return (
    <div className="stack held-panel">
      <TextField
        label={t`Which door was it?`}
        hint={t`The number and the beginning of the street, such as 12 Alder`}
        value={typed}
        autoFocus
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      {asked && (
        <ShowData from={found} lines={2}>
          {(doors) =>
            doors.length === 0 ? (
              <p role="status">
                <Trans>No door of the chapter begins like that.</Trans>
              </p>
            ) : (
              <ul role="list" className="held-doors" aria-label={t`Doors found`}>
                {doors.map((door) => (
                  <li key={door.id}>
                    <Button busy={busy} onClick={() => onChoose(door)}>
                      {door.label}
                      {door.turfName !== null && (
                        <span className="small quiet"> · {door.turfName}</span>
                      )}
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </ShowData>
      )}
      <div className="row">
        <Button variant="quiet" onClick={onCancel}>{t`Cancel`}</Button>
      </div>
    </div>
  );
}
