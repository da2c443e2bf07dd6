import { type CSSProperties, type ReactNode, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ImportReport, RollImport } from '#shared/model/roll.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { buttonClass } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { flowStages, type FlowLoss, type FlowStage } from './flow-stages.ts';
import { ReasonList } from './reason-list.tsx';

export interface ImportFlowProps {
  readonly importId: RollImport['id'];
  readonly report: ImportReport;
}

/** The report of an import, drawn from rows to people to doors to places. */
export function ImportFlow({ importId, report }: ImportFlowProps) {
  const stages = flowStages(report);
  return (
    <ol role="list" className="roll-flow">
      {stages.map((stage, at) => (
        <li key={stage.kind} className="roll-stage">
          <div className="roll-stage-head">
            <StageWords stage={stage} report={report} />
          </div>
          <div className="roll-stage-bars" aria-hidden>
            <StageBand stage={stage} report={report} />
            {stages[at + 1] && <Falling from={stage.part} to={stages[at + 1]?.part ?? 0} />}
          </div>
          {stage.kind === 'rows' && <Noted importId={importId} report={report} />}
          {stage.kind === 'people' && <Silent people={report.suppressed ?? 0} />}
          {stage.lost.map((loss) => (
            <LossWords key={loss.kind} loss={loss} importId={importId} report={report} />
          ))}
        </li>
      ))}
    </ol>
  );
}

function StageWords({
  stage,
  report,
}: {
  readonly stage: FlowStage;
  readonly report: ImportReport;
}) {
  const format = useFormat();
  const under: Readonly<Record<FlowStage['kind'], ReactNode>> = {
    rows: <Trans>in the file</Trans>,
    people:
      report.moved === undefined ? (
        <Trans>
          {format.number(report.added)} new, {format.number(report.changed)} changed,{' '}
          {format.number(report.same)} the same; {format.number(report.gone)} of the roll before are
          gone
        </Trans>
      ) : (
        <Trans>
          {format.number(report.added)} new, {format.number(report.changed)} changed,{' '}
          {format.number(report.moved)} moved, {format.number(report.same)} the same;{' '}
          {format.number(report.gone)} of the roll before are gone
        </Trans>
      ),
    doors: (
      <Plural
        value={report.buildings}
        one="in # building, where these people live"
        other="in # buildings, where these people live"
      />
    ),
    places: <PlaceWords placed={report.placed} />,
  };
  const noun: Readonly<Record<FlowStage['kind'], ReactNode>> = {
    rows: <Plural value={stage.count} one="row" other="rows" />,
    people: <Plural value={stage.count} one="person" other="people" />,
    doors: <Plural value={stage.count} one="door" other="doors" />,
    places: <Trans>people with a place on the map</Trans>,
  };
  return (
    <>
      <p className="roll-stage-number">
        <strong>{format.number(stage.count)}</strong> {noun[stage.kind]}
      </p>
      <p className="small quiet">{under[stage.kind]}</p>
    </>
  );
}

interface NotedProps {
  readonly importId: RollImport['id'];
  readonly report: ImportReport;
}

/** What was taken with something left out or put right; nothing fell out by it. */
function Noted({ importId, report }: NotedProps) {
  const reasons = report.notedByReason ?? {};
  if (Object.keys(reasons).length === 0) return null;
  return (
    <div className="roll-noted">
      <p>
        <Trans>Taken, and worth a look:</Trans>
      </p>
      <ReasonList reasons={reasons} />
      {report.rejected === 0 && <TakeRows importId={importId} kind="rejected" />}
    </div>
  );
}

/** Whom the roll names and no list does. */
function Silent({ people }: { readonly people: number }) {
  if (people === 0) return null;
  return (
    <p className="roll-noted">
      <Plural
        value={people}
        one="# of them asked not to be contacted, and stands in no list"
        other="# of them asked not to be contacted, and stand in no list"
      />
    </p>
  );
}

