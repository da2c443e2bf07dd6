import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCircleCheck, IconDeviceFloppy, IconSend } from '@tabler/icons-react';
import { Button } from '../../ui/button.tsx';
import { useShown } from '../../ui/use-shell.ts';

export interface PlanFootProps {
  /** Turfs that are others than the chapter's. */
  readonly unkept: number;
  readonly sizeUnkept: boolean;
  /** There is no turf, so none is kept. */
  readonly empty: boolean;
  readonly drafts: number;
  readonly busy: boolean;
  readonly onKeep: () => void;
  readonly onPublishAll: () => void;
  /** What went wrong, where it cannot be scrolled out of sight. */
  readonly children: ReactNode;
}

/** Always in sight: whether the plan is kept, and the button that keeps it. */
export function PlanFoot(props: PlanFootProps) {
  const { unkept, sizeUnkept, empty, drafts, busy, onKeep, onPublishAll } = props;
  const isKept = unkept === 0 && !sizeUnkept;
  const { t } = useLingui();
  useShown('foot');
  return (
    <div className="turf-foot">
      {props.children}
      <p className="small" role="status">
        {unkept > 0 ? (
          <Plural
            value={unkept}
            one="# turf is changed here and not kept yet."
            other="# turfs are changed here and not kept yet."
          />
        ) : sizeUnkept ? (
          <Trans>The size of the turfs is changed here and not kept yet.</Trans>
        ) : empty ? null : (
          <span className="turf-kept">
            <IconCircleCheck size={18} aria-hidden />
            <Trans>The plan is kept with the chapter.</Trans>
          </span>
        )}
      </p>
      <div className="row">
        {!isKept && (
          <Button
            variant="primary"
            busy={busy}
            icon={<IconDeviceFloppy size={18} aria-hidden />}
            onClick={onKeep}
          >{t`Keep the plan`}</Button>
        )}
        {drafts > 0 && (
          <Button
            variant={isKept ? 'primary' : 'normal'}
            disabled={busy}
            icon={<IconSend size={18} aria-hidden />}
            onClick={onPublishAll}
          >{t`Publish all ${drafts}`}</Button>
        )}
      </div>
    </div>
  );
}
