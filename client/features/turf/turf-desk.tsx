import { useMemo, useState, type ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { MapLayers } from '#shared/model/place.ts';
import type { WalkPace } from '#shared/model/turf-walk.ts';
import type { Universe } from '#shared/model/universe.ts';
import { minutesOf } from '#shared/turf/plan/minutes-of.ts';
import type { Plan, PlanTurf } from '#shared/turf/plan/plan.ts';
import { removeTurfs } from '#shared/turf/plan/remove-turfs.ts';
import { walkMinutes } from '#shared/walk/walk-minutes.ts';
import { renameTurf } from '#shared/turf/plan/rename-turf.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import type { Bounds } from '../../map/world.ts';
import { useUnsavedWork } from '../../shell/unsaved-work.ts';
import { showToast } from '../../ui/toast.tsx';
import { CutPanel } from './cut-panel.tsx';
import { barriersIn, FIRST_WISH, isGuessed, planSizeOf, targetOf } from './cut-wish.ts';
import { LiveCounts } from './live-counts.tsx';
import { ModeBar } from './mode-bar.tsx';
import { ModeStrip } from './mode-strip.tsx';
import { turfNamer } from './new-turfs.ts';
import { turfBounds, uncutBounds } from './plan-columns.ts';
import { PlanFoot } from './plan-foot.tsx';
import { PlanList } from './plan-list.tsx';
import { PlanMap } from './plan-map.tsx';
import { PlanProblem } from './plan-problem.tsx';
import { PublishDialogs, type Asked } from './publish-dialogs.tsx';
import { UncutNote } from './uncut-note.tsx';
import { useAutoCut } from './use-auto-cut.ts';
import { useCutWish } from './use-cut-wish.ts';
import { useHand } from './use-hand.ts';
import { usePlan, type PlanSource } from './use-plan.ts';
import { usePublish } from './use-publish.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useSteady } from './use-steady.ts';

export interface TurfDeskProps {
  readonly universe: Universe;
  readonly source: PlanSource;
  readonly layers: MapLayers;
  /** The page's title and the choice of universe. */
  readonly head: ReactNode;
}

/** One universe's turf: cut at once or by hand on the map, listed beside it, kept as one plan. */
export function TurfDesk({ universe, source, layers, head }: TurfDeskProps) {
  const { t } = useLingui();
  const mayCut = useMay('cut-turf');
  const pace = useApi<WalkPace>('/v1/walk-pace').data;
  const [wish, setWish] = useCutWish(universe);
  const work = usePlan(universe.id, source, {
    wished: planSizeOf(wish),
    kept: universe.planSize ?? planSizeOf(FIRST_WISH),
  });
  const { plan, shown, doors } = work;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [bounds, setBounds] = useState<Bounds | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [cutOpen, setCutOpen] = useState(plan.turfs.length === 0);
  const publishing = usePublish(work);
  useUnsavedWork(work.unkept > 0);

  const namer = (plan: Plan) => turfNamer(plan, (number) => t`Turf ${number}`);
  const name = () => namer(plan)(0);
  const hand = useHand({ work, chosen, setChosen, name });
  useShortcuts({ undo: work.undo, redo: work.redo, cancel: hand.cancel });
  const auto = useAutoCut({
    work,
    layers,
    pace,
    chosen,
    wish,
    name: namer,
    onDone: (made, scope) => {
      setChosen(scope === 'chosen' ? made : []);
      // Where no street leads there is nothing to look at; what was left out is said above.
      if (made.length === 0) return;
      setCutOpen(false);
      showToast({
        text: t`${made.length} turfs are cut. Nothing is kept until you keep the plan.`,
      });
    },
  });
  const all = useMemo(() => sumOf(doors.doors), [doors]);
  const noVisit = source.columns.noVisit?.doors ?? 0;
  const shared = auto.doors > 0 ? auto.doors : all;
  const target = useMemo(() => targetOf(wish, shared), [wish, shared]);
  const minutes = (turf: PlanTurf): number => {
    const { onFoot, about, counts } = turf;
    if (onFoot !== null) return walkMinutes(onFoot, counts.doors, pace ?? undefined);
    return about?.how === 'cut' ? about.minutes : minutesOf(doors, turf, pace ?? undefined);
  };
  const barriers = useMemo(() => barriersIn(layers), [layers]);
  const drafts = plan.turfs.filter(({ fixed }) => !fixed);
  const only = chosen.length === 1 ? plan.turfs.find(({ key }) => key === chosen[0]) : undefined;
  // A first cut is to look at: on the map alone, until it is taken.
  const listed = auto.cutting.early === null ? shown : plan;
  const busy = work.busy || publishing.at !== null;

  const wishWords = {
    doors: t`${wish.doors} doors a turf`,
    minutes: t`${wish.minutes} minutes a turf`,
    turfs: t`${wish.turfs} turfs`,
  }[wish.by];
  const remove = (turfs: readonly PlanTurf[]): void => {
    const published = turfs.find(({ fixed }) => fixed);
    if (published) return setAsked({ kind: 'delete', turf: published });
    const keys = turfs.map(({ key }) => key);
    if (work.edit('remove', (plan, doors) => removeTurfs(plan, doors, keys))) setChosen([]);
  };
  const keep = async (): Promise<void> => {
    if (await work.keep()) showToast({ text: t`The plan is kept with the chapter.` });
  };
  const publish = async (turfs: readonly PlanTurf[]): Promise<void> => {
    const done = await publishing.publish(turfs);
    setAsked(null);
    if (done === turfs.length) showToast({ text: t`Published. Hand it out under Launch.` });
    else if (done > 0) {
      showToast({
        text: t`${done} of ${turfs.length} turfs are published, the others are drafts.`,
      });
    }
  };

  const acts = useSteady({
    open: (turf: PlanTurf) => {
      const open = chosen.length === 1 && chosen[0] === turf.key;
      setChosen(open ? [] : [turf.key]);
      if (!open) setBounds(turfBounds(turf.outline));
    },
    toggle: (turf: PlanTurf, on: boolean) =>
      setChosen(on ? [...chosen, turf.key] : chosen.filter((key) => key !== turf.key)),
    reshape: () => hand.setMode('reshape'),
    rename: (turf: PlanTurf, next: string) =>
      void work.edit('rename', (plan) => renameTurf(plan, turf.key, next)),
    publish: (turf: PlanTurf) => void publish([turf]),
    remove: (turf: PlanTurf) => remove([turf]),
  });

  return (
    <div className="desk-split turf-desk">
      <div className="desk-side">
        {head}
        <UncutNote
          uncut={listed.uncut.doors}
          all={all}
          placeless={Math.max(0, universe.doors - all - noVisit)}
          noVisit={noVisit}
          leftOut={auto.leftOut}
          onShow={() => setBounds(uncutBounds(plan, doors))}
        />
        {mayCut ? (
          <details
            className="turf-fold"
            open={cutOpen}
            onToggle={(event) => setCutOpen(event.currentTarget.open)}
          >
            <summary>
              <Trans>Cut automatically</Trans>
              {!cutOpen && <small>{wishWords}</small>}
            </summary>
            <CutPanel
              wish={wish}
              setWish={setWish}
              scope={auto.scope}
              setScope={auto.setScope}
              barriers={barriers}
              drafts={drafts.length}
              chosen={drafts.filter(({ key }) => chosen.includes(key)).length}
              doors={auto.doors}
              precincts={doors.precincts.length > 1}
              guessed={isGuessed(layers)}
              cutting={auto.cutting}
              onCut={auto.run}
              onTakeEarly={auto.takeEarly}
              onCancel={auto.cancel}
            />
          </details>
        ) : (
          <p className="quiet small">
            <Trans>Coordinators cut turf. You see how far they are.</Trans>
          </p>
        )}
        {plan.turfs.length === 0 ? (
          auto.cutting.progress === null &&
          all > 0 && (
            <p className="quiet">
              <Trans>No turf yet. Cut all doors at once, or draw turfs on the map by hand.</Trans>
            </p>
          )
        ) : (
          <>
            <h2>
              <Plural value={plan.turfs.length} one="# turf" other="# turfs" />
            </h2>
            <PlanList
              turfs={listed.turfs}
              minutes={minutes}
              target={target}
              chosen={chosen}
              setChosen={setChosen}
              busy={busy}
              acts={acts}
              onDelete={remove}
              onMerge={hand.merge}
              onCutAnew={() => {
                auto.setScope('chosen');
                setCutOpen(true);
              }}
            />
          </>
        )}
        {mayCut && (
          <PlanFoot
            unkept={work.unkept}
            sizeUnkept={work.sizeUnkept}
            empty={plan.turfs.length === 0}
            drafts={drafts.length}
            busy={busy}
            onKeep={() => void keep()}
            onPublishAll={() => setAsked({ kind: 'publish', turfs: drafts })}
          >
            <PlanProblem work={work} publishing={publishing} />
          </PlanFoot>
        )}
      </div>
      <div className="desk-map">
        <PlanMap
          layers={layers}
          doors={doors}
          plan={shown}
          chosen={chosen}
          reshaped={hand.reshaped}
          bounds={bounds}
          drawing={mayCut ? hand.drawing : null}
          onDoor={hand.onDoor}
          onTurf={hand.onTurf}
        >
          {mayCut && (
            <ModeBar
              mode={hand.mode}
              onMode={hand.setMode}
              precincts={doors.precincts.length > 0}
              onUndo={work.undo}
              onRedo={work.redo}
            >
              <ModeStrip
                mode={hand.mode}
                stroke={hand.stroke}
                setStroke={hand.setStroke}
                goal={hand.goal}
                setGoal={hand.setGoal}
                turfs={plan.turfs}
                chosen={only ?? null}
                precincts={doors.precincts}
                precinct={hand.precinct}
                setPrecinct={hand.setPrecinct}
                missed={hand.missed}
                onCancel={hand.cancel}
                onAssign={hand.assign}
              />
              {listed !== plan && (
                <LiveCounts before={plan} now={shown} minutes={minutes} target={target} />
              )}
            </ModeBar>
          )}
        </PlanMap>
      </div>
      <PublishDialogs
        asked={asked}
        at={publishing.at}
        unkept={work.unkept}
        onPublish={(turfs) => void publish(turfs)}
        onDelete={async (turf) => {
          if (await publishing.remove(turf)) setChosen([]);
          setAsked(null);
        }}
        onCancel={() => {
          if (publishing.at === null) setAsked(null);
          else publishing.stop();
        }}
      />
    </div>
  );
}

function sumOf(counts: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i] ?? 0;
  return sum;
}
