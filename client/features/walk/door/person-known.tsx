import { Trans, useLingui } from '@lingui/react/macro';
import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import { supportWords, type SupportLevel } from '../../../ui/support-words.ts';
import { shortDay } from '../time-words.ts';
import { resultWords } from '../../../ui/result-words.ts';
import { useWalk } from '../walk-context.ts';

interface PersonKnownProps {
  readonly doorId: DoorId;
  readonly personId: PersonId;
}

/** What earlier knocks told of one person: the last time, and where they stood. */
export function PersonKnown({ doorId, personId }: PersonKnownProps) {
  const { t, i18n } = useLingui();
  const { stateOf } = useWalk();
  const known = stateOf(doorId)?.people.get(personId);
  if (known?.lastAt == null || known.lastOutcome === null) return null;
  const day = shortDay(known.lastAt.ms, i18n.locale);
  const what =
    known.lastOutcome.kind === 'contact'
      ? t`Talked with us`
      : t(resultWords[known.lastOutcome.result]);
  return (
    <bdi className="small quiet">
      <Trans>
        {what}, {day}
      </Trans>
      {known.support !== null && (
        <>
          {' '}
          <span className="known-support">
            {known.support} {t(supportWords[known.support as SupportLevel])}
          </span>
        </>
      )}
    </bdi>
  );
}
