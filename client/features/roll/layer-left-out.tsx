import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Layer, LeftOutPage } from '#shared/model/layer.ts';
import { useApi } from '../../api/use-api.ts';
import { Button } from '../../ui/button.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { LAYER_REASONS } from './layer-words.ts';

/** The rows that are in no column of a layer, so that nobody of the list is lost. */
export function LayerLeftOut({ layer }: { readonly layer: Layer }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Trans>Who was left out</Trans>
      </summary>
      {open && <Rows layer={layer} />}
    </details>
  );
}

function Rows({ layer }: { readonly layer: Layer }) {
  const { t } = useLingui();
  const [after, setAfter] = useState(0);
  const page = useApi<LeftOutPage>(`/v1/roll/layers/${layer.id}/left-out?after=${after}`);
  return (
    <ShowData from={page} lines={4}>
      {({ header, rows, after: next }) => (
        <>
          <div className="table-scroll">
            <table className="table small">
              <thead>
                <tr>
                  <th scope="col">{t`Line`}</th>
                  <th scope="col">{t`Why`}</th>
                  {header.map((name, at) => (
                    <th scope="col" key={at}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map(({ line, reason, cells }) => {
                  const words = LAYER_REASONS[reason];
                  return (
                    <tr key={line}>
                      <td>{line}</td>
                      <td>{words === undefined ? reason : t(words)}</td>
                      {cells.map((cell, at) => (
                        <td key={at}>{cell}</td>
                      ))}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
          <div className="row">
            {after > 0 && <Button onClick={() => setAfter(0)}>{t`From the beginning`}</Button>}
            {next !== null && <Button onClick={() => setAfter(next)}>{t`Next rows`}</Button>}
          </div>
        </>
      )}
    </ShowData>
  );
}
