import { useEffect, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { PointCandidate, SettlePlace, UnmatchedPlace } from '#shared/model/unmatched.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { showToast } from '../../ui/toast.tsx';
import { useReasonWords } from './reason-words.ts';
import { sayAddress } from './unmatched-list.tsx';

/** Where an address is to be put: on a point of the list, or anywhere on the map. */
export type Pin = SettlePlace;

export interface UnmatchedSettleProps {
  readonly place: UnmatchedPlace;
  readonly pin: Pin | null;
  readonly onPin: (pin: Pin) => void;
  readonly candidates: readonly PointCandidate[];
  readonly onCandidates: (found: readonly PointCandidate[]) => void;
  readonly onSettled: () => void;
  readonly onBack: () => void;
}

const SEARCH_DELAY_MS = 250;

/** One address: search for it, choose a point or set the pin, and save. */
export function UnmatchedSettle(props: UnmatchedSettleProps) {
  const { place, pin, onPin, candidates, onCandidates, onSettled, onBack } = props;
  const { t } = useLingui();
  const format = useFormat();
  const sayReason = useReasonWords();
  const maySettle = useMay('import-roll');
  const [typed, setTyped] = useState(() => `${place.number} ${place.street}`.trim());
  const [found, setFound] = useState<'waiting' | 'some' | 'none'>('waiting');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    const like = typed.trim();
    if (!maySettle || like.length < 2) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      const path = `/v1/roll/address-points?${new URLSearchParams({ like }).toString()}`;
      const answer = await callApi<PointCandidate[]>('GET', path, undefined, {
        signal: stop.signal,
      });
      if (stop.signal.aborted) return;
      setProblem(answer.ok ? null : answer.problem);
      if (!answer.ok) return;
      onCandidates(answer.value);
      setFound(answer.value.length > 0 ? 'some' : 'none');
    };
    const timer = window.setTimeout(() => void ask(), SEARCH_DELAY_MS);
    return () => {
      window.clearTimeout(timer);
      stop.abort();
    };
  }, [typed, maySettle, onCandidates]);

  const change = async (method: 'PUT' | 'DELETE', done: string): Promise<void> => {
    setBusy(true);
    const body = method === 'PUT' ? pin : undefined;
    const answer = await callApi(method, `/v1/roll/unmatched/${place.id}`, body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    showToast({ text: done });
    onSettled();
  };

  return (
    <section className="stack" aria-labelledby="settle-title">
      <Button
        variant="quiet"
        className="unmatched-back"
        icon={<IconArrowLeft size={18} aria-hidden />}
        onClick={onBack}
      >
        <Trans>Back to the list</Trans>
      </Button>
      <div>
        <h2 id="settle-title">{sayAddress(place)}</h2>
        <p className="small quiet">
          <Plural value={place.people} one="# person" other="# people" />
          {place.reason !== null && place.grade === 'none' && ` · ${sayReason(place.reason)}`}
        </p>
      </div>
      {maySettle && (
        <>
          <TextField
            label={t`Search the list of addresses`}
            type="search"
            value={typed}
            maxLength={100}
            onChange={(event) => setTyped(event.target.value)}
          />
          {found === 'none' && (
            <p className="small" role="status">
              <Trans>The list has nothing like it. Put the pin on the map instead.</Trans>
            </p>
          )}
          {candidates.length > 0 && (
            <ul
              role="list"
              className="unmatched-list unmatched-found"
              aria-label={t`Found in the list`}
            >
              {candidates.map((one) => (
                <li key={`${one.addressId}-${one.lon}-${one.lat}`}>
                  <button
                    type="button"
                    className="unmatched-row"
                    aria-pressed={pin?.addressId === one.addressId}
                    onClick={() => onPin({ lon: one.lon, lat: one.lat, addressId: one.addressId })}
                  >
                    <strong>{`${one.number} ${one.street}`}</strong>
                    <span className="small quiet">
                      {`${one.city} ${one.zip} · ${format.percent(one.score)}`.trim()}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          <p className="small quiet">
            <Trans>
              Or press the map where it is. The pin can be dragged, and moved with the arrow keys.
            </Trans>
          </p>
        </>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {maySettle && (
        <div className="unmatched-foot">
          <Button
            variant="primary"
            busy={busy}
            disabled={pin === null}
            onClick={() => void change('PUT', t`Saved. It stands there now.`)}
          >
            {pin !== null && pin.addressId === null ? (
              <Trans>Save at the pin</Trans>
            ) : (
              <Trans>Save</Trans>
            )}
          </Button>
          {place.grade === 'settled' && (
            <Button busy={busy} onClick={() => void change('DELETE', t`Taken back.`)}>
              <Trans>Take back</Trans>
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
