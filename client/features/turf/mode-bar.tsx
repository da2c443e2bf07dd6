import type { ReactNode } from 'react';
import { useLingui } from '@lingui/react/macro';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsJoin2,
  IconLasso,
  IconMap2,
  IconPointer,
  IconPolygon,
  IconSlice,
  IconVectorTriangle,
} from '@tabler/icons-react';
import { MODES, type Mode } from './modes.ts';

export interface ModeBarProps {
  readonly mode: Mode;
  readonly onMode: (mode: Mode) => void;
  /** Without precincts on the map there is none to assign. */
  readonly precincts: boolean;
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  /** What the mode asks for, and what it would do now. */
  readonly children: ReactNode;
}

/** Over the map: what a press does, one step back, one step on. */
export function ModeBar({ mode, onMode, precincts, onUndo, onRedo, children }: ModeBarProps) {
  const { t } = useLingui();
  const words: Record<Mode, { readonly label: string; readonly icon: ReactNode }> = {
    choose: {
      label: t({ message: 'Choose', context: 'a turf on the map' }),
      icon: <IconPointer size={20} aria-hidden />,
    },
    draw: { label: t`Draw`, icon: <IconPolygon size={20} aria-hidden /> },
    reshape: { label: t`Reshape`, icon: <IconVectorTriangle size={20} aria-hidden /> },
    split: { label: t`Split`, icon: <IconSlice size={20} aria-hidden /> },
    merge: { label: t`Merge`, icon: <IconArrowsJoin2 size={20} aria-hidden /> },
    move: { label: t`Move doors`, icon: <IconLasso size={20} aria-hidden /> },
    precinct: { label: t`Precinct`, icon: <IconMap2 size={20} aria-hidden /> },
  };
  return (
    <div className="turf-bar">
      <div className="turf-tools">
        <div className="turf-modes" role="toolbar" aria-label={t`What a press on the map does`}>
          {MODES.filter((one) => one !== 'precinct' || precincts).map((one) => (
            <button
              key={one}
              type="button"
              className="turf-mode"
              aria-pressed={one === mode}
              title={words[one].label}
              onClick={() => onMode(one)}
            >
              {words[one].icon}
              <span>{words[one].label}</span>
            </button>
          ))}
        </div>
        <div className="turf-modes turf-back">
          <button
            type="button"
            className="turf-mode"
            aria-label={t`Undo`}
            title={t`Undo (Ctrl+Z)`}
            disabled={onUndo === null}
            onClick={onUndo ?? undefined}
          >
            <IconArrowBackUp size={20} aria-hidden />
          </button>
          <button
            type="button"
            className="turf-mode"
            aria-label={t`Redo`}
            title={t`Redo (Ctrl+Shift+Z)`}
            disabled={onRedo === null}
            onClick={onRedo ?? undefined}
          >
            <IconArrowForwardUp size={20} aria-hidden />
          </button>
        </div>
      </div>
      {children}
    </div>
  );
}
