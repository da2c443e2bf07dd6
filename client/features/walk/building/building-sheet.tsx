import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Remembered } from '#shared/canvass/building-memory.ts';
import type { Building } from '#shared/model/door.ts';
import type { BuildingNote } from '#shared/model/fact.ts';
import { BUILDING_MEMORY, type BuildingMemory } from '#shared/model/field-words.ts';
import { Button } from '../../../ui/button.tsx';
import { ChooseOne } from '../../../ui/choice.tsx';
import { memoryWords } from '../../../ui/memory-words.ts';
import { Sheet } from '../../../ui/sheet.tsx';
import { addressLine } from '../address-words.ts';
import { BuildingEntrance, type EntrancePlace } from './building-entrance.tsx';
import { memoryHints } from './building-words.ts';
import type { DoorRow } from '../door-row.ts';
import { NoteField } from '../door/note-field.tsx';
import { useSaveGuard } from '../save-guard.tsx';

/** As long as it may be, in letters. */
const LONGEST = 300;

export interface BuildingSheetProps {
  readonly building: Building;
  readonly door: DoorRow['door'];
  readonly known: readonly Remembered[];
  /** The heading to begin with; null: to be chosen. */
  readonly start: BuildingMemory | null;
  readonly onClose: () => void;
}

/** What somebody knows of a building, for whoever comes next: one heading at a time. */
export function BuildingSheet({ building, door, known, start, onClose }: BuildingSheetProps) {
  const { t } = useLingui();
  const { saveWithUndo } = useSaveGuard();
  const [about, setAbout] = useState(start);
  const [text, setText] = useState('');
  const [place, setPlace] = useState<EntrancePlace | null>(null);
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const there = known.find((one) => one.about === about);
  const where = addressLine(building, '');
  const words = text.trim();
  const ready = about !== null && (words !== '' || (about === 'entrance' && place !== null));

  const say = async (said: Pick<BuildingNote, 'text' | 'lon' | 'lat'>): Promise<void> => {
    if (about === null) return;
    setBusy(true);
    const payload = { doorId: door.id, buildingId: building.id, about, ...said };
    const what = `${t(memoryWords[about])}: ${said.text ?? t`no longer so`}`;
    const done = await saveWithUndo(
      { type: 'building', payload },
      { where, what },
      t`Saved for whoever comes next`,
    );
    setBusy(false);
    if (done !== null) onClose();
  };
  const save = (): void => {
    if (ready) void say({ text: words === '' ? t`on the map` : words, ...place });
    else setAsked(true);
  };
  const choose = (value: BuildingMemory): void => {
    setAbout(value);
    setPlace(null);
    setAsked(false);
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<bdi>{where}</bdi>}
      description={<Trans>Kept for whoever comes next, in every campaign.</Trans>}
      footer={
        <Button variant="primary" size="large" wide busy={busy} onClick={save}>
          <Trans>Save</Trans>
        </Button>
      }
    >
      <div className="stack">
        <ChooseOne
          legend={<Trans>What do you know?</Trans>}
          options={BUILDING_MEMORY.map((value) => ({ value, label: t(memoryWords[value]) }))}
          value={about}
          onChange={choose}
        />
        {there !== undefined && (
          <div className="building-there">
            <p>{there.text}</p>
            <div className="row">
              <Button busy={busy} onClick={() => void say({ text: there.text, ...there.place })}>
                <Trans>Still so</Trans>
              </Button>
              <Button variant="quiet" busy={busy} onClick={() => void say({ text: null })}>
                <Trans>No longer so</Trans>
              </Button>
            </div>
          </div>
        )}
        {about === 'entrance' && (
          <BuildingEntrance
            building={building}
            place={place ?? there?.place ?? null}
            onPlace={setPlace}
          />
        )}
        {about !== null && (
          <NoteField
            label={there === undefined ? t(memoryWords[about]) : <Trans>What is so now</Trans>}
            hint={t(memoryHints[about])}
            value={text}
            maxLength={LONGEST}
            onChange={setText}
          />
        )}
        {asked && !ready && (
          <p className="field-error" role="alert">
            {about === null ? (
              <Trans>Choose what it is, then write it.</Trans>
            ) : about === 'entrance' ? (
              <Trans>Press the map where the entrance is, or describe it.</Trans>
            ) : (
              <Trans>Write what the next person should know.</Trans>
            )}
          </p>
        )}
        <p className="small quiet">
          <Trans>About the building alone: no names, nothing about who lives there.</Trans>
        </p>
      </div>
    </Sheet>
  );
}
