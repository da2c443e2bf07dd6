import { Trans } from '@lingui/react/macro';
import { IconAlertCircle } from '@tabler/icons-react';
import type { LineFault } from './line.ts';

/** Why the line cannot be saved as it stands; null: nobody has said whose paper it is. */
export function FaultWords({ fault }: { readonly fault: LineFault | null }) {
  return (
    <p className="field-error" role="alert">
      <IconAlertCircle size={16} aria-hidden />
      <span>
        {fault === null && <Trans>Say at the top who walked, on which day and from when.</Trans>}
        {fault?.kind === 'who' && <Trans>Choose whom it is about.</Trans>}
        {fault?.kind === 'what' && <Trans>Choose what happened, or write a note.</Trans>}
        {fault?.kind === 'answer' && (
          <Trans>The answer to question {fault.question} does not fit: look at its letters.</Trans>
        )}
      </span>
    </p>
  );
}