function PlaceWords({ placed }: { readonly placed: ImportReport['placed'] }) {
  const { t } = useLingui();
  const format = useFormat();
  const parts = [
    { count: placed.exact, words: t`as written` },
    { count: placed.tolerant, words: t`after mending the spelling` },
    { count: placed.interpolated, words: t`between two neighbors` },
    { count: placed.given, words: t`by the file itself` },
    { count: placed.settled ?? 0, words: t`where your chapter had put it before` },
  ];
  return parts
    .filter(({ count }) => count > 0)
    .map(({ count, words }) => `${format.number(count)} ${words}`)
    .join(', ');
}

function StageBand({
  stage,
  report,
}: {
  readonly stage: FlowStage;
  readonly report: ImportReport;
}) {
  const style = { '--part': stage.part } as CSSProperties;
  if (stage.kind !== 'places') return <div className="roll-band" style={style} />;
  const grades = ['exact', 'settled', 'tolerant', 'interpolated', 'given'] as const;
  return (
    <div className="roll-band roll-band-places" style={style}>
      {grades
        .filter((grade) => (report.placed[grade] ?? 0) > 0)
        .map((grade) => (
          <span
            key={grade}
            data-grade={grade}
            style={{ '--share': report.placed[grade] } as CSSProperties}
          />
        ))}
    </div>
  );
}

/** The least width at which something that fell out can still be seen, as a part of the whole. */
const SEEN = 0.012;

/** The band as it narrows, and what leaves it. */
function Falling({ from, to }: { readonly from: number; readonly to: number }) {
  const loss = from - to > 0 ? Math.max(SEEN, from - to) : 0;
  const left = 100 * from;
  const kept = 100 * (from - loss);
  return (
    <svg className="roll-falling" viewBox="0 0 100 10" preserveAspectRatio="none">
      <path className="roll-kept" d={`M0 0H${kept}V10H0Z`} />
      {loss > 0 && (
        <path
          className="roll-lost"
          d={`M${kept} 0H${left}C${left} 6 ${left + 2} 8 ${left + 3} 10H${kept + 3}C${kept + 2} 8 ${kept} 6 ${kept} 0Z`}
        />
      )}
    </svg>
  );
}

interface LossWordsProps {
  readonly loss: FlowLoss;
  readonly importId: RollImport['id'];
  readonly report: ImportReport;
}

function LossWords({ loss, importId, report }: LossWordsProps) {
  const format = useFormat();
  const { count } = loss;
  const words: Readonly<Record<FlowLoss['kind'], ReactNode>> = {
    rejected: <Plural value={count} one="row was rejected" other="rows were rejected" />,
    repeated: (
      <Plural
        value={count}
        one="row repeats an id that came before"
        other="rows repeat an id that came before"
      />
    ),
    unplaced: (
      <Plural
        value={count}
        one="person has no place on the map yet: in the roll, but in no turf"
        other="people have no place on the map yet: in the roll, but in no turf"
      />
    ),
  };
  const reasons = { rejected: report.rejectedByReason, unplaced: report.unplacedByReason };
  return (
    <div className="roll-loss">
      <p>
        <strong>{format.number(count)}</strong> {words[loss.kind]}
      </p>
      {loss.kind !== 'repeated' && (
        <>
          <ReasonList reasons={reasons[loss.kind]} />
          <TakeRows importId={importId} kind={loss.kind} />
        </>
      )}
    </div>
  );
}

interface TakeRowsProps {
  readonly importId: RollImport['id'];
  readonly kind: 'rejected' | 'unplaced';
}

/** The rows that are told of, as a table. */
function TakeRows({ importId, kind }: TakeRowsProps) {
  const { t } = useLingui();
  const mayTake = useMay('import-roll');
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <>
      {mayTake && (
        <DownloadLink
          className={buttonClass({ variant: 'normal' })}
          href={`/v1/roll/imports/${importId}/${kind}.csv`}
          onAnswer={setProblem}
        >
          <IconDownload size={18} aria-hidden />
          <span>{kind === 'rejected' ? t`Download these rows` : t`Download these people`}</span>
        </DownloadLink>
      )}
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}
