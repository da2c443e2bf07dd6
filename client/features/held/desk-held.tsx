import { useMemo, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconInboxOff } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Script } from '#shared/model/script.ts';
import type { HeldEntry } from '#shared/sync/phones.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { joinClasses } from '../../ui/join-classes.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { showToast } from '../../ui/toast.tsx';
import { HeldCard } from './held-card.tsx';
import { type Decision, type HeldState, useHeld } from './use-held.ts';
import './held.css';

/** After a decision the next card comes up under the pointer: a double click must not decide both. */
const REST_MS = 400;

/** `/desk/held`: what arrived and could not be applied, kept whole until somebody decides. */
export default function DeskHeld() {
  const { t } = useLingui();
  const format = useFormat();
  const [state, setState] = useState<HeldState>('waiting');
  const held = useHeld(state);
  const [resting, setResting] = useState(false);
  const rest = useRef(0);
  const scripts = useApi<readonly Script[]>('/v1/scripts');
  const versions = useMemo(
    () => (scripts.data ?? []).flatMap(({ published }) => published),
    [scripts.data],
  );

  const decide = async (entry: HeldEntry, decision: Decision): Promise<Problem | null> => {
    const entries = held.data?.entries ?? [];
    const at = entries.findIndex(({ id }) => id === entry.id);
    const next = entries[at + 1] ?? entries[at - 1] ?? null;
    window.clearTimeout(rest.current);
    setResting(true);
    const answer = await held.decide(entry, decision);
    window.clearTimeout(rest.current);
    rest.current = window.setTimeout(() => setResting(false), REST_MS);
    if (!answer.ok) return answer.problem;
    const said = {
      accept: t`Accepted: it counts now.`,
      retarget: t`It counts now, at the door that you gave it.`,
      discard: t`Discarded. It is listed under Decided, with your reason.`,
    };
    showToast({ text: said[decision.what] });
    // The keyboard goes on where the decided one was.
    const goOn = next === null ? 'held-state' : `held-${next.id}`;
    window.requestAnimationFrame(() => {
      const place = document.getElementById(goOn);
      (place?.querySelector<HTMLElement>('h2, input') ?? place)?.focus();
    });
    return null;
  };

  return (
    <div className="desk-page held-page">
      <PageTitle
        title={t`Held`}
        under={
          state === 'waiting'
            ? t`These arrived and do not fit, so they count nowhere yet. They are kept whole; nothing is thrown away.`
            : t`What became of them, by whom and why. All of it is kept.`
        }
      />
      <div id="held-state">
        <Segmented<HeldState>
          label={t`Which ones`}
          value={state}
          onChange={setState}
          options={[
            { value: 'waiting', label: t`Waiting` },
            { value: 'decided', label: t`Decided` },
          ]}
        />
      </div>
      <ShowData from={held} lines={6}>
        {({ entries, more }) =>
          entries.length === 0 && !more ? (
            <Nothing state={state} />
          ) : (
            <>
              <p className="quiet" role="status">
                {more
                  ? t`The newest ${format.number(entries.length)} of more`
                  : t`${format.number(entries.length)} in all`}
              </p>
              <ul role="list" className={joinClasses('stack held-list', resting && 'held-resting')}>
                {entries.map((entry) => (
                  <li key={entry.id}>
                    <HeldCard
                      entry={entry}
                      scripts={versions}
                      onDecide={(decision) => decide(entry, decision)}
                    />
                  </li>
                ))}
              </ul>
              {more && (
                <Button busy={held.loading} onClick={held.showMore}>
                  <Trans>Show older ones</Trans>
                </Button>
              )}
            </>
          )
        }
      </ShowData>
    </div>
  );
}

function Nothing({ state }: { readonly state: HeldState }) {
  return (
    <EmptyState
      icon={<IconInboxOff size={28} aria-hidden />}
      title={
        state === 'waiting' ? <Trans>Nothing waits</Trans> : <Trans>Nothing was decided yet</Trans>
      }
    >
      {state === 'waiting' ? (
        <Trans>Everything that phones sent could be used, or has been decided.</Trans>
      ) : (
        <Trans>
          What you accept, give another door or discard is listed here, with the reason.
        </Trans>
      )}
    </EmptyState>
  );
}
