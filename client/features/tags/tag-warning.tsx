import { Trans } from '@lingui/react/macro';
import { findSensitiveWords } from '#shared/privacy/sensitive-words.ts';
import { Notice } from '../../ui/notice.tsx';

/** A word before a tag that would make a list of people by health, religion or papers. */
export function TagWarning({ name }: { readonly name: string }) {
  const [first] = findSensitiveWords(name);
  return (
    <div role="status">
      {first && (
        <Notice title={<Trans>Should there be a list of these people?</Trans>}>
          <Trans>
            “{first.word}” may tell of somebody’s health, religion or papers. A tag makes a list of
            everyone it is said of, and lists are lost, shared and demanded. You decide.
          </Trans>
        </Notice>
      )}
    </div>
  );
}
