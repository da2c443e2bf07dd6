import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Tag, TagCarriers } from '#shared/model/tag.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { ShowData } from '../../ui/show-data.tsx';

/** Who carries a tag, with their address. */
export function TagCarrierList({ tag }: { readonly tag: Tag }) {
  const { t } = useLingui();
  const format = useFormat();
  const [after, setAfter] = useState(0);
  const page = useApi<TagCarriers>(`/v1/tags/${tag.id}/people?after=${after}`);
  return (
    <ShowData from={page} lines={3}>
      {({ people, total, next }) =>
        total === 0 ? (
          <p className="quiet">
            <Trans>Nobody carries it. On phones it is offered at every door.</Trans>
          </p>
        ) : (
          <div className="stack">
            <ul role="list" className="tag-carriers" aria-label={t`Who carries ${tag.name}`}>
              {people.map(({ personId, name, address }) => (
                <li key={personId}>
                  <strong>{name === '' ? <Trans>no name</Trans> : name}</strong>{' '}
                  <span className="quiet">{address}</span>
                </li>
              ))}
            </ul>
            <div className="row">
              <span className="small quiet">
                <Trans>
                  {format.number(after + 1)} to {format.number(after + people.length)} of{' '}
                  {format.number(total)}
                </Trans>
              </span>
              {after > 0 && (
                <Button variant="quiet" onClick={() => setAfter(0)}>
                  <Trans>From the start</Trans>
                </Button>
              )}
              {next !== null && (
                <Button variant="quiet" onClick={() => setAfter(next)}>
                  <Trans>More</Trans>
                </Button>
              )}
            </div>
          </div>
        )
      }
    </ShowData>
  );
}
