import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import { IconLayoutGrid, IconList, IconMap } from '@tabler/icons-react';
import { useFormat } from '../../api/use-format.ts';
import { ChooseMany } from '../../ui/choice.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { BOARD_FILTERS, type BoardFilter } from './board-turf.ts';
import { PhoneFold } from './phone-fold.tsx';
import { StageMark } from './stage-mark.tsx';
import { BOARD_SORTS, type BoardView, type BoardWish } from './use-board-wish.ts';
import { useNarrow } from './use-narrow.ts';
import { useStageWords } from './use-stage-words.ts';

export interface BoardBarProps {
  readonly wish: BoardWish;
  readonly onWish: (change: Partial<BoardWish>) => void;
  readonly counts: Readonly<Record<BoardFilter, number>>;
  /** Beside the views. */
  readonly children?: ReactNode;
}

/** How the board is looked at: as cards, a list or a map, of which stages, in which order. */
export function BoardBar({ wish, onWish, counts, children }: BoardBarProps) {
  const { t } = useLingui();
  const format = useFormat();
  const narrow = useNarrow();
  const stageWords = useStageWords();
  const words = { ...stageWords, free: t`Can be handed out` };
  const sorts = {
    stage: t`Under way first`,
    name: t`Name`,
    left: t`Most doors left`,
    quiet: t`Longest without a knock`,
    near: t`Nearest`,
  };
  const order = wish.view !== 'map' && (
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
  );
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
        {!narrow && order}
      </div>
      <PhoneFold
        name={t`Filter and order`}
        words={wish.stages.map((filter) => words[filter]).join(', ')}
      >
        {narrow && order}
        <ChooseMany<BoardFilter>
          legend={t`Only turfs that are`}
          hideLegend
          value={wish.stages}
          onChange={(stages) => onWish({ stages })}
          options={BOARD_FILTERS.map((filter) => ({
            value: filter,
            label: filter === 'free' ? words.free : <StageMark stage={filter} />,
            count: format.number(counts[filter]),
          }))}
        />
      </PhoneFold>
    </div>
  );
}
