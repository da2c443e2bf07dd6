import { lazy, Suspense } from 'react';
import type { PersonId } from '#shared/kernel/ids.ts';
import type { Person } from '#shared/model/person.ts';
import type { ResultCode } from '#shared/model/results.ts';
import type { DoorRow } from '../door-row.ts';
import { loadTower } from '../list/tower-view.tsx';
import type { Fact } from '../walk-context.ts';

// The sheets are half of the first download and no part of the first screen: they come after it.
const loadResult = () => import('./result-sheet.tsx');
const loadStop = () => import('./stop-sheet.tsx');
const loadMoved = () => import('./moved-sheet.tsx');
const loadPerson = () => import('./person-sheet.tsx');
const loadNote = () => import('./note-sheet.tsx');
const loadResident = () => import('./resident-sheet.tsx');
const loadPromise = () => import('../promise/promise-sheet.tsx');
const ResultSheet = lazy(async () => ({ default: (await loadResult()).ResultSheet }));
const StopSheet = lazy(async () => ({ default: (await loadStop()).StopSheet }));
const MovedSheet = lazy(async () => ({ default: (await loadMoved()).MovedSheet }));
const PersonSheet = lazy(async () => ({ default: (await loadPerson()).PersonSheet }));
const NoteSheet = lazy(async () => ({ default: (await loadNote()).NoteSheet }));
const PromiseSheet = lazy(async () => ({ default: (await loadPromise()).PromiseSheet }));
const ResidentSheet = lazy(async () => ({ default: (await loadResident()).ResidentSheet }));

/** What towers and the doors in them show of their building. */
async function loadBuilding(): Promise<void> {
  const [{ loadBuildingSheets }] = await Promise.all([
    import('../building/building-card.tsx'),
    loadTower(),
  ]);
  await loadBuildingSheets();
}

/** Fetches the sheets ahead, so that the first tap on a result opens at once. */
export function preloadSheets(): void {
  const loads = [
    loadResult,
    loadStop,
    loadMoved,
    loadPerson,
    loadNote,
    loadResident,
    loadPromise,
    loadBuilding,
  ];
  // The list shows it of doors where somebody asked for it.
  import('../list/come-back-hint.tsx').catch(() => undefined);
  for (const load of loads) load().catch(() => undefined);
}

/** Which sheet is open over a door. */
export type OpenSheet =
  | { readonly kind: 'result'; readonly result: ResultCode }
  | { readonly kind: 'person'; readonly personId: PersonId }
  | { readonly kind: 'note' }
  | { readonly kind: 'promise' }
  | { readonly kind: 'resident' };

export interface DoorSheetsProps {
  readonly row: DoorRow;
  readonly where: string;
  readonly open: OpenSheet | null;
  /** Whom all of it is about where that is known; left out: it is asked. */
  readonly about?: PersonId;
  readonly onClose: () => void;
  /** Resolves with true once it is durable. `leave` goes on to the next door. */
  readonly onSave: (fact: Fact, what: string, leave: boolean) => Promise<boolean>;
  readonly onTalk: (person: Pick<Person, 'id'>) => void;
  /** On to the next door; left out: the sheet closes. */
  readonly onLeave?: () => void;
}

export function DoorSheets(props: DoorSheetsProps) {
  const { row, where, open, about, onClose, onSave, onTalk, onLeave = onClose } = props;
  const whom = about !== undefined && { about };
  const person = open?.kind === 'person' && row.people.find(({ id }) => id === open.personId);
  return (
    <Suspense fallback={null}>
      {open?.kind === 'result' && open.result === 'do-not-contact' && (
        <StopSheet
          row={row}
          {...whom}
          onClose={onClose}
          onSave={(fact, what) => onSave(fact, what, true)}
        />
      )}
      {open?.kind === 'result' && open.result === 'moved' && (
        <MovedSheet
          row={row}
          {...whom}
          where={where}
          onClose={onClose}
          onSave={(fact, what) => onSave(fact, what, false)}
          onTalk={onTalk}
          onLeave={onLeave}
        />
      )}
      {person && (
        <PersonSheet
          row={row}
          person={person}
          where={where}
          onClose={onClose}
          onTalk={person.doNotContact ? undefined : () => onTalk(person)}
        />
      )}
      {open?.kind === 'result' && open.result !== 'do-not-contact' && open.result !== 'moved' && (
        <ResultSheet
          row={row}
          result={open.result}
          {...whom}
          onClose={onClose}
          onSave={(fact, what) => onSave(fact, what, true)}
        />
      )}
      {open?.kind === 'note' && (
        <NoteSheet row={row} onClose={onClose} onSave={(fact, what) => onSave(fact, what, false)} />
      )}
      {open?.kind === 'promise' && (
        <PromiseSheet row={row} person={null} where={where} onClose={onClose} />
      )}
      {open?.kind === 'resident' && (
        <ResidentSheet row={row} where={where} onClose={onClose} onTalk={onTalk} />
      )}
    </Suspense>
  );
}
