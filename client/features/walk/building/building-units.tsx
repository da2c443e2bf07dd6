import '../../../ui/door-words.ts';
import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { Building } from '#shared/model/door.ts';
import { sortFound } from '#shared/canvass/sort-found.ts';
import { floorOf } from '#shared/walk/floor-of.ts';
import { LONGEST_UNIT, nameFloor, readUnits } from '#shared/walk/name-units.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { addressLine } from '../address-words.ts';
import { foundDoorId } from '../../../store/found-door-id.ts';
import { useSaveMany, type OneOfMany } from '../use-save-many.ts';
import { useWalk } from '../walk-context.ts';

type Way = 'units' | 'floor';

export interface BuildingUnitsProps {
  readonly building: Building;
  readonly onClose: () => void;
}

/** Dwellings that no list has: one, a range, or a whole floor, to be knocked at once. */
export function BuildingUnits({ building, onClose }: BuildingUnitsProps) {
  const { t } = useLingui();
  const { rows, sheet } = useWalk();
  const saveMany = useSaveMany();
  const [way, setWay] = useState<Way>('units');
  const [typed, setTyped] = useState('');
  const [floor, setFloor] = useState('');
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const where = addressLine(building, '');
  const listed = rows.filter((row) => row.building.id === building.id).map((row) => row.door);
  const beside = (sheet.units ?? []).filter((unit) => unit.buildingId === building.id);

  const named = nameFloor(
    Number(floor),
    [...listed, ...beside].map(({ unit }) => unit),
  );
  const units = way === 'units' ? readUnits(typed) : floor === '' ? [] : named;
  const sorted = sortFound(units, listed, beside);
  const { fresh } = sorted;

  const add = async (): Promise<void> => {
    if (fresh.length === 0) {
      setAsked(true);
      return;
    }
    setBusy(true);
    const all: OneOfMany[] = [];
    for (const { unit, id } of fresh) {
      const doorId = id ?? (await foundDoorId(building.id, unit));
      const level = floorOf(unit, building.number);
      const payload = {
        doorId,
        buildingId: building.id,
        unit,
        floor: level === null ? null : String(level),
      };
      const words = { where: addressLine(building, unit), what: t`Door found` };
      all.push({ fact: { type: 'door', payload }, words });
    }
    const done = await saveMany(all, (count) => t`Added to your list: ${count}`);
    setBusy(false);
    if (done.length > 0) onClose();
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<Trans>Add units</Trans>}
      description={<bdi>{where}</bdi>}
      footer={
        <Button variant="primary" size="large" wide busy={busy} onClick={() => void add()}>
          {fresh.length === 0 ? (
            <Trans>Add</Trans>
          ) : (
            <Plural value={fresh.length} one="Add # unit" other="Add # units" />
          )}
        </Button>
      }
    >
      <div className="stack">
        <Segmented<Way>
          label={t`What to add`}
          value={way}
          onChange={setWay}
          options={[
            { value: 'units', label: <Trans>Units</Trans> },
            { value: 'floor', label: <Trans>A whole floor</Trans> },
          ]}
        />
        {way === 'units' ? (
          <TextField
            label={<Trans>Units</Trans>}
            hint={<Trans>One, several, or a range: 3A, 3B or 3A-3F or 301-306.</Trans>}
            value={typed}
            maxLength={LONGEST_UNIT * 10}
            autoCapitalize="characters"
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        ) : (
          <TextField
            label={<Trans>Floor</Trans>}
            hint={<Trans>Its units are called as those of the other floors are.</Trans>}
            error={
              floor !== '' && named.length === 0
                ? t`The other floors do not tell how its units are called. Type them as units.`
                : undefined
            }
            value={floor}
            maxLength={2}
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => setFloor(event.target.value.replace(/[^0-9]/g, ''))}
          />
        )}
        <div role="status" className="stack">
          {fresh.length > 0 && (
            <ul className="unit-preview" role="list">
              {fresh.map(({ unit }) => (
                <li key={unit} className="unit-new">
                  {unit}
                </li>
              ))}
            </ul>
          )}
          {sorted.listed.length > 0 && (
            <div className="small quiet">
              <Trans>Already on your list:</Trans>
              <ul className="unit-preview" role="list">
                {sorted.listed.map(({ id, unit }) => (
                  <li key={id}>
                    <Link className="unit-there" href={`/walk/door/${id}`} onClick={onClose}>
                      {unit}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <LeftOut units={sorted.held}>
            <Trans>On another turf, left to them:</Trans>
          </LeftOut>
          <LeftOut units={sorted.flagged}>
            <Trans>Somebody there asked not to be contacted:</Trans>
          </LeftOut>
        </div>
        {asked && fresh.length === 0 && (
          <p className="field-error" role="alert">
            <Trans>Name at least one unit that is not on your list.</Trans>
          </p>
        )}
      </div>
    </Sheet>
  );
}

interface LeftOutProps {
  readonly units: readonly string[];
  readonly children: React.ReactNode;
}

function LeftOut({ units, children }: LeftOutProps) {
  if (units.length === 0) return null;
  return (
    <p className="small quiet">
      {children} {units.join(', ')}
    </p>
  );
}
