import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import type { ImportState, RollImport } from '#shared/model/roll.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import { CompareUndo } from './compare-undo.tsx';
import { ImportTerms } from './import-terms.tsx';
import { ImportFlow } from './import-flow.tsx';

export interface ImportListProps {
  readonly imports: readonly RollImport[];
  /** The one whose report is open at first, the last one mostly. */
  readonly openAtFirst: RollImport['id'] | null;
  /** Takes one whose roll goes out of its place, to be followed. */
  readonly onStarted: (started: RollImport) => void;
}

const TONES = {
  waiting: 'brand',
  running: 'brand',
  ready: 'brand',
  done: 'done',
  failed: 'danger',
  cancelled: 'plain',
} as const satisfies Record<ImportState, string>;

/** Imports that are shown at first, and how many cancelled or failed ones there may be among them. */
const SHOWN = 5;
const SHOWN_UNDONE = 2;

/** The last few; whatever can still be acted on is among them. */
function recent(imports: readonly RollImport[]): ReadonlySet<RollImport['id']> {
  const shown = new Set<RollImport['id']>();
  let undone = 0;
  for (const { id, state, canUndo } of imports) {
    const open = canUndo || state === 'running' || state === 'ready' || state === 'waiting';
    if (state === 'cancelled' || state === 'failed') undone++;
    const over = (state === 'cancelled' || state === 'failed') && undone > SHOWN_UNDONE;
    if (open || (shown.size < SHOWN && !over)) shown.add(id);
  }
  return shown;
}

/** Imports so far, newest first, each with its report. */
export function ImportList({ imports, openAtFirst, onStarted }: ImportListProps) {
  const { t } = useLingui();
  const mayImport = useMay('import-roll');
  const format = useFormat();
  const [open, setOpen] = useState<string | null>(openAtFirst);
  const [all, setAll] = useState(false);
  const few = recent(imports);
  const older = all ? 0 : imports.length - few.size;
  const words = {
    waiting: t`waiting`,
    running: t`under way`,
    ready: t`Waits for you to compare it`,
    done: t`done`,
    failed: t`not done`,
    cancelled: t`cancelled`,
  };
  return (
    <section className="stack" aria-labelledby="imports-title">
      <h2 id="imports-title">
        <Trans>Imports so far</Trans>
      </h2>
      <div className="panel roll-imports">
        {imports
          .filter(({ id }) => all || few.has(id))
          .map((one) => (
            <details
              key={one.id}
              open={open === one.id}
              onToggle={(event) => {
                const nowOpen = event.currentTarget.open;
                setOpen((before) => (nowOpen ? one.id : before === one.id ? null : before));
              }}
            >
              <summary>
                <span className="roll-import-name">{one.fileName}</span>
                <span className="quiet small">{format.moment(one.startedAt)}</span>
                <Pill tone={TONES[one.state]}>{words[one.state]}</Pill>
              </summary>
              <div className="roll-import-body">
                {mayImport && (one.state === 'ready' || one.canUndo) && (
                  <div className="row roll-import-acts">
                    <Link className={buttonClass({})} href="/desk/roll/compare">
                      {one.state === 'ready' ? t`Compare it` : t`What it changed`}
                    </Link>
                    {one.canUndo && <CompareUndo one={one} onStarted={onStarted} />}
                  </div>
                )}
                {one.state === 'done' && <ImportTerms one={one} />}
                {one.report && <ImportFlow importId={one.id} report={one.report} />}
                {one.problem && <p>{one.problem.text}</p>}
                {!one.report && !one.problem && (
                  <p className="quiet">
                    {one.state === 'cancelled' ? (
                      <Trans>Cancelled. The roll stayed as it was.</Trans>
                    ) : (
                      <Trans>No report yet.</Trans>
                    )}
                  </p>
                )}
              </div>
            </details>
          ))}
      </div>
      {older > 0 && (
        <div>
          <Button onClick={() => setAll(true)}>
            <Plural value={older} one="Show # older import" other="Show # older imports" />
          </Button>
        </div>
      )}
    </section>
  );
}
