import type { KeyboardEvent } from 'react';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { IconButton } from '../../ui/icon-button.tsx';

export interface MoveButtonsProps {
  /** For focus to follow what was moved. */
  readonly id: string;
  readonly words: { readonly up: string; readonly down: string; readonly remove: string };
  readonly first: boolean;
  readonly last: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** Up, down and away, for a question or an option. */
export function MoveButtons({ id, words, first, last, onMove, onRemove }: MoveButtonsProps) {
  return (
    <div className="script-moves">
      <IconButton
        id={`${id}-up`}
        icon={<IconArrowUp size={18} aria-hidden />}
        label={words.up}
        aria-disabled={first}
        onClick={() => onMove(-1)}
      />
      <IconButton
        id={`${id}-down`}
        icon={<IconArrowDown size={18} aria-hidden />}
        label={words.down}
        aria-disabled={last}
        onClick={() => onMove(1)}
      />
      <IconButton
        icon={<IconTrash size={18} aria-hidden />}
        label={words.remove}
        onClick={onRemove}
      />
    </div>
  );
}

/** Alt with an arrow moves what has the focus, as in editors that people know. */
export function moveByKey(event: KeyboardEvent, onMove: (by: -1 | 1) => void): void {
  if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
  event.preventDefault();
  event.stopPropagation();
  onMove(event.key === 'ArrowUp' ? -1 : 1);
}

/** React moves the element in the page, and the browser then drops its focus: give it back. */
export function refocus(): void {
  const id = document.activeElement?.id;
  if (!id) return;
  window.requestAnimationFrame(() => document.getElementById(id)?.focus());
}
