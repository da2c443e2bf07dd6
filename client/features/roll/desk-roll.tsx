import { lazy, useCallback, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconAddressBook } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { RollImport, RollSummary } from '#shared/model/roll.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { Stat } from '../../ui/stat.tsx';
import { DropFile } from './drop-file.tsx';
import { ImportList } from './import-list.tsx';
import { ImportProgress } from './import-progress.tsx';
import { chosenFile, NewImport } from './new-import.tsx';
import { isUnderWay } from './use-import.ts';
import './roll.css';

const UnmatchedScreen = lazy(() => import('./unmatched-page.tsx'));
const CompareScreen = lazy(() => import('./compare-page.tsx'));
const LayersScreen = lazy(() => import('./layers-page.tsx'));
const DuplicatesScreen = lazy(() => import('./duplicates-page.tsx'));

/** `/desk/roll` and what lies under it. */
export default function DeskRoll() {
  const [location] = useLocation();
  if (location === '/desk/roll/compare') return <CompareScreen />;
  if (location === '/desk/roll/layers') return <LayersScreen />;
  if (location === '/desk/roll/duplicates') return <DuplicatesScreen />;
  return location === '/desk/roll/unmatched' ? <UnmatchedScreen /> : <RollScreen />;
}

/** The voter file that stands, and a newer one on its way in. */
function RollScreen() {
  const { t } = useLingui();
  const roll = useApi<RollSummary>('/v1/roll');
  const mayImport = useMay('import-roll');
  const [file, setFile] = useState(chosenFile);
  const [, navigate] = useLocation();
  const { put, reload } = roll;

  const started = useCallback(
    (one: RollImport) => {
      setFile(null);
      put((before) => ({
        ...before,
        imports: [one, ...before.imports.filter(({ id }) => id !== one.id)],
      }));
    },
    [put],
  );

  /** Who waited for the file to be read goes on to what it changes. */
  const ended = useCallback(
    (one: RollImport, read: boolean) => {
      if (read && one.state === 'ready' && mayImport) navigate('/desk/roll/compare');
      else reload();
    },
    [mayImport, navigate, reload],
  );

  return (
    <div className="desk-page">
      <PageTitle
        title={t`Roll`}
        under={t`The voter file as imported. A newer one replaces it whole; what was learnt at doors stays.`}
      />
      <ShowData from={roll} lines={6}>
        {(summary) => {
          const going = summary.imports.find(isUnderWay);
          const past = summary.imports.filter((one) => !isUnderWay(one));
          const waiting = past.find(({ state }) => state === 'ready');
          const last = waiting ?? past[0];
          return (
            <>
              {summary.people > 0 && <RollNumbers summary={summary} />}
              {summary.people > 0 && mayImport && (
                <p>
                  <Link href="/desk/roll/layers">
                    <Trans>Own layers: scores, lists and members on these people</Trans>
                  </Link>
                </p>
              )}
              {summary.people > 0 && mayImport && (
                <p>
                  <Link href="/desk/roll/duplicates">
                    <Trans>Find people who are in the roll twice</Trans>
                  </Link>
                </p>
              )}
              {going && <ImportProgress key={going.id} start={going} onEnd={ended} />}
              {file && !going && (
                <NewImport
                  key={`${file.name}-${file.lastModified}-${file.size}`}
                  file={file}
                  people={summary.people}
                  termsBefore={summary.imports.find(({ terms }) => terms !== null)?.terms ?? null}
                  onStarted={started}
                  onCancel={() => setFile(null)}
                />
              )}
              {!file && !going && waiting && mayImport && (
                <Notice
                  title={t`${waiting.fileName} waits for you to compare it`}
                  action={
                    <Link className={buttonClass({ variant: 'primary' })} href="/desk/roll/compare">
                      <Trans>Compare it</Trans>
                    </Link>
                  }
                >
                  <Trans>
                    Until you choose, everybody works with the roll that stands, and no other file
                    can be imported.
                  </Trans>
                </Notice>
              )}
              {!file && !going && !waiting && mayImport && (
                <DropFile onFile={setFile} primary={summary.people === 0} />
              )}
              {summary.people === 0 && !mayImport && !going && (
                <EmptyState
                  icon={<IconAddressBook size={28} aria-hidden />}
                  title={t`There is no roll yet`}
                >
                  <Trans>
                    A research lead or an admin imports the voter file. Ask yours; universes and
                    turfs follow from it.
                  </Trans>
                </EmptyState>
              )}
              {past.length > 0 && !file && (
                <ImportList
                  key={going ? 'going' : `${last?.id} ${last?.state}`}
                  imports={past}
                  openAtFirst={
                    !going && (last?.state === 'done' || last?.state === 'ready') ? last.id : null
                  }
                  onStarted={started}
                />
              )}
            </>
          );
        }}
      </ShowData>
    </div>
  );
}

function RollNumbers({ summary }: { readonly summary: RollSummary }) {
  const { t } = useLingui();
  const format = useFormat();
  const placed = summary.doors === 0 ? 0 : summary.placedDoors / summary.doors;
  const unplaced = summary.doors - summary.placedDoors;
  return (
    <>
      <dl className="stats">
        <Stat value={format.number(summary.people)} label={t`people`} />
        <Stat value={format.number(summary.doors)} label={t`doors`} />
        <Stat
          value={format.number(summary.placedDoors)}
          label={t`doors on the map (${format.percent(Math.floor(placed * 100) / 100)})`}
        />
      </dl>
      {unplaced > 0 && (
        <p>
          <Link href="/desk/roll/unmatched">
            <Plural
              value={unplaced}
              one="# door has no place on the map: say where it is"
              other="# doors have no place on the map: say where they are"
            />
          </Link>
        </p>
      )}
    </>
  );
}
