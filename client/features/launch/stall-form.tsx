import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { MadeTurfs, MakeStall } from '#shared/model/turf-kind.ts';
import { callApi } from '../../api/call.ts';
import { useApi } from '../../api/use-api.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ShowData } from '../../ui/show-data.tsx';

type Place = Pick<MakeStall, 'lon' | 'lat'>;

const DRAFT = 'stall new';

interface StallDraft {
  readonly name: string;
  readonly place: string;
  readonly at: Place | null;
}

const NOTHING: StallDraft = { name: '', place: '', at: null };

/** Whether somebody has begun to make a stall and looked at another page. */
export const isStallBegun = (): boolean => readTabDraft(DRAFT) !== null;

/** A stall, a rally, a gate: where it stands, in words and on the map. */
export function StallForm({ onMade }: { readonly onMade: (turfId: string) => void }) {
  const { t } = useLingui();
  const layers = useApi<MapLayers>('/v1/map');
  const [draft, setDraft] = useState(() => readTabDraft<StallDraft>(DRAFT) ?? NOTHING);
  useTabDraft(DRAFT, JSON.stringify(draft) === JSON.stringify(NOTHING) ? null : draft);
  const { name, place, at } = draft;
  const change = (part: Partial<StallDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (): Promise<void> => {
    setAsked(true);
    if (name.trim() === '' || place.trim() === '' || at === null) return;
    setBusy(true);
    const wish: MakeStall = { name: name.trim(), place: place.trim(), ...at };
    const answer = await callApi<MadeTurfs>('POST', '/v1/stalls', wish);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    writeTabDraft(DRAFT, null);
    const [made] = answer.value.turfIds;
    if (made !== undefined) onMade(made);
  };
  return (
    <form
      className="panel stack launch-other"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void make();
      }}
    >
      <p className="quiet">
        <Trans>
          Conversations without a list. Whoever gives a name is kept as a resident of the stall,
          with what they said; the others are counted.
        </Trans>
      </p>
      <TextField
        label={t`What it is called`}
        hint={t`As the phones show it: “Saturday stall”.`}
        value={name}
        maxLength={80}
        autoComplete="off"
        error={asked && name.trim() === '' ? t`Give it a name.` : undefined}
        onChange={(event) => change({ name: event.target.value })}
      />
      <TextField
        label={t`Where it stands`}
        hint={t`In words: “Farmers’ market, Main Street”.`}
        value={place}
        maxLength={120}
        autoComplete="off"
        error={asked && place.trim() === '' ? t`Say where it stands.` : undefined}
        onChange={(event) => change({ place: event.target.value })}
      />
      <p id="stall-place">
        <Trans>Press its place on the map.</Trans>
      </p>
      {asked && at === null && (
        <p className="field-error" role="alert">
          <Trans>Press the map where the stall stands.</Trans>
        </p>
      )}
      <div className="launch-other-map">
        <ShowData from={layers} lines={6}>
          {(data) => (
            <LazyMap
              layers={data}
              label={t`Where the stall stands`}
              controls="desk"
              pin={{
                label: t`The stall`,
                place: at,
                onPlace: ({ lon, lat }) => change({ at: { lon, lat } }),
              }}
            />
          )}
        </ShowData>
      </div>
      {problem !== null && <ProblemNotice problem={problem} />}
      <Button type="submit" variant="primary" busy={busy}>
        <Trans>Make the stall</Trans>
      </Button>
    </form>
  );
}
