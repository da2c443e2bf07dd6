import { Trans } from '@lingui/react/macro';
import { IconAlertCircle } from '@tabler/icons-react';
import { useAskedNames } from './asked-names.ts';
import type { LineFault } from './line.ts';

/** Why the line cannot be saved as it stands; null: nobody has said whose paper it is. */
export function FaultWords({ fault }: { readonly fault: LineFault | null }) {
  const names = useAskedNames();
  const about = fault?.kind === 'allowed' ? names[fault.about] : '';
  return (
    <p className="field-error" role="alert">
      <IconAlertCircle size={16} aria-hidden />
      <span>
        {fault === null && <Trans>Say at the top who walked, on which day and from when.</Trans>}
        {fault?.kind === 'who' && <Trans>Choose whom it is about.</Trans>}
        {fault?.kind === 'name' && <Trans>A first name is enough, but one there must be.</Trans>}
        {fault?.kind === 'allowed' && (
          <Trans>“{about}” is answered by y for yes or n for no. Empty: nobody asked.</Trans>
        )}
        {fault?.kind === 'email' && (
          <Trans>
            This is no whole e-mail address, such as lupe@example.org. Finish it or clear it.
          </Trans>
        )}
        {fault?.kind === 'tags' && <Trans>A tag has no such letter: look at the letters.</Trans>}
        {fault?.kind === 'promise' && fault.lacks === 'text' && (
          <Trans>Write what was promised.</Trans>
        )}
        {fault?.kind === 'promise' && fault.lacks === 'who' && (
          <Trans>Say who keeps the promise.</Trans>
        )}
        {fault?.kind === 'promise' && fault.lacks === 'by' && (
          <Trans>
            Say a day such as 2026-05-01, from the day of the walk to two years after it.
          </Trans>
        )}
        {fault?.kind === 'what' && <Trans>Choose what happened, or write a note.</Trans>}
        {fault?.kind === 'answer' && (
          <Trans>The answer to question {fault.question} does not fit: look at its letters.</Trans>
        )}
      </span>
    </p>
  );
}
