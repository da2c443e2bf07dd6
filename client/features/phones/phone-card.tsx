import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClockExclamation,
  IconDeviceMobile,
  IconDeviceMobileOff,
} from '@tabler/icons-react';
import type { Phone } from '#shared/sync/phones.ts';
import { missingOf, type Worry, worryOf } from '../../api/phone-state.ts';
import { useFormat } from '../../api/use-format.ts';
import { useWaitWords } from '../../api/use-wait-words.ts';
import { Pill, type PillProps } from '../../ui/pill.tsx';
import { EndedHolds } from './ended-holds.tsx';
import { PhoneActions } from './phone-actions.tsx';
import { PhoneConduct } from './phone-conduct.tsx';
import { PhoneGuard } from './phone-guard.tsx';
import { PhoneHanded } from './phone-handed.tsx';
import { PhoneStanding } from './phone-standing.tsx';

export interface PhoneCardProps {
  readonly phone: Phone;
  readonly now: number;
  readonly onChanged: () => void;
}

const LOOKS: Readonly<Record<Worry, { tone: PillProps['tone']; icon: typeof IconCircleCheck }>> = {
  late: { tone: 'danger', icon: IconAlertTriangle },
  slow: { tone: 'phone', icon: IconClockExclamation },
  fresh: { tone: 'plain', icon: IconDeviceMobile },
  lost: { tone: 'danger', icon: IconAlertTriangle },
  missing: { tone: 'danger', icon: IconAlertTriangle },
  fine: { tone: 'done', icon: IconCircleCheck },
  ended: { tone: 'plain', icon: IconDeviceMobileOff },
};

/** One phone: whose it is, what is on it alone and since when, and what can be done. */
export function PhoneCard({ phone, now, onChanged }: PhoneCardProps) {
  const format = useFormat();
  const worry = worryOf(phone, now);
  const { turfs, lost, maxLocalSeq, received, lastSeenAt } = phone;
  return (
    <article className={`panel phone-card phone-${worry}`} aria-label={phone.memberName}>
      <header className="phone-head">
        <h2>{phone.memberName}</h2>
        <p className="small quiet">
          {turfs.length === 0 ? (
            <Trans>no turf handed out</Trans>
          ) : (
            turfs.map(({ name }) => name).join(', ')
          )}
        </p>
      </header>
      <div className="stack phone-words">
        <PhoneHanded phone={phone} />
        <WorkPill phone={phone} worry={worry} now={now} />
        <p className="small quiet">
          {lastSeenAt === null ? (
            <Trans>not heard since it joined {format.moment(phone.joinedAt)}</Trans>
          ) : (
            <Trans>last heard {format.moment(lastSeenAt)}</Trans>
          )}
          {maxLocalSeq !== null && maxLocalSeq > 0 && (
            <>
              {' · '}
              <Trans>
                received {format.number(received)} of {format.number(maxLocalSeq)}
              </Trans>
            </>
          )}
        </p>
        {worry === 'late' && (
          <p className="small">
            <Trans>
              Ask {phone.memberName} to open the app where there is signal, or to save its file and
              bring it: it is taken in below.
            </Trans>
          </p>
        )}
        {lost !== null && (
          <p className="phone-lost">
            <strong>
              <Plural value={lost.count} one="# answer is lost." other="# answers are lost." />
            </strong>{' '}
            <Trans>
              They were made between {format.moment(lost.from)} and {format.moment(lost.to)}, and
              this phone’s storage was cleared before it had sent them. Ask {phone.memberName} what
              they were, or whether a file was saved before: it is taken in below.
            </Trans>
          </p>
        )}
        {phone.mismatches > 0 && (
          <p className="small quiet">
            <Plural
              value={phone.mismatches}
              one="Its copy of the turf differed once and was fetched anew."
              other="Its copy of the turf differed # times and was fetched anew."
            />
          </p>
        )}
        {worry === 'missing' && (
          <p className="small">
            <Trans>
              The phone says that all is sent. Ask {phone.memberName} to open the app where there is
              signal: it sends again what the chapter does not have.
            </Trans>
          </p>
        )}
        {phone.standing === 'ok' && <EndedHolds ended={phone.ended} now={now} />}
        <PhoneGuard phone={phone} />
        <PhoneConduct phone={phone} />
        <PhoneStanding phone={phone} />
      </div>
      <PhoneActions phone={phone} onChanged={onChanged} />
    </article>
  );
}

interface WorkPillProps {
  readonly phone: Phone;
  readonly worry: Worry;
  readonly now: number;
}

function WorkPill({ phone, worry, now }: WorkPillProps) {
  const { t } = useLingui();
  const format = useFormat();
  const waitWords = useWaitWords();
  const { tone, icon: Icon } = LOOKS[worry];
  const { unsent, unsentSince } = phone;
  const words = (): string => {
    if (unsent === null) return t`has not said yet`;
    if (worry === 'missing') {
      return plural(missingOf(phone), { one: '# has not arrived', other: '# have not arrived' });
    }
    if (unsent === 0) return worry === 'lost' ? t`answers lost` : t`all here when last heard`;
    if (unsentSince === null) return t`${format.number(unsent)} on the phone only`;
    const span = waitWords(now - unsentSince);
    return t`${format.number(unsent)} on the phone only for ${span}`;
  };
  return (
    <div>
      <Pill tone={unsent === null ? 'plain' : tone} icon={<Icon size={16} aria-hidden />}>
        {words()}
      </Pill>
    </div>
  );
}
