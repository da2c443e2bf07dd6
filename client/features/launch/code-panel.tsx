import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowsMaximize, IconQrcode, IconRefresh } from '@tabler/icons-react';
import { useSearch } from 'wouter';
import type { Invites } from '#shared/model/invite.ts';
import type { Turf } from '#shared/model/turf.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { CodeCard } from './code-card.tsx';
import { HandOver } from './hand-over.tsx';
import { JustJoined } from './just-joined.tsx';
import { ReplacePhone } from './replace-phone.tsx';
import { TableView } from './table-view.tsx';
import { useCodes } from './use-codes.ts';

export interface CodePanelProps {
  readonly turf: Turf;
  readonly invites: Invites | null;
  /** How many phones are in it: the next one is one more. */
  readonly phones: number;
}

/** A turf's codes for the table: when one was used, the next is there by itself. */
export function CodePanel({ turf, invites, phones }: CodePanelProps) {
  const { t } = useLingui();
  const said = new URLSearchParams(useSearch());
  const wished = said.get('replaces') ?? '';
  const atOnce = said.get('code') === '1' ? 1 : 0;
  const [replaces, setReplaces] = useState(wished);
  const [wide, setWide] = useState(false);
  const wish = replaces === '' ? {} : { replaces };
  const { codes, problem, wanted, want, drop, again } = useCodes(turf, invites, wish, atOnce);
  const joined = <JustJoined joined={invites?.joined ?? []} turfId={turf.id} />;
  const replace = (deviceId: string): void => {
    setReplaces(deviceId);
    // A code says on its server what it replaces: those that are shown say something else.
    for (const { id } of codes) drop(id);
  };

  if (wanted === 0) {
    return (
      <div className="stack launch-code">
        <Button
          variant="primary"
          size="large"
          wide
          icon={<IconQrcode size={22} aria-hidden />}
          onClick={() => want(1)}
        >
          {phones === 0 ? <Trans>Open the code</Trans> : <Trans>Add a phone</Trans>}
        </Button>
        {phones > 0 && (
          <p className="small quiet">
            <Trans>Everybody who is in it sees the others’ knocks.</Trans>
          </p>
        )}
        <HandOver turf={turf} />
      </div>
    );
  }
  const cards = codes.map((code) => <CodeCard key={code.id} turf={turf} code={code} />);
  const waits = cards.length < wanted && problem === null && <Skeleton lines={1} height="16rem" />;
  const trouble = problem !== null && (
    <ProblemNotice
      problem={problem}
      action={
        <Button onClick={again}>
          <Trans>Try again</Trans>
        </Button>
      }
    />
  );
  return (
    <div className="stack launch-codes">
      {trouble}
      {wide ? (
        <TableView
          turf={turf}
          queues={wanted}
          onQueues={want}
          onClose={() => {
            setWide(false);
            want(1);
          }}
          joined={joined}
        >
          {trouble}
          {cards}
          {waits}
        </TableView>
      ) : (
        <>
          {cards}
          {waits}
        </>
      )}
      <div className="row launch-code-row">
        <Button
          icon={<IconArrowsMaximize size={18} aria-hidden />}
          onClick={() => setWide(true)}
        >{t`Fill the screen`}</Button>
        <Button
          variant="quiet"
          icon={<IconRefresh size={18} aria-hidden />}
          onClick={() => codes[0] && drop(codes[0].id)}
        >{t`New code`}</Button>
      </div>
      {joined}
      <ReplacePhone replaces={replaces} onReplace={replace} />
    </div>
  );
}
