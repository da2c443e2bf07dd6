import { useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { FollowUpEnd } from '#shared/model/follow-up.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';

export interface EndDialogProps {
  readonly end: FollowUpEnd;
  /** What was promised. */
  readonly text: string;
  readonly note: string;
  readonly busy: boolean;
  readonly onCancel: () => void;
  readonly onEnd: (note: string) => void;
}

/** How a promise ended, with a few words for whoever asks later. */
export function EndDialog({ end, text, note, busy, onCancel, onEnd }: EndDialogProps) {
  const { t } = useLingui();
  const [said, setSaid] = useState(note);
  return (
    <ConfirmDialog
      open
      title={end === 'kept' ? t`Was it kept?` : t`Can it not be kept?`}
      action={end === 'kept' ? t`It was kept` : t`It cannot be kept`}
      busy={busy}
      onCancel={onCancel}
      onConfirm={() => onEnd(said.trim())}
    >
      <div className="stack">
        <p>{text}</p>
        <TextArea
          label={t`Note`}
          hint={t`Optional. Voters may ask to read what is written about them.`}
          maxLength={500}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
      </div>
    </ConfirmDialog>
  );
}
