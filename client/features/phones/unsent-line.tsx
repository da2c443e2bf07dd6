import { Plural, Trans } from '@lingui/react/macro';
import type { Phone } from '#shared/sync/phones.ts';
import { longestWait } from '../../api/phone-state.ts';
import { useWaitWords } from '../../api/use-wait-words.ts';
import { Notice } from '../../ui/notice.tsx';
import { UnsentNotice } from '../../ui/unsent-notice.tsx';

export interface UnsentLineProps {
  /** Those with work that is not here yet. */
  readonly phones: readonly Phone[];
  /** Whether a phone holds something for sent that is not here: its card says which. */
  readonly gaps: boolean;
  readonly now: number;
}

/** The whole in one line: all here, or how many phones have how much that is not. */
export function UnsentLine({ phones, gaps, now }: UnsentLineProps) {
  const waitWords = useWaitWords();
  if (phones.length === 0) {
    if (gaps) return null;
    return (
      <Notice tone="done">
        <Trans>No phone has said that it has work which is not here.</Trans>
      </Notice>
    );
  }
  const facts = phones.reduce((sum, { unsent }) => sum + (unsent ?? 0), 0);
  const waited = waitWords(longestWait(phones, now));
  return (
    <UnsentNotice phones={phones.length}>
      <Plural value={facts} one="# thing in all" other="# things in all" />
      {'. '}
      <Trans>
        The longest has waited {waited}. It goes by itself when the phone is opened where there is
        signal.
      </Trans>
    </UnsentNotice>
  );
}
