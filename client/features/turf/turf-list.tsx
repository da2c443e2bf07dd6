import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconPolygon, IconSend, IconTrash } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Turf } from '#shared/model/turf.ts';
import { useMay } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import { TurfDot } from '../../ui/turf-dot.tsx';
import { RenameTurf } from './rename-turf.tsx';

export interface TurfListProps {
  readonly turfs: readonly Turf[];
  readonly selected: string | null;
  readonly busy: string | null;
  readonly onSelect: (id: Turf['id'] | null) => void;
  readonly onReshape: (turf: Turf) => void;
  readonly onRename: (turf: Turf, name: string) => Promise<boolean>;
  readonly onPublish: (turf: Turf) => void;
  readonly onDelete: (turf: Turf) => void;
}

/** The turfs of the universe; the chosen one opens to what can be done with it. */
export function TurfList(props: TurfListProps) {
  const { turfs, selected, onSelect } = props;
  const { t } = useLingui();
  const format = useFormat();
  return (
    <ul role="list" className="turf-list" aria-label={t`Turfs`}>
      {turfs.map((turf) => (
        <li key={turf.id} data-selected={turf.id === selected ? '' : undefined}>
          <button
            type="button"
            className="turf-line"
            aria-expanded={turf.id === selected}
            onClick={() => onSelect(turf.id === selected ? null : turf.id)}
          >
            <TurfDot hue={turf.hue} />
            <span className="turf-line-name">{turf.name}</span>
            <span className="turf-line-doors">
              <strong>{format.number(turf.doors)}</strong>{' '}
              <Plural value={turf.doors} one="door" other="doors" />
            </span>
            {turf.state === 'published' ? (
              <Pill tone="done">{t`published`}</Pill>
            ) : (
              <Pill>{t`draft`}</Pill>
            )}
          </button>
          {turf.id === selected && <TurfActions {...props} turf={turf} />}
        </li>
      ))}
    </ul>
  );
}

function TurfActions(props: TurfListProps & { readonly turf: Turf }) {
  const { turf, busy } = props;
  const { t } = useLingui();
  const mayCut = useMay('cut-turf');
  const draft = turf.state === 'draft';
  return (
    <div className="stack turf-actions">
      <p className="small quiet">
        <Plural value={turf.people} one="# person." other="# people." />{' '}
        {draft ? (
          <Trans>A draft can be changed until it is published.</Trans>
        ) : (
          <Trans>Published: its doors no longer change, so that paper and phones agree.</Trans>
        )}
      </p>
      {mayCut && (
        <>
          {draft && <RenameTurf turf={turf} onRename={props.onRename} />}
          <div className="row">
            {draft && (
              <>
                <Button
                  variant="primary"
                  icon={<IconSend size={18} aria-hidden />}
                  busy={busy === turf.id}
                  onClick={() => props.onPublish(turf)}
                >{t`Publish`}</Button>
                <Button
                  icon={<IconPolygon size={18} aria-hidden />}
                  onClick={() => props.onReshape(turf)}
                >{t`Reshape`}</Button>
              </>
            )}
            {!draft && (
              <Link
                className={buttonClass({ variant: 'primary' })}
                href={`/desk/launch?turf=${turf.id}`}
              >{t`Hand it out`}</Link>
            )}
            <Button
              variant="danger"
              icon={<IconTrash size={18} aria-hidden />}
              onClick={() => props.onDelete(turf)}
            >{t`Delete`}</Button>
          </div>
        </>
      )}
    </div>
  );
}
