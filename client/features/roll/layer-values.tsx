import type { CSSProperties } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { LayerColumn } from '#shared/model/layer.ts';
import { useFormat } from '../../api/use-format.ts';
import { KIND_WORDS } from './layer-words.ts';

/** Words that are shown; the rest is a number. */
const SHOWN = 6;

/** What a column of a layer holds: a small histogram, or its words with how many people. */
export function LayerValues({ column }: { readonly column: LayerColumn }) {
  const { t } = useLingui();
  const format = useFormat();
  const { name, kind, given, odd, range, words } = column;
  const most = Math.max(1, ...(range?.bins ?? []));
  return (
    <section className="layer-column">
      <h4>
        {name === '' ? <Trans>In the file</Trans> : name}{' '}
        <span className="small quiet">{t(KIND_WORDS[kind])}</span>
      </h4>
      <p className="small">
        <Plural value={given} one="# person" other="# people" />
        {odd > 0 && (
          <>
            {', '}
            <Plural
              value={odd}
              one="# cell left out that does not fit"
              other="# cells left out that do not fit"
            />
          </>
        )}
      </p>
      {range !== null && (
        <figure className="layer-histogram">
          <div aria-hidden>
            {range.bins.map((people, at) => (
              <span key={at} style={{ '--part': people / most } as CSSProperties} />
            ))}
          </div>
          <figcaption className="small quiet">
            <span>{format.number(range.least)}</span>
            <span>{format.number(range.most)}</span>
          </figcaption>
        </figure>
      )}
      {words.length > 0 && (
        <ul role="list" className="layer-words small">
          {words.slice(0, SHOWN).map(({ value, people }) => (
            <li key={value}>
              <span className="layer-word-bar" aria-hidden>
                <span style={{ '--part': people / Math.max(1, given) } as CSSProperties} />
              </span>
              <span className="layer-word">
                {kind === 'yes-no' ? (
                  value === 'yes' ? (
                    <Trans>yes</Trans>
                  ) : (
                    <Trans>no</Trans>
                  )
                ) : (
                  value
                )}
              </span>
              <span className="quiet">{format.number(people)}</span>
            </li>
          ))}
          {words.length > SHOWN && (
            <li className="quiet">
              <Plural value={words.length - SHOWN} one="and # more word" other="and # more words" />
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
