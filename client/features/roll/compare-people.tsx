import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconDownload } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { DiffKind, DiffPage, DiffPerson, RollDiff } from '#shared/model/roll.ts';
import { callApi } from '../../api/call.ts';
import { DownloadLink } from '../../api/download-link.tsx';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ComparePerson } from './compare-person.tsx';
import { COMPARED, COMPARED_WORDS } from './compare-words.ts';

/** Who differs, a tab for each kind: some at first, everybody page by page, or all as a file. */
export function ComparePeople({ diff }: { readonly diff: RollDiff }) {
  const { t } = useLingui();
  const format = useFormat();
  const [problem, setProblem] = useState<Problem | null>(null);
  const kinds = COMPARED.filter((kind) => kind !== 'same').filter((kind) => diff.counts[kind] > 0);
  const [chosen, setChosen] = useState<DiffKind | undefined>(kinds[0]);
  if (chosen === undefined) return null;
  return (
    <section className="stack" aria-labelledby="compare-people">
      <div className="row row-apart">
        <h3 id="compare-people">
          <Trans>Who differs</Trans>
        </h3>
        <DownloadLink
          className={buttonClass({})}
          href={`/v1/roll/imports/${diff.importId}/diff.csv`}
          onAnswer={setProblem}
        >
          <IconDownload size={18} aria-hidden />
          <span>
            <Trans>Download all differences as CSV</Trans>
          </span>
        </DownloadLink>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <Segmented<DiffKind>
        label={t`Which people`}
        options={kinds.map((kind) => ({
          value: kind,
          label: `${t(COMPARED_WORDS[kind])} ${format.number(diff.counts[kind])}`,
        }))}
        value={chosen}
        onChange={setChosen}
      />
      <OneKind key={chosen} kind={chosen} diff={diff} />
    </section>
  );
}

interface Shown {
  readonly people: readonly DiffPerson[];
  /** What to ask with for more; null at the end. */
  readonly after: number | null;
}

function OneKind({ kind, diff }: { readonly kind: DiffKind; readonly diff: RollDiff }) {
  const samples = diff.samples[kind];
  // Samples are the beginning of the first page, which takes their place.
  const [shown, setShown] = useState<Shown>({ people: samples, after: 0 });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const rest = diff.counts[kind] - shown.people.length;

  const more = async (after: number): Promise<void> => {
    setBusy(true);
    const path = `/v1/roll/imports/${diff.importId}/diff/people?kind=${kind}&after=${after}`;
    const page = await callApi<DiffPage>('GET', path);
    setBusy(false);
    setProblem(page.ok ? null : page.problem);
    if (!page.ok) return;
    const before = after === 0 ? [] : shown.people;
    setShown({ people: [...before, ...page.value.people], after: page.value.after });
  };
  const { after } = shown;
  return (
    <>
      <ul role="list" className="compare-list panel">
        {shown.people.map((person) => (
          <ComparePerson key={person.id} kind={kind} person={person} />
        ))}
      </ul>
      {problem && <ProblemNotice problem={problem} />}
      {rest > 0 &&
        (after === null ? (
          <p className="small quiet">
            <Plural
              value={rest}
              one="# more is counted and not listed: under 18, or erased since."
              other="# more are counted and not listed: under 18, or erased since."
            />
          </p>
        ) : (
          <div>
            <Button busy={busy} onClick={() => void more(after)}>
              <Trans>Show more</Trans>
            </Button>
          </div>
        ))}
    </>
  );
}
