import { useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconHeartHandshake } from '@tabler/icons-react';
import { foldFollowUps } from '#shared/canvass/follow-ups.ts';
import { Button } from '../../../ui/button.tsx';
import type { AskPartProps } from '../talk/ask-more.tsx';
import { PromiseList } from './promise-list.tsx';
import { PromiseSheet } from './promise-sheet.tsx';

/** What this person, or their door, was promised, and a way to promise something. */
export function PromisePart({ row, person, where, facts }: AskPartProps) {
  const [open, setOpen] = useState(false);
  const promises = foldFollowUps(facts).filter(
    ({ personId }) => personId === null || personId === person.id,
  );
  return (
    <section className="promise-part stack">
      {promises.length > 0 && (
        <>
          <h3 className="question-prompt">
            <Trans>Promised here</Trans>
          </h3>
          <PromiseList promises={promises} />
        </>
      )}
      <Button icon={<IconHeartHandshake size={20} aria-hidden />} onClick={() => setOpen(true)}>
        <Trans>Promise something</Trans>
      </Button>
      {open && (
        <PromiseSheet row={row} person={person} where={where} onClose={() => setOpen(false)} />
      )}
    </section>
  );
}
