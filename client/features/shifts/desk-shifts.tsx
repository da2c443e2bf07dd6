import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCalendarEvent, IconPlus } from '@tabler/icons-react';
import type { PlannedShift } from '#shared/model/next-shift.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { useNow } from '../../api/use-now.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { ShiftCard } from './shift-card.tsx';
import { isShiftBegun, ShiftForm } from './shift-form.tsx';
import './shifts.css';

const ASK_MS = 60_000;
const NOW_MS = 60_000;

/** `/desk/shifts`: the shifts that phones show at the end of one, and who said that they come. */
export default function DeskShifts() {
  const { t } = useLingui();
  const shifts = useApi<readonly PlannedShift[]>('/v1/shifts');
  const mayPlan = useMay('launch-turf');
  const now = useNow(NOW_MS);
  const [makes, setMakes] = useState(() => mayPlan && isShiftBegun(null));
  useReloadEvery(shifts.reload, ASK_MS);
  const hasSome = shifts.data?.some((one) => one.endsAt > now && !one.cancelled) === true;
  const make = mayPlan && (
    <Button
      variant="primary"
      icon={<IconPlus size={18} aria-hidden />}
      onClick={() => setMakes(true)}
    >
      <Trans>Announce a shift</Trans>
    </Button>
  );
  return (
    <div className="desk-page">
      <PageTitle
        title={t`Shifts`}
        under={t`Phones show them at the end of a shift, and take who comes, with a signal or without.`}
        // While none is announced the empty page has the button.
        actions={makes || !hasSome ? undefined : make}
      />
      {makes && (
        <ShiftForm
          shift={null}
          onClose={() => setMakes(false)}
          onSaved={() => {
            setMakes(false);
            shifts.reload();
          }}
        />
      )}
      <ShowData from={shifts} lines={6}>
        {(all) => {
          const ahead = all.filter((one) => one.endsAt > now && !one.cancelled);
          const over = all.filter((one) => !ahead.includes(one)).reverse();
          return (
            <>
              {ahead.length === 0 && !makes && (
                <EmptyState
                  icon={<IconCalendarEvent size={28} aria-hidden />}
                  title={t`No shift is announced`}
                  action={mayPlan ? make : undefined}
                >
                  <Trans>
                    Announce the next one before you hand out turf: whoever walks today can sign up
                    for it as they finish.
                  </Trans>
                </EmptyState>
              )}
              <ul role="list" className="shift-list" aria-label={t`Shifts to come`}>
                {ahead.map((one) => (
                  <ShiftCard key={one.id} shift={one} may={mayPlan} onChanged={shifts.reload} />
                ))}
              </ul>
              {over.length > 0 && (
                <details>
                  <summary>
                    <Plural
                      value={over.length}
                      one="# that is over or was cancelled"
                      other="# that are over or were cancelled"
                    />
                  </summary>
                  <ul role="list" className="shift-list">
                    {over.map((one) => (
                      <ShiftCard key={one.id} shift={one} may={false} onChanged={shifts.reload} />
                    ))}
                  </ul>
                </details>
              )}
            </>
          );
        }}
      </ShowData>
    </div>
  );
}
