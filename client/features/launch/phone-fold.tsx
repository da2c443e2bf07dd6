import type { ReactNode } from 'react';
import { useNarrow } from './use-narrow.ts';

export interface PhoneFoldProps {
  readonly name: ReactNode;
  /** What is set inside, so that nobody has to open it to know. */
  readonly words?: ReactNode;
  readonly children: ReactNode;
}

/** On a phone one line that opens what stands here, so that turfs come first; elsewhere it is open. */
export function PhoneFold({ name, words, children }: PhoneFoldProps) {
  if (!useNarrow()) return children;
  return (
    <details className="launch-fold">
      <summary>
        {name}
        {words !== undefined && <small className="quiet">{words}</small>}
      </summary>
      <div className="stack">{children}</div>
    </details>
  );
}
