import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { PlanTurf } from '#shared/turf/plan/plan.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** What needs a second word before it is done. */
export type Asked =
  | { readonly kind: 'publish'; readonly turfs: readonly PlanTurf[] }
  | { readonly kind: 'delete'; readonly turf: PlanTurf };

export interface PublishDialogsProps {
  readonly asked: Asked | null;
  /** How far publishing is. */
  readonly at: { readonly done: number; readonly all: number } | null;
  readonly unkept: number;
  readonly onPublish: (turfs: readonly PlanTurf[]) => void;
  readonly onDelete: (turf: PlanTurf) => Promise<void>;
  readonly onCancel: () => void;
}

/** Asks before turfs are published, and before one that is published is taken back. */
export function PublishDialogs(props: PublishDialogsProps) {
  const { asked, at, unkept } = props;
  const { t } = useLingui();
  const publish = asked?.kind === 'publish' ? asked : null;
  const remove = asked?.kind === 'delete' ? asked : null;
  return (
    <>
      <ConfirmDialog
        open={publish !== null}
        title={
          <Plural
            value={publish?.turfs.length ?? 0}
            one="Publish # turf?"
            other="Publish # turfs?"
          />
        }
        action={t`Publish all`}
        busy={at !== null}
        onConfirm={() => publish && props.onPublish(publish.turfs)}
        onCancel={props.onCancel}
      >
        <Trans>
          Their doors no longer change after that, so that paper, list and phones agree.
        </Trans>{' '}
        {unkept > 0 && <Trans>What is not kept yet is kept first.</Trans>}
        {at && (
          <ProgressBar
            label={t`Publishing`}
            value={at.done}
            max={at.all}
            words={<span className="number">{t`${at.done} of ${at.all}`}</span>}
          />
        )}
      </ConfirmDialog>
      <ConfirmDialog
        open={remove !== null}
        title={remove ? t`Delete ${remove.turf.name}?` : ''}
        action={t`Delete`}
        danger
        onConfirm={() => remove && void props.onDelete(remove.turf)}
        onCancel={props.onCancel}
      >
        <Trans>
          Its doors become free for other turfs. A turf at which somebody has knocked stays.
        </Trans>
      </ConfirmDialog>
    </>
  );
}
