import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCircleCheckFilled, IconDeviceMobile } from '@tabler/icons-react';
import { writingLocale } from '#shared/kernel/writing-locale.ts';
import type { ShiftTotals } from '#shared/model/shift.ts';
import type { Shift } from '../../../sync/shift.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { SaveFileButton } from '../sent/save-file-button.tsx';
import { useSlip } from './use-slip.ts';
import { useWalk } from '../walk-context.ts';
import './slip.css';

/** The slip at the end of a shift: what this phone counts beside what the chapter has received. */
export function SlipView() {
  const { i18n } = useLingui();
  const { sheet } = useWalk();
  const { shift, busy, ask } = useSlip();
  // Its day is said in the words around it.
  const time = new Intl.DateTimeFormat(writingLocale(i18n.locale), { timeStyle: 'short' });
  if (shift === null) return <Skeleton lines={5} height="2rem" />;
  if (shift.own.facts === 0 && shift.held === 0) {
    return (
      <p className="quiet">
        <Trans>You have saved nothing in this turf today.</Trans>
      </p>
    );
  }
  return (
    <section className="stack slip">
      <Verdict shift={shift} busy={busy} ask={ask} />
      <Counts shift={shift} />
      <p className="small quiet">
        {sheet.turf.kind === undefined ? (
          <Trans>Since your first door here today: {time.format(shift.since)}</Trans>
        ) : (
          <Trans>Since you began here today: {time.format(shift.since)}</Trans>
        )}
      </p>
      {shift.unsent > 0 && <SaveFileButton />}
    </section>
  );
}

interface VerdictProps {
  readonly shift: Shift;
  readonly busy: boolean;
  readonly ask: () => void;
}

function isSame({ own, server }: Shift): boolean {
  const keys = Object.keys(own) as (keyof ShiftTotals)[];
  return server !== null && keys.every((key) => own[key] === server.totals[key]);
}

function Verdict({ shift, busy, ask }: VerdictProps) {
  const { own, server, unsent } = shift;
  if (isSame(shift)) {
    return (
      <div className="slip-verdict slip-same" role="status">
        <IconCircleCheckFilled size={44} aria-hidden />
        <div>
          <p className="slip-word">
            <Trans>The same</Trans>
          </p>
          <p>
            <Trans>The chapter has all of it. You can put the phone away.</Trans>
          </p>
        </div>
      </div>
    );
  }
  if (unsent > 0) {
    return (
      <div className="slip-verdict" role="status">
        <IconDeviceMobile size={44} aria-hidden />
        <div>
          <p className="slip-word">
            <Plural value={unsent} one="# still on this phone" other="# still on this phone" />
          </p>
          <p>
            <Trans>
              Safe here. Keep the app open where there is signal until this says “The same”.
            </Trans>
          </p>
        </div>
      </div>
    );
  }
  const again = (
    <Button busy={busy} onClick={ask}>
      <Trans>Ask again</Trans>
    </Button>
  );
  if (server === null) {
    return (
      <Notice tone="offline" action={again}>
        <Trans>The chapter’s count is not known now. What you saved stays on this phone.</Trans>
      </Notice>
    );
  }
  const missing = own.facts - server.totals.facts;
  return (
    <Notice tone="problem" title={<Trans>Not the same</Trans>} action={again}>
      {missing > 0 ? (
        <Plural
          value={missing}
          one="The chapter lacks # thing that this phone was told it had. Keep the phone as it is and show this to your coordinator."
          other="The chapter lacks # things that this phone was told it had. Keep the phone as it is and show this to your coordinator."
        />
      ) : (
        <Trans>
          The chapter has more than this phone counts, as when the phone’s clock or its storage was
          changed on the way. Nothing is missing there; show this to your coordinator.
        </Trans>
      )}
    </Notice>
  );
}

function Counts({ shift: { own, server, held } }: { readonly shift: Shift }) {
  const { t } = useLingui();
  const { kind } = useWalk().sheet.turf;
  const rows: readonly { readonly key: keyof ShiftTotals; readonly label: string }[] = [
    ...(kind === 'stall'
      ? []
      : [{ key: 'doors' as const, label: kind === 'calls' ? t`Households` : t`Doors` }]),
    {
      key: 'knocks',
      label: kind === 'stall' ? t`People` : kind === 'calls' ? t`Calls` : t`Knocks`,
    },
    { key: 'contacts', label: t`Conversations` },
    { key: 'supports', label: t`Support, 1 or 2` },
  ];
  return (
    <table className="slip-table">
      <thead>
        <tr>
          <th scope="col">
            <span className="for-readers">{t`What is counted`}</span>
          </th>
          <th scope="col">{t`This phone`}</th>
          <th scope="col">{t`The chapter`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td>{own[key]}</td>
            <td>{server?.totals[key] ?? '–'}</td>
          </tr>
        ))}
        {(held > 0 || (server?.held ?? 0) > 0) && (
          <tr>
            <th scope="row">{t`Held for a look`}</th>
            <td>{held}</td>
            <td>{server?.held ?? '–'}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
