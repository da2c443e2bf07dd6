import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconCircleCheck, IconDownload } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { PointCandidate, UnmatchedPage, UnmatchedPlace } from '#shared/model/unmatched.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useApi } from '../../api/use-api.ts';
import { buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { UnmatchedList } from './unmatched-list.tsx';
import { UnmatchedMap } from './unmatched-map.tsx';
import { UnmatchedSettle, type Pin } from './unmatched-settle.tsx';
import './unmatched.css';

type View = 'open' | 'settled';

/** `/desk/roll/unmatched`: addresses without a place, and where a person says that they are. */
export default function UnmatchedScreen() {
  const { t } = useLingui();
  const [view, setView] = useState<View>('open');
  const [like, setLike] = useState('');
  const [from, setFrom] = useState(0);
  const [chosen, setChosen] = useState<UnmatchedPlace | null>(null);
  const [pin, setPin] = useState<Pin | null>(null);
  const [candidates, setCandidates] = useState<readonly PointCandidate[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const layers = useApi<MapLayers>('/v1/map');
  const question = new URLSearchParams({ state: view, like, from: String(from) });
  const page = useApi<UnmatchedPage>(`/v1/roll/unmatched?${question.toString()}`);

  const choose = (place: UnmatchedPlace | null): void => {
    setChosen(place);
    setCandidates([]);
    const known = place !== null && place.lon !== null && place.lat !== null;
    setPin(known ? { lon: place.lon ?? 0, lat: place.lat ?? 0, addressId: null } : null);
  };
  /** Goes on with the next address, since there are often many. */
  const settled = (id: string): void => {
    const places = page.data?.places ?? [];
    const at = places.findIndex((place) => place.id === id);
    choose(places[at + 1] ?? places[at - 1] ?? null);
    page.reload();
  };
  const show = (next: View): void => {
    setView(next);
    setFrom(0);
    choose(null);
  };

  return (
    <div className="desk-split unmatched">
      <div className="desk-side">
        <PageTitle
          title={t`Unmatched`}
          under={t`Addresses of the roll that the map does not know. Say where they are, and every roll to come finds them there.`}
        />
        {chosen === null ? (
          <>
            <Link
              className={`${buttonClass({ variant: 'quiet' })} unmatched-back`}
              href="/desk/roll"
            >
              <IconArrowLeft size={18} aria-hidden />
              <span>
                <Trans>Roll</Trans>
              </span>
            </Link>
            <Segmented<View>
              label={t`Which addresses`}
              options={[
                { value: 'open', label: t`Without a place` },
                { value: 'settled', label: t`Settled` },
              ]}
              value={view}
              onChange={show}
            />
            <TextField
              label={t`Find in the list`}
              type="search"
              value={like}
              maxLength={100}
              onChange={(event) => {
                setLike(event.target.value);
                setFrom(0);
              }}
            />
            <ShowData from={page} lines={8}>
              {(list) => (
                <>
                  {list.addresses === 0 ? (
                    <EmptyState
                      icon={<IconCircleCheck size={28} aria-hidden />}
                      title={
                        view === 'open' ? t`Every address has a place` : t`None was settled yet`
                      }
                    >
                      {like === '' ? null : <Trans>Nothing in the list reads like this.</Trans>}
                    </EmptyState>
                  ) : (
                    <>
                      <p className="small quiet" role="status">
                        <Plural value={list.addresses} one="# address" other="# addresses" />
                        {', '}
                        <Plural value={list.people} one="# person" other="# people" />
                      </p>
                      <UnmatchedList page={list} from={from} onFrom={setFrom} onChoose={choose} />
                      {view === 'open' && (
                        <DownloadLink
                          className={buttonClass({})}
                          href="/v1/roll/unmatched.csv"
                          onAnswer={setProblem}
                        >
                          <IconDownload size={18} aria-hidden />
                          <span>
                            <Trans>Download these people as CSV</Trans>
                          </span>
                        </DownloadLink>
                      )}
                    </>
                  )}
                </>
              )}
            </ShowData>
          </>
        ) : (
          <UnmatchedSettle
            key={chosen.id}
            place={chosen}
            pin={pin}
            onPin={setPin}
            candidates={candidates}
            onCandidates={setCandidates}
            onSettled={() => settled(chosen.id)}
            onBack={() => choose(null)}
          />
        )}
        {problem && <ProblemNotice problem={problem} />}
      </div>
      <div className="desk-map">
        {layers.problem && <ProblemNotice problem={layers.problem} />}
        {layers.data && (
          <UnmatchedMap
            layers={layers.data}
            chosen={chosen !== null}
            pin={pin}
            onPin={setPin}
            candidates={candidates}
          />
        )}
      </div>
    </div>
  );
}
