import type { ReactNode } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconShieldLock } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** This browser cannot keep a walk: why, and what to do, before anything is begun. */
export function StorageRefused({ problem }: { readonly problem: Problem }) {
  return (
    <div className="stack">
      <IconShieldLock className="join-mark" size={40} stroke={1.5} aria-hidden />
      <h2>
        <Trans>This browser cannot keep your work</Trans>
      </h2>
      <ProblemNotice problem={problem} />
      <p>
        <Trans>
          A walk must survive a dead battery and streets with no signal, so it has to be written on
          this phone. Nothing was started, and your code still works.
        </Trans>
      </p>
      <h3>
        <Trans>What to do</Trans>
      </h3>
      <ul className="join-advice">{advice(problem)}</ul>
    </div>
  );
}

function advice({ code }: Problem): ReactNode {
  if (code === 'insecure-page') {
    return (
      <>
        <li>
          <Trans>Open the address that begins with https, as your coordinator shows it.</Trans>
        </li>
        <li>
          <Trans>
            Tell your coordinator: phones keep work only on an https address, never on a plain one.
          </Trans>
        </li>
      </>
    );
  }
  return (
    <>
      <li>
        <Trans>Close this private window and open the link in a normal one.</Trans>
      </li>
      <li>
        <Trans>
          Opened from inside another app? Choose “Open in browser” (Safari, Chrome or Firefox).
        </Trans>
      </li>
      <li>
        <Trans>Allow site data and cookies for this address in the browser’s settings.</Trans>
      </li>
      <li>
        <Trans>Free some space on the phone, then load this page again.</Trans>
      </li>
    </>
  );
}
