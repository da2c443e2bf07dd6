import { useMemo, useState, type ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPolygon, IconSend } from '@tabler/icons-react';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { MapLayers } from '#shared/model/place.ts';
import type { Turf } from '#shared/model/turf.ts';
import { largestPart } from '#shared/turf/largest-part.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import type { DrawTool } from '../../map/draw-outline.ts';
import { LazyMap } from '../../map/lazy-map.tsx';
import type { MapOutline } from '../../map/outlines-layer.ts';
import { useUnsavedWork } from '../../shell/unsaved-work.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { showToast } from '../../ui/toast.tsx';
import { DrawPanel } from './draw-panel.tsx';
import { ringAround } from './find-crossings.ts';
import {
  boundsOfDoors,
  boundsOfOutline,
  countUncut,
  mapColumns,
  markInside,
  turfOf,
} from './turf-columns.ts';
import { TurfList } from './turf-list.tsx';
import { useDrawing, type Drawing } from './use-drawing.ts';
import { useTurfs } from './use-turfs.ts';

export interface TurfDeskProps {
  readonly universeId: UniverseId;
  readonly layers: MapLayers;
  /** The page's title and the choice of universe. */
  readonly head: ReactNode;
}

const NO_TURFS: readonly Turf[] = [];
/** How large a mark around a crossing is, as a part of the outline. */
const CROSSING_SHARE = 0.12;
const CROSSING_HUE = 6;

