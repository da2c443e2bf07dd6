import type { MouseEvent, ReactNode } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import { callApi } from './call.ts';

export interface DownloadLinkProps {
  readonly href: string;
  readonly className?: string;
  readonly children: ReactNode;
  /** Null when the browser has begun; else why it has not. */
  readonly onAnswer: (problem: Problem | null) => void;
}

/**
 * A link to a file that leaves the chapter. The passkey is asked for before the browser fetches it:
 * a bare link would save the refusal as a file.
 */
export function DownloadLink({ href, className, children, onAnswer }: DownloadLinkProps) {
  const take = async (event: MouseEvent): Promise<void> => {
    event.preventDefault();
    const asked = await callApi<null>('GET', '/v1/passkeys/asked');
    if (asked.ok) {
      const link = document.createElement('a');
      link.href = href;
      link.download = '';
      link.click();
    }
    onAnswer(asked.ok ? null : asked.problem);
  };
  return (
    <a className={className} href={href} download onClick={(event) => void take(event)}>
      {children}
    </a>
  );
}
