import { type ReactNode, useEffect, useRef } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconArrowsLeftRight } from '@tabler/icons-react';
import type { DuplicatePairShown, DuplicateSide } from '#shared/model/duplicates.ts';
import { useFormat } from '../../api/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import { useEvidenceWords } from './duplicate-words.ts';

export interface DuplicatePairProps {
  readonly pair: DuplicatePairShown;
  /** The one that the keys mean. */
  readonly current: boolean;
  readonly onCurrent: () => void;
  /** What can be done with it. */
  readonly children: ReactNode;
  /** Lets the other one be kept; left out where that is settled. */
  readonly onSwap?: () => void;
}

/** `tells`: another value speaks against one person. */
type Row = readonly [label: string, one: string, other: string, tells: boolean];

function useRows({ keep, lose }: DuplicatePairShown): readonly Row[] {
  const { t } = useLingui();
  const name = (one: DuplicateSide): string =>
    [one.firstName, one.middleName, one.lastName, one.nameSuffix]
      .filter((part) => part !== '')
      .join(' ');
  const born = ({ birthYear, age }: DuplicateSide): string =>
    birthYear !== null ? String(birthYear) : age !== null ? t`aged ${age}` : '';
  const of = (label: string, read: (one: DuplicateSide) => string | null, tells = true): Row => [
    label,
    read(keep) ?? '',
    read(lose) ?? '',
    tells,
  ];
  const rows = [
    of(t`Name`, name),
    of(t`Born`, born),
    of(t`Sex`, ({ sex }) => sex),
    of(t`Address`, ({ address }) => address),
    of(t`Phone`, ({ phone }) => phone),
    of(t`E-mail`, ({ email }) => email),
    of(t`Party`, ({ party }) => party),
    of(t`Registered`, ({ registeredOn }) => registeredOn),
    of(t`Status`, ({ status }) => status),
    of(t`Number in the roll`, ({ voterId }) => voterId, false),
    of(t`Elections voted in`, ({ votes }) => String(votes), false),
    of(t`Facts from doors`, ({ facts }) => String(facts), false),
  ];
  return rows.filter(([, one, other]) => one !== '' || other !== '');
}

/** Two records side by side, what differs marked, with why they may be one person. */
export function DuplicatePair(props: DuplicatePairProps) {
  const { pair, current, onCurrent, children, onSwap } = props;
  const { t } = useLingui();
  const format = useFormat();
  const words = useEvidenceWords();
  const rows = useRows(pair);
  const card = useRef<HTMLElement>(null);
  const before = useRef(current);
  useEffect(() => {
    // Whoever opens the page stays at its top; whoever goes from pair to pair sees each whole.
    if (current && !before.current) card.current?.scrollIntoView({ block: 'nearest' });
    before.current = current;
  }, [current]);
  const { keep, lose, score, evidence, decided } = pair;
  const said = evidence === null ? null : words(evidence);
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return (
    <article
      ref={card}
      className="panel duplicate"
      aria-current={current}
      onPointerDown={onCurrent}
      onFocusCapture={onCurrent}
    >
      <header className="row row-apart">
        <p>
          {score !== null && (
            <>
              <strong className="number">{format.percent(Math.floor(score * 100) / 100)}</strong>{' '}
              <span className="quiet">
                <Trans>likely one person</Trans>
              </span>
            </>
          )}
          {decided !== null && (
            <span className="quiet small">
              {' '}
              {decided.how === 'rule' ? (
                <Trans>by a rule, {format.moment(decided.at)}</Trans>
              ) : (
                <Trans>
                  {decided.by ?? t`the command line`}, {format.moment(decided.at)}
                </Trans>
              )}
            </span>
          )}
        </p>
        {[keep, lose].some(({ doNotContact }) => doNotContact) && (
          <Pill tone="danger">{t`do not contact`}</Pill>
        )}
      </header>
      {said !== null && (
        <p className="duplicate-why">
          {said.agree.join(', ')}
          {said.differ.length > 0 && (
            <span className="quiet">
              {' — '}
              <Trans>but {said.differ.join(', ')}</Trans>
            </span>
          )}
        </p>
      )}
      <div className="duplicate-heads small">
        <span>
          <Trans>Kept</Trans>
        </span>
        <span>
          <Trans>Goes into it</Trans>
        </span>
      </div>
      <dl className="duplicate-sides">
        {rows.map(([label, one, other, tells]) => {
          const differs = tells && one !== '' && other !== '' && plain(one) !== plain(other);
          return (
            <div key={label} data-differs={differs}>
              <dt className="small quiet">
                {label}
                {differs && <span className="duplicate-mark">{t`differs`}</span>}
              </dt>
              <dd>{one === '' ? <i className="quiet">{t`not said`}</i> : one}</dd>
              <dd>{other === '' ? <i className="quiet">{t`not said`}</i> : other}</dd>
            </div>
          );
        })}
      </dl>
      {!(keep.inRoll && lose.inRoll) && decided !== null && (
        <p className="small quiet">
          <Trans>One of the two is not in the roll now. The other is shown for both.</Trans>
        </p>
      )}
      <footer className="row">
        {children}
        {onSwap !== undefined && (
          <button type="button" className="button button-quiet" onClick={onSwap}>
            <IconArrowsLeftRight size={18} aria-hidden />
            <span>
              <Trans>Keep the other</Trans>
            </span>
          </button>
        )}
        {keep.facts + lose.facts > 0 && decided === null && (
          <span className="small quiet">
            <Plural
              value={keep.facts + lose.facts}
              one="# fact from doors comes together"
              other="# facts from doors come together"
            />
          </span>
        )}
      </footer>
    </article>
  );
}
