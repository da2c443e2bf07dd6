import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { IconLayoutGrid, IconList, IconMap } from '@tabler/icons-react';
import { TURF_STAGES, type TurfStage } from '#shared/turf/turf-stage.ts';
import { useFormat } from '../../api/use-format.ts';
import { ChooseMany } from '../../ui/choice.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { StageMark } from './stage-mark.tsx';
import { BOARD_SORTS, type BoardView, type BoardWish } from './use-board-wish.ts';

export interface BoardBarProps {
  readonly wish: BoardWish;
  readonly onWish: (change: Partial<BoardWish>) => void;
  readonly counts: Readonly<Record<TurfStage, number>>;
  /** Beside the views. */
  readonly children?: ReactNode;
}

/** How the board is looked at: as cards, a list or a map, of which stages, in which order. */
export function BoardBar({ wish, onWish, counts, children }: BoardBarProps) {
  const { t } = useLingui();
  const format = useFormat();
  const sorts = {
    stage: t`Under way first`,
    name: t`Name`,
    left: t`Most doors left`,
    quiet: t`Longest without a knock`,
    near: t`Nearest`,
  };
  return (
    <div className="stack launch-bar">
      <div className="row launch-bar-row">
        <Segmented<BoardView>
          label={t`Show the board as`}
          value={wish.view}
          onChange={(view) => onWish({ view })}
          options={[
            { value: 'cards', label: t`Cards`, icon: <IconLayoutGrid size={18} aria-hidden /> },
            { value: 'list', label: t`List`, icon: <IconList size={18} aria-hidden /> },
            { value: 'map', label: t`Map`, icon: <IconMap size={18} aria-hidden /> },
          ]}
        />
        {children}
        {wish.view !== 'map' && (
          <SelectField
            label={t`Order`}
            value={wish.sort}
            onChange={({ target }) =>
              onWish({ sort: BOARD_SORTS.find((sort) => sort === target.value) ?? 'stage' })
            }
          >
            {BOARD_SORTS.map((sort) => (
              <option key={sort} value={sort}>
                {sorts[sort]}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <ChooseMany<TurfStage>
        legend={t`Only turfs that are`}
        hideLegend
        value={wish.stages}
        onChange={(stages) => onWish({ stages })}
        options={TURF_STAGES.map((stage) => ({
          value: stage,
          label: <StageMark stage={stage} />,
          count: format.number(counts[stage]),
        }))}
      />
    </div>
  );
}
