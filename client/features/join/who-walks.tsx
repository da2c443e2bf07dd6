import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { buttonClass } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { OnPhone } from './use-on-phone.ts';

export interface WhoWalksProps {
  readonly onPhone: OnPhone;
  readonly who: 'same' | 'other' | null;
  /** It was asked for and not said. */
  readonly missing: boolean;
  readonly onWho: (who: 'same' | 'other') => void;
}

/** Somebody walks on this phone already: the same person, or another whose facts are their own? */
export function WhoWalks({ onPhone, who, missing, onWho }: WhoWalksProps) {
  const { t } = useLingui();
  const { memberName, turfName, unsent } = onPhone;
  return (
    <div className="stack" data-fault={missing ? '' : undefined}>
      <ChooseOne
        legend={t`Who takes the turf?`}
        value={who}
        onChange={onWho}
        options={[
          { value: 'same', label: memberName },
          { value: 'other', label: t`Somebody else` },
        ]}
      />
      {missing && (
        <p className="field-error" role="alert">
          <Trans>Say who takes it: what is knocked goes under that name.</Trans>
        </p>
      )}
      {(turfName !== null || unsent > 0) && (
        <Notice
          action={
            turfName === null || who === 'other' ? undefined : (
              <Link className={buttonClass({})} href="/walk">
                <Trans>Go on walking</Trans>
              </Link>
            )
          }
        >
          {turfName !== null && (
            <p>
              {who === 'other' ? (
                <Trans>
                  {memberName}’s list of {turfName} leaves this phone, and the PIN with it.
                </Trans>
              ) : (
                <Trans>
                  {memberName} walks {turfName} on this phone. A new code puts another turf in its
                  place.
                </Trans>
              )}
            </p>
          )}
          {unsent > 0 && (
            <p>
              <Plural
                value={unsent}
                one={`# saved by ${memberName} is not sent yet. It stays on this phone and goes under that name.`}
                other={`# saved by ${memberName} are not sent yet. They stay on this phone and go under that name.`}
              />
            </p>
          )}
        </Notice>
      )}
    </div>
  );
}
