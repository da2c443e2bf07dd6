import { Trans, useLingui } from '@lingui/react/macro';
import { Notice } from '../../ui/notice.tsx';
import { TERM_WORDS } from '../../ui/terms-words.ts';
import { stillToSay, type TermsDraft } from './terms-draft.ts';

/** Which terms of a file are not answered yet; nothing once all are. */
export function StillToSay({ draft }: { readonly draft: TermsDraft }) {
  const { t } = useLingui();
  const missing = stillToSay(draft);
  if (missing.length === 0) return null;
  const words = missing.map((name) => t(TERM_WORDS[name])).join(', ');
  return (
    <Notice tone="problem">
      <Trans>Still to answer: {words}. Not known is an answer too.</Trans>
    </Notice>
  );
}
