import { Trans } from '@lingui/react/macro';
import { Notice } from '../../../ui/notice.tsx';
import { ProblemWords } from '../../../ui/problem-notice.tsx';
import { useSyncStatus } from './use-sync-words.ts';

/** Where my work is, in a sentence: what happened, what was kept, what to do. */
export function SyncSentence({ unsent }: { readonly unsent: number }) {
  const { state, problem } = useSyncStatus();
  if (state === 'signed-out') {
    return (
      <Notice tone="problem" title={<Trans>The chapter no longer knows this phone</Trans>}>
        <Trans>
          Everything you saved stays on this phone. Ask your coordinator for a new code; what is
          here goes after it.
        </Trans>
      </Notice>
    );
  }
  if (unsent === 0) {
    return (
      <Notice tone="done">
        <Trans>Everything you saved is with the chapter.</Trans>
      </Notice>
    );
  }
  if (state === 'offline' && problem?.code === 'server-fault') {
    return (
      <Notice tone="offline" title={<Trans>The chapter’s server has a fault</Trans>}>
        <Trans>What you saved is safe on this phone and will go by itself.</Trans>
      </Notice>
    );
  }
  if (state === 'offline' && problem !== null && problem.code !== 'no-network') {
    return (
      <Notice tone="problem" title={<Trans>Not sent yet</Trans>}>
        <p>
          <ProblemWords problem={problem} />
        </p>
        <Trans>What you saved is safe on this phone and is tried again by itself.</Trans>
      </Notice>
    );
  }
  if (state === 'offline') {
    return (
      <Notice tone="offline" title={<Trans>No connection to the chapter</Trans>}>
        <Trans>
          What you saved is safe on this phone and will go by itself. On a public Wi-Fi its sign-in
          page may stand in between: open it, or turn Wi-Fi off.
        </Trans>
      </Notice>
    );
  }
  return (
    <Notice>
      <Trans>What you saved is safe on this phone and is on its way.</Trans>
    </Notice>
  );
}
