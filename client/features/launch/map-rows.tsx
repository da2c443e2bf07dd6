import { useLingui } from '@lingui/react/macro';
import { TurfDot } from '../../ui/turf-dot.tsx';
import type { BoardTurf } from './board-turf.ts';
import { StageMark } from './stage-mark.tsx';

export interface MapRowsProps {
  readonly turfs: readonly BoardTurf[];
  readonly chosen: string | null;
  /** Null: all of them again. */
  readonly onChoose: (turfId: string | null) => void;
}

/** The turfs of the map for who works with keys: Enter goes to one and opens what is said of it. */
export function MapRows({ turfs, chosen, onChoose }: MapRowsProps) {
  const { t } = useLingui();
  return (
    <ul role="list" className="launch-map-rows" aria-label={t`Turfs`}>
      {turfs.map(({ turf, stage }) => (
        <li key={turf.id}>
          <button
            type="button"
            aria-pressed={turf.id === chosen}
            onClick={() => onChoose(turf.id === chosen ? null : turf.id)}
          >
            <TurfDot hue={turf.hue} />
            <span className="grow">{turf.name}</span>
            <span className="small">
              <StageMark stage={stage} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
