import { useEffect, useRef, type ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconX } from '@tabler/icons-react';
import type { Turf } from '#shared/model/turf.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';

const QUEUES = ['1', '2', '3', '4'] as const;

export interface TableViewProps {
  readonly turf: Turf;
  readonly queues: number;
  readonly onQueues: (count: number) => void;
  readonly onClose: () => void;
  /** The codes. */
  readonly children: ReactNode;
  readonly joined: ReactNode;
}

/** The whole screen for the table: as many codes as there are queues, and who came in. */
export function TableView(props: TableViewProps) {
  const { turf, queues, onQueues, onClose, children, joined } = props;
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="launch-table"
      aria-label={t`Codes of ${turf.name}`}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2>{turf.name}</h2>
        <Segmented
          label={t`Queues side by side`}
          options={QUEUES.map((value) => ({ value, label: value }))}
          value={QUEUES.find((value) => Number(value) === queues) ?? '1'}
          onChange={(value) => onQueues(Number(value))}
        />
        <Button icon={<IconX size={20} aria-hidden />} onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </header>
      <div className="launch-queues">{children}</div>
      <footer>
        <p>
          <Trans>
            Scan with the camera. Each code is for one phone; the next one comes by itself.
          </Trans>
        </p>
        {joined}
      </footer>
    </dialog>
  );
}
