import type { CSSProperties } from 'react';
import { useLingui } from '@lingui/react/macro';
import { SUPPORT_LEVELS, supportWords } from './support-words.ts';

export interface SupportBarProps {
  /** How many people gave each level, 1 to 5 at indexes 0 to 4. */
  readonly support: readonly number[];
}

/** How support is spread, one piece a level with its count; nothing when nobody was asked. */
export function SupportBar({ support }: SupportBarProps) {
  const { t } = useLingui();
  const given = SUPPORT_LEVELS.filter((level) => (support[level - 1] ?? 0) > 0);
  return (
    <>
      <ul className="support-bar" role="list" aria-label={t`Support`}>
        {given.map((level) => {
          const count = support[level - 1] ?? 0;
          const words = t(supportWords[level]);
          const style = { '--share': count } as CSSProperties;
          return (
            <li
              key={level}
              className={`support-${level}`}
              style={style}
              title={`${level} ${words}`}
            >
              <span className="for-readers">{`${level} ${words}: `}</span>
              {count}
            </li>
          );
        })}
      </ul>
      {/* A count alone would be taken for a level. */}
      <p className="support-key small quiet" aria-hidden>
        {given.map((level) => (
          <span key={level}>
            <i className={`support-${level}`} />
            {`${level} ${t(supportWords[level])}`}
          </span>
        ))}
      </p>
    </>
  );
}
