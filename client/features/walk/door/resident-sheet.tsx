import '../../../ui/door-words.ts';
import { Trans } from '@lingui/react/macro';
import type { PersonId } from '#shared/kernel/ids.ts';
import { Button } from '../../../ui/button.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import type { DoorRow } from '../door-row.ts';
import { ResidentFields } from './resident-fields.tsx';
import { useResident } from './use-resident.ts';

export interface ResidentSheetProps {
  readonly row: DoorRow;
  readonly where: string;
  readonly onClose: () => void;
  readonly onTalk: (person: { readonly id: PersonId }) => void;
}

/** Somebody who is in no roll: a name, then the conversation. */
export function ResidentSheet({ row, where, onClose, onTalk }: ResidentSheetProps) {
  const resident = useResident(row, where);
  const add = async (): Promise<void> => {
    const id = await resident.add();
    if (id !== null) onTalk({ id });
  };
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={<Trans>Somebody else opened</Trans>}
      description={<Trans>New here, too young to vote, not registered: everyone counts.</Trans>}
      footer={
        <Button variant="primary" size="large" wide busy={resident.busy} onClick={() => void add()}>
          <Trans>Add and talk</Trans>
        </Button>
      }
    >
      <ResidentFields resident={resident} onSubmit={() => void add()} />
    </Sheet>
  );
}
