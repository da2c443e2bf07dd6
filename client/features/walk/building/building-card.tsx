import '../../../ui/door-words.ts';
import { lazy, Suspense, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconEye, IconPencilPlus, IconStairs, IconUsers } from '@tabler/icons-react';
import type { Remembered } from '#shared/canvass/building-memory.ts';
import type { Building } from '#shared/model/door.ts';
import type { BuildingMemory } from '#shared/model/field-words.ts';
import { Button } from '../../../ui/button.tsx';
import { memoryWords } from '../../../ui/memory-words.ts';
import { memoryIcons } from './building-words.ts';
import { shortDay } from '../time-words.ts';
import { useBuildingsMemory } from './use-buildings-memory.ts';
import type { DoorRow } from '../door-row.ts';
import './building.css';

const loadSheet = () => import('./building-sheet.tsx');
const BuildingSheet = lazy(async () => ({ default: (await loadSheet()).BuildingSheet }));
const loadUnits = () => import('./building-units.tsx');
const BuildingUnits = lazy(async () => ({ default: (await loadUnits()).BuildingUnits }));

/** Fetches what the card opens, so that it does without a signal. */
export async function loadBuildingSheets(): Promise<void> {
  await Promise.all([loadSheet(), loadUnits()]);
}

export interface BuildingCardProps {
  readonly building: Building;
  /** The door at which something is learnt. */
  readonly door: DoorRow['door'];
}

/** What is remembered of a building, and the way to add to it: what one knows, and more units. */
export function BuildingCard({ building, door }: BuildingCardProps) {
  const { t } = useLingui();
  const known = useBuildingsMemory()?.get(building.id) ?? [];
  const [about, setAbout] = useState<BuildingMemory | 'any' | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <section className="building-card" aria-label={t`The building`}>
      {known.length > 0 && (
        <ul className="building-known" role="list">
          {known.map((one) => (
            <Line key={one.about} one={one} onPress={() => setAbout(one.about)} />
          ))}
        </ul>
      )}
      <div className="row building-actions">
        <Button
          variant="quiet"
          icon={<IconPencilPlus size={20} aria-hidden />}
          onClick={() => setAbout('any')}
        >
          {known.length === 0 ? (
            <Trans>About the building</Trans>
          ) : (
            <Trans>Add what you know</Trans>
          )}
        </Button>
        <Button
          variant="quiet"
          icon={<IconStairs size={20} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          <Trans>Add units</Trans>
        </Button>
      </div>
      <Suspense fallback={null}>
        {about !== null && (
          <BuildingSheet
            building={building}
            door={door}
            known={known}
            start={about === 'any' ? null : about}
            onClose={() => setAbout(null)}
          />
        )}
        {adding && <BuildingUnits building={building} onClose={() => setAdding(false)} />}
      </Suspense>
    </section>
  );
}

function Line({ one, onPress }: { readonly one: Remembered; readonly onPress: () => void }) {
  const { t, i18n } = useLingui();
  const Icon = memoryIcons[one.about];
  const twice = one.seenBy > 1;
  return (
    <li>
      <button type="button" className={`building-line building-${one.about}`} onClick={onPress}>
        <Icon size={20} aria-hidden />
        <span className="grow">
          <span className="building-what">
            <span className="building-about">{t(memoryWords[one.about])}</span> {one.text}
          </span>
          <span className="small quiet building-who">
            {twice ? <IconUsers size={15} aria-hidden /> : <IconEye size={15} aria-hidden />}
            {twice ? <Trans>Seen by two people</Trans> : <Trans>Said by one person</Trans>}
            {' · '}
            {shortDay(one.at.ms, i18n.locale)}
          </span>
        </span>
      </button>
    </li>
  );
}
