import { useLocation, useSearch } from 'wouter';
import { BOARD_FILTERS, type BoardFilter, type BoardSort } from './board-turf.ts';

export const BOARD_VIEWS = ['cards', 'list', 'map'] as const;
export type BoardView = (typeof BOARD_VIEWS)[number];
export const BOARD_SORTS = ['stage', 'name', 'left', 'quiet', 'near'] as const;

/** How the board is looked at. It stands in the address, so that the way back leads to it. */
export interface BoardWish {
  readonly view: BoardView;
  /** None: all of them but passes that are over. */
  readonly stages: readonly BoardFilter[];
  readonly sort: BoardSort;
}

function readWish(search: string): BoardWish {
  const said = new URLSearchParams(search);
  const asked = said.get('stages')?.split(' ') ?? [];
  return {
    view: BOARD_VIEWS.find((view) => view === said.get('view')) ?? 'cards',
    stages: BOARD_FILTERS.filter((stage) => asked.includes(stage)),
    sort: BOARD_SORTS.find((sort) => sort === said.get('sort')) ?? 'stage',
  };
}

/** The wish of the address, and how to change it without a step back for each press. */
export function useBoardWish(): readonly [BoardWish, (change: Partial<BoardWish>) => void] {
  const search = useSearch();
  const [, navigate] = useLocation();
  const wish = readWish(search);
  const change = (part: Partial<BoardWish>): void => {
    const { view, stages, sort } = { ...wish, ...part };
    const said = new URLSearchParams(search);
    said.set('view', view);
    said.set('sort', sort);
    if (stages.length > 0) said.set('stages', stages.join(' '));
    else said.delete('stages');
    navigate(`/desk/launch?${said.toString()}`, { replace: true });
  };
  return [wish, change];
}
