import type { ReactNode } from 'react';
import { IconFileImport } from '@tabler/icons-react';
import { buttonClass } from './button.tsx';

export interface FileChoiceProps {
  readonly children: ReactNode;
  /** What the browser offers: endings and media types. */
  readonly accept: string;
  readonly busy: boolean;
  readonly wide?: boolean;
  readonly onChoose: (file: File) => void;
}

/** A button that asks for one file; the same file can be chosen again. */
export function FileChoice({ children, accept, busy, wide = false, onChoose }: FileChoiceProps) {
  return (
    <label className={`${buttonClass({ wide })} file-choice`} aria-busy={busy ? true : undefined}>
      <IconFileImport size={20} aria-hidden />
      <span>{children}</span>
      <input
        type="file"
        className="for-readers"
        accept={accept}
        disabled={busy}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) onChoose(file);
        }}
      />
    </label>
  );
}
