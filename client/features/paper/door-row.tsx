import { Trans, useLingui } from '@lingui/react/macro';
import type { EntryDoor, PaperSheet } from '#shared/model/paper.ts';
import { joinClasses } from '../../ui/join-classes.ts';
import type { ShownLine } from './entered-lines.ts';
import type { FoundTrouble } from './found-field.tsx';
import { isEmpty, type Line, type OnSheet } from './line.ts';
import { LineEditor } from './line-editor.tsx';
import { LineWords } from './line-words.tsx';

export interface DoorRowProps {
  readonly door: EntryDoor;
  readonly line: Line;
  readonly lines: readonly ShownLine[];
  readonly onSheet: OnSheet;
  readonly walkers: PaperSheet['walkers'];
  readonly active: boolean;
  /** It is said who walked and when. */
  readonly ready: boolean;
  /** When, in ms; null: not said yet. */
  readonly walkedAt: number | null;
  readonly onOpen: () => void;
  readonly onLine: (line: Line) => void;
  readonly onSave: (stay: boolean) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onUndo: (line: ShownLine) => void;
  readonly onCorrect: (line: ShownLine) => void;
  /** Another unit of this building was found. */
  readonly onFound: (unit: string) => Promise<FoundTrouble | null>;
}

/** One door of the paper: its number, its address, what was typed in, and the line when it is open. */
export function DoorRow(props: DoorRowProps) {
  const { t } = useLingui();
  const { door, line, lines, onSheet, active, onOpen, onUndo, onCorrect } = props;
  const { building, unit, position, standing } = door;
  const street = `${building.number} ${building.street}`.trim();
  const address = unit === '' ? street : `${street}, ${unit}`;
  const alone = standing === 'do-not-contact';
  return (
    <li className={joinClasses('paper-door', active && 'paper-door-open')} id={`door-${position}`}>
      <div className="paper-door-head">
        <button
          type="button"
          className="paper-door-name"
          aria-expanded={active}
          aria-label={t`Door ${position}, ${address}`}
          onClick={onOpen}
        >
          <span className="paper-number">{position}</span>
          <span className="paper-address">{address}</span>
        </button>
        {!active && !isEmpty(line) && (
          <span className="paper-unfinished">
            <Trans>Not finished, kept here</Trans>
          </span>
        )}
        {!alone && door.people.length > 0 && door.refusing.length === door.people.length && (
          <span className="paper-alone">
            <Trans>Asked for no visits</Trans>
          </span>
        )}
        {alone && (
          <span className="paper-alone">
            <Trans>Do not contact</Trans>
          </span>
        )}
      </div>
      {lines.length > 0 && (
        <ul role="list" className="paper-lines">
          {lines.map((one) => (
            <LineWords
              key={one.opId}
              line={one}
              door={door}
              onSheet={onSheet}
              walkers={props.walkers}
              onUndo={() => onUndo(one)}
              onCorrect={() => onCorrect(one)}
            />
          ))}
        </ul>
      )}
      {active && <LineEditor {...props} address={address} />}
    </li>
  );
}
