import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconSearch } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { DuplicateSearch } from '#shared/model/duplicates.ts';
import { callApi } from '../../api/call.ts';
import { useFormat } from '../../api/use-format.ts';
import { useReloadEvery } from '../../api/use-reload-every.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';

export interface SearchBarProps {
  /** Null: nobody has looked yet. */
  readonly search: DuplicateSearch | null;
  readonly onChange: () => void;
}

const PATH = '/v1/roll/duplicates/search';

/** Starts a search for duplicates, shows how far it is, stops it, and says what the last one did. */
export function SearchBar({ search, onChange }: SearchBarProps) {
  const { t } = useLingui();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const ask = async (method: 'POST' | 'DELETE'): Promise<void> => {
    setBusy(true);
    const done = await callApi(method, PATH);
    setBusy(false);
    setProblem(done.ok ? null : done.problem);
    onChange();
  };
  if (search?.state === 'running') {
    return (
      <section className="panel stack">
        <Watch onChange={onChange} />
        <ProgressBar
          label={t`Comparing the roll with itself`}
          value={search.done}
          max={search.total}
          words={<Plural value={search.people} one="# record read" other="# records read" />}
        />
        <div className="row">
          <Button busy={busy} onClick={() => void ask('DELETE')}>
            <Trans>Stop</Trans>
          </Button>
          <p className="small quiet grow">
            <Trans>You can leave and come back. Everybody works on meanwhile.</Trans>
          </p>
        </div>
        {problem && <ProblemNotice problem={problem} />}
      </section>
    );
  }
  const again = (
    <Button
      variant={search === null || search.stale ? 'primary' : 'normal'}
      icon={<IconSearch size={18} aria-hidden />}
      busy={busy}
      onClick={() => void ask('POST')}
    >
      {search === null ? t`Look for duplicates` : t`Look again`}
    </Button>
  );
  return (
    <section className="stack">
      {problem && <ProblemNotice problem={problem} />}
      {search?.state === 'failed' && (
        <Notice tone="problem" title={t`The last search broke off`}>
          <Trans>Nothing was changed. Look again.</Trans>
        </Notice>
      )}
      {search?.state === 'done' && search.stale && (
        <Notice title={t`Another roll stands since this search`}>
          <Trans>What was decided stays. Look again to find who came with it.</Trans>
        </Notice>
      )}
      <div className="row">
        {again}
        {search?.state === 'done' && (
          <p className="small quiet grow search-said">
            <Trans>
              {format.number(search.people)} records compared{' '}
              {format.moment(search.finishedAt ?? 0)}: the roll’s and the residents’, without people
              under 18. What was merged since is counted twice here, and once in the roll.
            </Trans>
            {search.found > search.kept && (
              <>
                {' · '}
                <Trans>
                  {format.number(search.found)} pairs were found, the likeliest{' '}
                  {format.number(search.kept)} are here: decide them and look again
                </Trans>
              </>
            )}
            {search.cut > 0 && (
              <>
                {' · '}
                <Plural
                  value={search.cut}
                  one="# person stands in a very large group and was compared with neighbours in the alphabet only"
                  other="# people stand in very large groups and were compared with neighbours in the alphabet only"
                />
              </>
            )}
          </p>
        )}
        {search?.state === 'cancelled' && (
          <p className="small quiet grow">
            <Trans>The last search was stopped.</Trans>
          </p>
        )}
      </div>
    </section>
  );
}

function Watch({ onChange }: { readonly onChange: () => void }) {
  useReloadEvery(onChange, 1000);
  return null;
}
