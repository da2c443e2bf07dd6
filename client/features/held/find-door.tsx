import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { FoundDoor } from '#shared/sync/phones.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ShowData } from '../../ui/show-data.tsx';

/** A person types this fast: fewer questions than letters. */
const PAUSE_MS = 250;
const LEAST = 2;

export interface FindDoorProps {
  readonly busy: boolean;
  readonly onChoose: (door: FoundDoor) => void;
  readonly onCancel: () => void;
}

/** Finds the door that was meant by its address. */
export function FindDoor({ busy, onChoose, onCancel }: FindDoorProps) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const timer = window.setTimeout(() => setAsked(typed.trim()), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [typed]);
  const found = useApi<readonly FoundDoor[]>(
    asked.length < LEAST ? null : `/v1/doors?like=${encodeURIComponent(asked)}`,
  );
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
      {asked.length >= LEAST && (
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
