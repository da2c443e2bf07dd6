import { useEffect, useMemo, useRef, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { sortFound } from '#shared/canvass/sort-found.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Problem } from '#shared/kernel/problem.ts';
import type { PaperLanguage, PaperSheet } from '#shared/model/paper.ts';
import { floorOf } from '#shared/walk/floor-of.ts';
import { readUnits } from '#shared/walk/name-units.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useMe } from '../../api/me.ts';
import { useUnsavedWork } from '../../shell/unsaved-work.ts';
import { foundDoorId } from '../../store/found-door-id.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Pill } from '../../ui/pill.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { DoorRow } from './door-row.tsx';
import {
  shownLines,
  type ShownLine,
  withFound,
  withMet,
  withSaved,
  withWalkers,
} from './entered-lines.ts';
import type { FoundTrouble } from './found-field.tsx';
import { lastOfMinute, leaveFound, leaveLine, takeBack, type Waiting } from './kept-entry.ts';
import { JumpField } from './jump-field.tsx';
import {
  EMPTY_LINE,
  isEmpty,
  type Line,
  lineOf,
  lineOfFacts,
  type OnSheet,
  readLine,
} from './line.ts';
import { paperUrl } from './print-panel.tsx';
import { ShiftForm } from './shift-form.tsx';
import { type OpenedBox, useKept } from './use-kept.ts';
import { useSending } from './use-sending.ts';
import { shownTime, zonedTime } from '../../api/zoned-time.ts';

export interface EntryDeskProps {
  readonly sheet: PaperSheet;
  readonly put: (change: (before: PaperSheet) => PaperSheet) => void;
  readonly reload: () => void;
  readonly scriptId: string | null;
  readonly language: PaperLanguage;
  /** What was typed before in this browser. */
  readonly opened: OpenedBox;
}

/** Typing in one turf: who and when once, then a line a door. */
export function EntryDesk(props: EntryDeskProps) {
  const { sheet, put, reload, scriptId, language, opened } = props;
  const { t, i18n } = useLingui();
  const { chapter } = useMe();
  const { turf, scripts } = sheet;
  const entry = useKept(opened, () => {
    const { day } = shownTime(Date.now(), chapter.timeZone);
    const printed = scripts.find(({ id }) => id === scriptId) ?? scripts[0];
    return { walker: null, day, time: '', scriptId: printed?.id ?? null, language };
  });
  const { kept, change, safe, elsewhere } = entry;
  /** Doors that the chapter has by now, until its list is asked for again. */
  const [found, setFound] = useState<readonly Waiting[]>([]);
  const trouble = useSending(turf.id, entry, (saved) => {
    if (saved.facts.some(({ type }) => type === 'door')) setFound((now) => [...now, saved]);
    put((before) => withSaved(before, saved));
  });
  const script = scripts.find(({ id }) => id === kept.shift.scriptId)?.body ?? null;
  const shown = useMemo(
    () => shownLines(sheet.entered, kept.waiting),
    [sheet.entered, kept.waiting],
  );
  const doors = useMemo(
    () =>
      withFound(sheet.doors, [...found, ...kept.waiting]).map((door) =>
        withMet(door, shown.get(door.id) ?? []),
      ),
    [sheet.doors, shown, found, kept.waiting],
  );
  const onSheet: OnSheet = {
    script,
    asked: sheet.asked.filter((one) => one.language === kept.shift.language),
    tags: sheet.tags,
    staff: sheet.staff,
    walker: kept.shift.walker?.id ?? null,
    day: kept.shift.day,
  };
  const at = zonedTime(kept.shift.day, kept.shift.time, chapter.timeZone);
  const ready = kept.shift.walker !== null && kept.shift.walker.name.trim() !== '' && at !== null;
  const [active, setActive] = useState<number | null>(null);
  /** A door whose line is opened as soon as it is listed. */
  const [opening, setOpening] = useState<DoorId | null>(null);
  if (opening !== null) {
    const index = doors.findIndex(({ id }) => id === opening);
    if (index !== -1) {
      setOpening(null);
      setActive(index);
    }
  }
  const [said, setSaid] = useState('');
  const [printTrouble, setPrintTrouble] = useState<Problem | null>(null);
  const waiting = kept.waiting.length;
  useUnsavedWork(!safe);

  // Once all of it is with the chapter, the doors are asked how they stand now.
  const before = useRef(waiting);
  useEffect(() => {
    if (before.current > 0 && waiting === 0) reload();
    before.current = waiting;
  }, [waiting, reload]);

  const lineAt = (doorId: DoorId): Line => kept.lines[doorId] ?? EMPTY_LINE;
  const setLine = (doorId: DoorId, line: Line): void =>
    change((old) => {
      const { [doorId]: _, ...others } = old.lines;
      const blank =
        isEmpty(line) && line.personId === null && line.newcomer === null && line.replaces === null;
      const lines = blank ? others : { ...others, [doorId]: line };
      return { ...old, lines };
    });

  /** Saves the line at hand, if it says anything; false when it cannot be saved as it is. */
  const leave = (index: number): boolean => {
    const door = doors[index];
    if (door === undefined) return true;
    const line = lineAt(door.id);
    if (isEmpty(line)) {
      if (line.replaces !== null) setLine(door.id, EMPTY_LINE);
      return true;
    }
    const read = readLine(line, door, onSheet);
    if (!read.ok || !ready || at === null) return false;
    const stamps = (shown.get(door.id) ?? []).map(({ hlc }) => hlc);
    const after = lastOfMinute(stamps, at);
    change((old) => leaveLine(old, door.id, line, read.said, at, after));
    const { position } = door;
    setSaid(t`Door ${position} saved`);
    return true;
  };

  const go = (index: number | null): void => {
    if (active !== null && active !== index) leave(active);
    setActive(index);
  };
  const save = (stay: boolean): void => {
    if (active === null || !leave(active)) return;
    if (stay) return;
    setActive(Math.min(active + 1, doors.length - 1));
  };
  const undo = (line: ShownLine): void => {
    if (at === null && line.place === 'chapter') return;
    const when = at !== null && at.ms > line.at.ms ? at : line.at;
    change((old) => takeBack(old, line, when));
    setSaid(t`Taken back`);
  };
  const correct = (index: number, line: ShownLine): void => {
    go(index);
    const refused = kept.waiting.find(
      (one) => one.refused !== null && one.facts.some(({ opId }) => opId === line.opId),
    );
    if (refused === undefined) return setLine(line.doorId, lineOf(line, script));
    change((old) => ({ ...old, waiting: old.waiting.filter((one) => one !== refused) }));
    setLine(line.doorId, lineOfFacts(refused.facts, onSheet));
  };

  /** Another unit of a door's building: its line is opened, or that of the door that it is. */
  const find = async (index: number, typed: string): Promise<FoundTrouble | null> => {
    const beside = doors[index];
    const units = readUnits(typed);
    const [unit] = units;
    if (beside === undefined || unit === undefined || units.length > 1) return 'unit';
    if (!ready || at === null) return 'shift';
    const { buildingId, building } = beside;
    const listed = doors.filter((door) => door.buildingId === buildingId);
    const sorted = sortFound([unit], listed, sheet.units);
    const there = sorted.listed[0]?.id ?? null;
    if (there === null && sorted.held.length > 0) return 'held';
    if (there === null && sorted.flagged.length > 0) return 'flagged';
    const fresh = sorted.fresh[0];
    const doorId = there ?? fresh?.id ?? (await foundDoorId(buildingId, unit));
    if (active !== null) leave(active);
    if (there === null) {
      const level = floorOf(unit, building.number);
      const floor = level === null ? null : String(level);
      change((old) =>
        leaveFound(old, { doorId, buildingId, unit: fresh?.unit ?? unit, floor }, at),
      );
    }
    setOpening(doorId);
    return null;
  };

  const { walker } = kept.shift;
  // Whoever was typed in as new may keep a promise before the chapter names them.
  const named = withWalkers(sheet.walkers, kept.waiting);
  const walkers = walker === null ? named : withWalkers(named, [{ walker }]);
  const typedIn = doors.filter(({ id }) => shown.has(id)).length;
  return (
    <>
      <PageTitle
        over={
          <Link href="/desk/paper">
            <Trans>Paper</Trans>
          </Link>
        }
        title={turf.name}
        under={t`No. ${turf.number} · the lines are in the order of the paper, with its numbers`}
        actions={
          <>
            <DownloadLink
              className={buttonClass({})}
              href={paperUrl([turf.id], 'letter', i18n.locale === 'es' ? 'es' : 'en')}
              onAnswer={setPrintTrouble}
            >
              <span>
                <Trans>Print</Trans>
              </span>
            </DownloadLink>
            <Link className={buttonClass({})} href="/desk/paper">
              <Trans>Another turf</Trans>
            </Link>
          </>
        }
      />
      {printTrouble !== null && <ProblemNotice problem={printTrouble} />}
      {elsewhere && (
        <Notice tone="problem">
          <Trans>
            This turf is open in another tab of this browser. Type there, or close it: what was
            typed there appears here.
          </Trans>
        </Notice>
      )}
      {!safe && (
        <Notice tone="problem">
          <Trans>
            This browser keeps nothing, so what is typed is on this page alone until it is saved. Do
            not close the page while lines wait.
          </Trans>
        </Notice>
      )}
      <fieldset className="paper-all" disabled={elsewhere}>
        <ShiftForm
          scripts={scripts}
          walkers={named}
          shift={kept.shift}
          onChange={(shift) => change((old) => ({ ...old, shift }))}
        />
        <div className="paper-bar">
          <JumpField
            doors={doors}
            onJump={(index) => {
              go(index);
            }}
          />
          <p className="quiet">
            <Plural
              value={doors.length}
              one={`${typedIn} of # door typed in`}
              other={`${typedIn} of # doors typed in`}
            />
          </p>
          <Pill tone={waiting > 0 ? 'phone' : 'done'} live>
            {waiting > 0 ? (
              <Plural
                value={waiting}
                one="# line waits in this browser"
                other="# lines wait in this browser"
              />
            ) : (
              <Trans>All with the chapter</Trans>
            )}
          </Pill>
          <p className="for-readers" role="status">
            {said}
          </p>
        </div>
        {trouble !== null && <ProblemNotice problem={trouble} />}
        <ol role="list" className="paper-doors">
          {doors.map((door, index) => (
            <DoorRow
              key={door.id}
              door={door}
              line={lineAt(door.id)}
              lines={shown.get(door.id) ?? []}
              onSheet={onSheet}
              walkers={walkers}
              active={active === index}
              ready={ready}
              walkedAt={at?.ms ?? null}
              onOpen={() => go(index)}
              onLine={(line) => setLine(door.id, line)}
              onSave={save}
              onMove={(by) => go(Math.max(0, Math.min(doors.length - 1, index + by)))}
              onUndo={undo}
              onCorrect={(line) => correct(index, line)}
              onFound={(unit) => find(index, unit)}
            />
          ))}
        </ol>
      </fieldset>
    </>
  );
}
