import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Promised } from '#shared/canvass/follow-ups.ts';
import { Button } from '../../../ui/button.tsx';
import { addressLine, fullName } from '../address-words.ts';
import { useSaveGuard } from '../save-guard.tsx';
import { standOfPromise } from './stand-of-promise.ts';
import { usePromiseWords } from './use-promise-words.ts';
import { useWalk } from '../walk-context.ts';
import '../talk/ask-more.css';

export interface PromiseListProps {
  readonly promises: readonly Promised[];
  /** Says to whom and where, with a way there. */
  readonly withPlace?: boolean;
}

/** Promises with who keeps them by when; one that was kept can be said so here. */
export function PromiseList({ promises, withPlace = false }: PromiseListProps) {
  const { t } = useLingui();
  const { sheet, rowOf } = useWalk();
  const { saveWithUndo } = useSaveGuard();
  const { today, sayBy, sayWho } = usePromiseWords();
  const [busy, setBusy] = useState<string | null>(null);

  const keep = async ({ opId, doorId, personId, text, whoId, by }: Promised): Promise<void> => {
    setBusy(opId);
    const street = rowOf(doorId)?.building;
    const where = street === undefined ? '' : `${street.number} ${street.street}`;
    const payload = { doorId, personId, text, whoId, by, keeps: opId };
    const what = t`Promise kept: ${text}`;
    await saveWithUndo({ type: 'follow-up', payload }, { where, what }, t`Saved: ${what}`);
    setBusy(null);
  };

  return (
    <ul role="list" className="promise-list">
      {promises.map((promised) => {
        const { whoId, by, end } = standOfPromise(promised, sheet);
        const late = end === null && by !== null && by < today;
        return (
          <li key={promised.opId} className={end === null ? undefined : 'promise-ended'}>
            <span className="grow">
              <span className="promise-text">{promised.text}</span>
              <span className="small quiet">
                {withPlace && <PromisePlace promised={promised} />}
                {sayWho(whoId)}
                {by !== null && <> · {sayBy(by)}</>}
                {late && (
                  <b className="promise-late">
                    {' '}
                    <Trans>overdue</Trans>
                  </b>
                )}
              </span>
            </span>
            {end === null ? (
              <Button
                icon={<IconCheck size={20} aria-hidden />}
                busy={busy === promised.opId}
                aria-label={t`Kept: ${promised.text}`}
                onClick={() => void keep(promised)}
              >
                <Trans>Kept</Trans>
              </Button>
            ) : (
              <span className="small quiet">
                {end === 'kept' ? <Trans>kept</Trans> : <Trans>cannot be kept</Trans>}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** To whom something was promised, and the door. */
function PromisePlace({ promised: { doorId, personId } }: { readonly promised: Promised }) {
  const row = useWalk().rowOf(doorId);
  if (row === null) return null;
  const person = row.people.find(({ id }) => id === personId);
  return (
    <>
      <Link href={`/walk/door/${doorId}`}>
        {person !== undefined && <>{fullName(person)}, </>}
        <bdi>{addressLine(row.building, row.door.unit)}</bdi>
      </Link>
      {' · '}
    </>
  );
}
