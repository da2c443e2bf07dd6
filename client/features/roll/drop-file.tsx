import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconFileUpload } from '@tabler/icons-react';
import { Button } from '../../ui/button.tsx';

export interface DropFileProps {
  readonly onFile: (file: File) => void;
  /** When it is the one thing to do on the page. */
  readonly primary: boolean;
  /** For another file than a roll: what to drop, and what becomes of it. */
  readonly title?: string;
  readonly children?: ReactNode;
}

/** A place to drop the voter file on, and a button for those who would rather choose it. */
export function DropFile({ onFile, primary, title, children }: DropFileProps) {
  const { t } = useLingui();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };

  return (
    <div
      className="roll-drop"
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={32} aria-hidden />
      <div className="grow">
        <h2>{title ?? <Trans>Drop the voter file here</Trans>}</h2>
        <p className="quiet">
          {children ?? (
            <Trans>
              CSV or tab-separated text with one row a person, as VAN, your state or your county
              gives it. It is looked at here first; nothing is sent until you start.
            </Trans>
          )}
        </p>
      </div>
      <input
        ref={input}
        className="for-readers"
        type="file"
        tabIndex={-1}
        aria-hidden
        accept=".csv,.txt,.tsv,.tab,.lst,.gz,.zip,application/gzip,application/zip,text/csv,text/plain,text/tab-separated-values"
        data-testid="roll-file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onFile(file);
        }}
      />
      <Button
        variant={primary ? 'primary' : 'normal'}
        onClick={() => input.current?.click()}
      >{t`Choose a file`}</Button>
    </div>
  );
}