/** The list and the map of one universe's turfs. */
export function TurfDesk({ universeId, layers, head }: TurfDeskProps) {
  const { t } = useLingui();
  const format = useFormat();
  const mayCut = useMay('cut-turf');
  const turfs = useTurfs(universeId);
  const list = turfs.list.data ?? NO_TURFS;
  const doors = turfs.doors.data;
  const [selected, setSelected] = useState<Turf['id'] | null>(null);
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const [name, setName] = useState('');
  const [tool, setTool] = useState<DrawTool>('corners');
  const [asked, setAsked] = useState<'publish-all' | Turf | null>(null);
  useUnsavedWork(drawing !== null);
  const drawn = useDrawing(drawing, doors, list);
  const drafts = list.filter(({ state }) => state === 'draft');
  const uncut = doors ? countUncut(doors) : null;

  const columns = useMemo(() => (doors ? mapColumns(doors, list) : null), [doors, list]);
  const { inside } = drawn.count;
  const shown = useMemo(
    () => (columns && inside.length > 0 ? markInside(columns, inside) : columns),
    [columns, inside],
  );
  const reshaped = drawing?.turf?.id ?? null;
  const { crossings } = drawn;
  const crossed = drawn.count.outline;
  const outlines = useMemo((): MapOutline[] => {
    const kept = list
      .filter(({ id }) => id !== reshaped)
      .map((turf) => ({
        id: turf.id,
        name: turf.name,
        note: t`${format.number(turf.doors)} doors`,
        hue: turf.hue,
        outline: largestPart(turf.outline),
        selected: turf.id === selected,
      }));
    const marks = crossed
      ? crossings.map((at, index) => ({
          id: `crossing-${index}`,
          name: t`crosses itself here`,
          hue: CROSSING_HUE,
          outline: ringAround(at, crossed, CROSSING_SHARE),
          selected: true,
        }))
      : [];
    return [...kept, ...marks];
  }, [list, reshaped, selected, crossings, crossed, t, format]);
  const everything = useMemo(() => (doors ? boundsOfDoors(doors) : null), [doors]);
  const chosen = list.find(({ id }) => id === selected);
  const bounds = chosen && !drawing ? boundsOfOutline(largestPart(chosen.outline)) : null;

  const begin = (turf: Turf | null): void => {
    turfs.forget();
    setName(turf?.name ?? t`Turf ${nextNumber(list)}`);
    setTool('corners');
    setSelected(null);
    setDrawing({
      key: `${turf?.id ?? 'new'}-${Date.now()}`,
      turf,
      start: turf ? largestPart(turf.outline) : null,
    });
  };
  const cancel = (): void => {
    turfs.forget();
    setDrawing(null);
  };
  const save = async (): Promise<void> => {
    const { outline } = drawn.count;
    if (!drawing || !outline) return;
    const { turf } = drawing;
    const saved = turf
      ? await turfs.change(turf, { name: name.trim(), outline })
      : await turfs.make(name.trim(), outline);
    if (!saved) return;
    setDrawing(null);
    showToast({ text: t`${saved.name} is saved with ${format.number(saved.doors)} doors.` });
  };
  const publish = async (which: readonly Turf[]): Promise<void> => {
    const done = await turfs.publish(which);
    setAsked(null);
    if (done) showToast({ text: t`Published. Hand it out under Launch.` });
  };
  const remove = async (turf: Turf): Promise<void> => {
    const done = await turfs.remove(turf);
    setAsked(null);
    if (done) setSelected(null);
  };

  return (
    <div className="desk-split turf-desk" data-drawing={drawing ? '' : undefined}>
      <div className="desk-side">
        {drawing === null && head}
        {uncut !== null && (
          <ProgressBar
            label={uncut.doors === 0 ? t`Every door is in a turf` : t`Doors in no turf yet`}
            value={uncut.all - uncut.doors}
            max={uncut.all}
            tone={uncut.doors === 0 ? 'done' : 'brand'}
            words={
              <span className="number">
                {t`${format.number(uncut.doors)} of ${format.number(uncut.all)}`}
              </span>
            }
          />
        )}
        {drawing ? (
          <DrawPanel
            title={drawing.turf ? t`Reshape ${drawing.turf.name}` : t`Draw a turf`}
            name={name}
            setName={setName}
            tool={tool}
            setTool={setTool}
            closed={drawn.closed}
            drawn={drawn.count}
            fault={drawn.fault}
            problem={turfs.problem}
            busy={turfs.busy !== null}
            onCancel={cancel}
            onSave={() => void save()}
            onReload={() => {
              cancel();
              turfs.list.reload();
            }}
          />
        ) : (
          <>
            {turfs.problem && <ProblemNotice problem={turfs.problem} />}
            {mayCut ? (
              <div className="row">
                <Button
                  variant="primary"
                  icon={<IconPolygon size={18} aria-hidden />}
                  disabled={doors === null}
                  onClick={() => begin(null)}
                >{t`Draw a turf`}</Button>
                {drafts.length > 1 && (
                  <Button
                    icon={<IconSend size={18} aria-hidden />}
                    onClick={() => setAsked('publish-all')}
                  >{t`Publish all ${drafts.length}`}</Button>
                )}
              </div>
            ) : (
              <p className="quiet small">
                <Trans>Coordinators cut turf. You see how far they are.</Trans>
              </p>
            )}
            <ShowData from={turfs.list}>
              {(all) =>
                all.length === 0 ? (
                  <p className="quiet">
                    <Trans>
                      No turf yet. Draw around 40 to 60 doors that one pair can walk, without a
                      river or a highway between them.
                    </Trans>
                  </p>
                ) : (
                  <TurfList
                    turfs={all}
                    selected={selected}
                    busy={turfs.busy}
                    onSelect={setSelected}
                    onReshape={begin}
                    onRename={async (turf, next) =>
                      (await turfs.change(turf, { name: next })) !== null
                    }
                    onPublish={(turf) => void publish([turf])}
                    onDelete={setAsked}
                  />
                )
              }
            </ShowData>
          </>
        )}
      </div>
      <div className="desk-map">
        {turfs.doors.problem && (
          <div className="turf-map-problem">
            <ProblemNotice
              problem={turfs.doors.problem}
              action={<Button onClick={turfs.doors.reload}>{t`Try again`}</Button>}
            />
          </div>
        )}
        <LazyMap
          layers={layers}
          label={t`Doors and turfs`}
          controls="desk"
          doors={shown}
          outlines={outlines}
          bounds={bounds ?? everything}
          onSelect={(index) => {
            if (index !== null && doors && !drawing) setSelected(turfOf(doors, index));
          }}
          onSelectOutline={(id) => {
            if (!drawing) setSelected(list.find((turf) => turf.id === id)?.id ?? null);
          }}
          drawing={
            drawing
              ? {
                  key: drawing.key,
                  start: drawing.start,
                  tool,
                  onChange: drawn.onChange,
                  onDone: () => void save(),
                  onCancel: cancel,
                }
              : null
          }
        />
        {drawing && (
          <div className="turf-badge" aria-hidden>
            <strong>{format.number(drawn.count.doors)}</strong>{' '}
            <Plural value={drawn.count.doors} one="door" other="doors" />
          </div>
        )}
      </div>
      <ConfirmDialog
        open={asked === 'publish-all'}
        title={t`Publish ${drafts.length} turfs?`}
        action={t`Publish all`}
        busy={turfs.busy === 'all'}
        onConfirm={() => void publish(drafts)}
        onCancel={() => setAsked(null)}
      >
        <Trans>
          Their doors no longer change after that, so that paper, list and phones agree.
        </Trans>
      </ConfirmDialog>
      <ConfirmDialog
        open={asked !== null && asked !== 'publish-all'}
        title={asked !== null && asked !== 'publish-all' ? t`Delete ${asked.name}?` : ''}
        action={t`Delete`}
        danger
        busy={turfs.busy !== null}
        onConfirm={() => {
          if (asked !== null && asked !== 'publish-all') void remove(asked);
        }}
        onCancel={() => setAsked(null)}
      >
        <Trans>
          Its doors become free for other turfs. A turf at which somebody has knocked stays.
        </Trans>
      </ConfirmDialog>
    </div>
  );
}

/** One more than the highest number that a name ends with. */
function nextNumber(turfs: readonly Turf[]): number {
  const numbers = turfs.map(({ name }) => Number(/(\d+)$/.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers) + 1;
}
