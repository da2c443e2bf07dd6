import { lazy, Suspense } from 'react';
import type { Person } from '#shared/model/person.ts';
import type { ResultCode } from '#shared/model/results.ts';
import type { DoorRow } from './door-row.ts';
import type { Fact } from './walk-context.ts';

// The sheets are half of the first download and no part of the first screen: they come after it.
const loadResult = () => import('./result-sheet.tsx');
const loadNote = () => import('./note-sheet.tsx');
const loadResident = () => import('./resident-sheet.tsx');
const ResultSheet = lazy(async () => ({ default: (await loadResult()).ResultSheet }));
const NoteSheet = lazy(async () => ({ default: (await loadNote()).NoteSheet }));
const ResidentSheet = lazy(async () => ({ default: (await loadResident()).ResidentSheet }));

/** What towers and the doors in them show of their building. */
async function loadBuilding(): Promise<void> {
  const [{ loadBuildingSheets }] = await Promise.all([
    import('./building-card.tsx'),
    import('./tower-body.tsx'),
  ]);
  await loadBuildingSheets();
}

/** Fetches the sheets ahead, so that the first tap on a result opens at once. */
export function preloadSheets(): void {
  const loads = [loadResult, loadNote, loadResident, loadBuilding];
  for (const load of loads) load().catch(() => undefined);
}

/** Which sheet is open over a door. */
export type OpenSheet =
  | { readonly kind: 'result'; readonly result: ResultCode }
  | { readonly kind: 'note' }
  | { readonly kind: 'resident' };

export interface DoorSheetsProps {
  readonly row: DoorRow;
  readonly where: string;
  readonly open: OpenSheet | null;
  readonly onClose: () => void;
  /** Resolves with true once it is durable. `leave` goes on to the next door. */
  readonly onSave: (fact: Fact, what: string, leave: boolean) => Promise<boolean>;
  readonly onTalk: (person: Pick<Person, 'id'>) => void;
}

export function DoorSheets({ row, where, open, onClose, onSave, onTalk }: DoorSheetsProps) {
  return (
    <Suspense fallback={null}>
      {open?.kind === 'result' && (
        <ResultSheet
          row={row}
          result={open.result}
          onClose={onClose}
          onSave={(fact, what) => onSave(fact, what, true)}
        />
      )}
      {open?.kind === 'note' && (
        <NoteSheet row={row} onClose={onClose} onSave={(fact, what) => onSave(fact, what, false)} />
      )}
      {open?.kind === 'resident' && (
        <ResidentSheet row={row} where={where} onClose={onClose} onTalk={onTalk} />
      )}
    </Suspense>
  );
}
