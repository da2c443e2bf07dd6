import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconPhone, IconBuildingStore } from '@tabler/icons-react';
import { Link } from 'wouter';
import { buttonClass } from '../../ui/button.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { areCallsBegun, CallsForm } from './calls-form.tsx';
import { isStallBegun, StallForm } from './stall-form.tsx';

export interface MakeOtherProps {
  readonly back: string;
  /** Turfs were made: the board is asked for anew, and the first of them opened. */
  readonly onMade: (turfId: string) => void;
}

/** `?other=`: turf that is not walked, a stall or lists of people to call. */
export function MakeOther({ back, onMade }: MakeOtherProps) {
  const { t } = useLingui();
  const [kind, setKind] = useState<'stall' | 'calls'>(() =>
    areCallsBegun() && !isStallBegun() ? 'calls' : 'stall',
  );
  return (
    <div className="desk-page launch-page">
      <Link className={`${buttonClass({ variant: 'quiet' })} launch-back`} href={back}>
        <IconArrowLeft size={18} aria-hidden />
        <span>
          <Trans>All turfs</Trans>
        </span>
      </Link>
      <PageTitle
        title={t`Street and telephone`}
        under={t`Handed out by code as every turf is, with the same script; what is said is kept as the same facts.`}
      />
      <Segmented<'stall' | 'calls'>
        label={t`What to make`}
        value={kind}
        onChange={setKind}
        options={[
          {
            value: 'stall',
            label: t`A stall`,
            icon: <IconBuildingStore size={18} aria-hidden />,
          },
          { value: 'calls', label: t`Call lists`, icon: <IconPhone size={18} aria-hidden /> },
        ]}
      />
      {kind === 'stall' ? <StallForm onMade={onMade} /> : <CallsForm onMade={onMade} />}
    </div>
  );
}
