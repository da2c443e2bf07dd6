import { Trans } from '@lingui/react/macro';
import { IconAlertCircle } from '@tabler/icons-react';
import './door-rules.css';

export interface DoorRulesProps {
  readonly read: boolean;
  /** The form was sent without it. */
  readonly missing: boolean;
  readonly onRead: (read: boolean) => void;
}

/**
 * The rules for the doors, and the tick that they were read: before the first list. With other words
 * CONDUCT_VERSION changes.
 */
export function DoorRules({ read, missing, onRead }: DoorRulesProps) {
  return (
    <fieldset className="door-rules">
      <legend className="field-label">
        <Trans>Rules for the doors</Trans>
      </legend>
      <ul>
        <li>
          <Trans>Say who you are and for whom. A no is a no: thank them and go.</Trans>
        </li>
        <li>
          <Trans>
            Whoever wants no visit gets two taps on “Do not contact”. It counts at once.
          </Trans>
        </li>
        <li>
          <Trans>The list is for this walk alone. No photos of it, no copies, no other use.</Trans>
        </li>
        <li>
          <Trans>No notes on health, immigration or religion, and no pictures of people.</Trans>
        </li>
        <li>
          <Trans>Lost your phone? Call your coordinator at once.</Trans>
        </li>
      </ul>
      <label className="door-rules-read">
        <input
          type="checkbox"
          checked={read}
          aria-invalid={missing ? true : undefined}
          onChange={(event) => onRead(event.target.checked)}
        />
        <span>
          <Trans>I have read the rules</Trans>
        </span>
      </label>
      {missing && (
        <p className="field-error" role="alert">
          <IconAlertCircle size={16} aria-hidden />
          <span>
            <Trans>Read them, then tick the box.</Trans>
          </span>
        </p>
      )}
    </fieldset>
  );
}
