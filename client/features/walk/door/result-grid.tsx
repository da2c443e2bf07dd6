import { Fragment, type ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { DOOR_RESULTS, type ResultCode } from '#shared/model/results.ts';
import { joinClasses } from '../../../ui/join-classes.ts';
import { ResultIcon } from './result-icon.tsx';
import { resultWords } from '../../../ui/result-words.ts';

export interface ResultGridProps {
  /** The one that is being written right now. */
  readonly busy: string | null;
  /** Only these make sense here; all when not given. */
  readonly only?: readonly ResultCode[] | undefined;
  readonly onPick: (result: ResultCode) => void;
  /** Another way to say not home, under it. */
  readonly underFirst?: ReactNode;
}

/** Why there was no conversation: each result as a picture with its word. */
export function ResultGrid({ busy, only, onPick, underFirst }: ResultGridProps) {
  const { t } = useLingui();
  return (
    <ul className="result-grid" role="list">
      {DOOR_RESULTS.filter((result) => only === undefined || only.includes(result)).map(
        (result) => (
          <Fragment key={result}>
            <li className={result === 'not-home' ? 'result-first' : undefined}>
              <button
                type="button"
                className={joinClasses('result', `result-${result}`)}
                aria-busy={busy === result ? true : undefined}
                aria-disabled={busy !== null ? true : undefined}
                onClick={() => {
                  if (busy === null) onPick(result);
                }}
              >
                <ResultIcon what={result} />
                <span>{t(resultWords[result])}</span>
              </button>
            </li>
            {result === 'not-home' && underFirst && <li className="result-first">{underFirst}</li>}
          </Fragment>
        ),
      )}
    </ul>
  );
}
