import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconHistory } from '@tabler/icons-react';
import { knockedAt } from '#shared/canvass/knocked-at.ts';
import { languageName } from '../../../ui/language-name.ts';
import { resultWords } from '../../../ui/result-words.ts';
import { useComeBackWords } from './come-back-words.ts';
import type { DoorRow } from '../door-row.ts';
import { dayAndTime, shortDay } from '../time-words.ts';
import { useDoorHistory } from './use-door-history.ts';
import { useWalk } from '../walk-context.ts';

/** When we were last at a door and what came of it, how often, and whether a leaflet lies there. */
export function LastHere({ row }: { readonly row: DoorRow }) {
  const { t, i18n } = useLingui();
  const { stateOf } = useWalk();
  const comeBack = useComeBackWords();
  const history = useDoorHistory(row.door.id);
  const state = stateOf(row.door.id);
  const knocks = state === null ? [] : [...state.earlier, ...state.knocks];
  const last = state?.lastKnock ?? state?.earlier.at(-1) ?? null;
  const leaflet = history?.find(({ op, withdrawn }) => !withdrawn && op.type === 'lit-drop');
  const barrier = knocks.findLast(({ outcome }) => outcome.language !== undefined);
  const parts: string[] = [];
  if (last !== null) {
    const { outcome } = last;
    parts.push(outcome.kind === 'contact' ? t`talked with us` : t(resultWords[outcome.result]));
    if (outcome.kind === 'result' && outcome.comeBack) parts.push(comeBack(outcome.comeBack));
  }
  const spoken = barrier?.outcome.language;
  if (spoken !== undefined) parts.push(t`speaks ${languageName(spoken, i18n.locale)}`);
  if (leaflet) parts.push(t`leaflet left ${shortDay(knockedAt(leaflet.op).ms, i18n.locale)}`);
  return (
    <p className="last-here small">
      <IconHistory size={18} aria-hidden />
      <span>
        {last === null ? (
          <Trans>No knock yet</Trans>
        ) : (
          <>
            <Trans>Last here {dayAndTime(last.at.ms, i18n.locale)}</Trans>
            {knocks.length > 1 && (
              <>
                {', '}
                <Plural value={knocks.length} one="# knock" other="# knocks" />
              </>
            )}
          </>
        )}
        {parts.length > 0 && <strong> · {parts.join(' · ')}</strong>}
      </span>
    </p>
  );
}
