import { Trans, useLingui } from '@lingui/react/macro';
import type { RulesPage } from '#shared/model/privacy.ts';
import { useMay } from '../../api/me.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Notice } from '../../ui/notice.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { Stat } from '../../ui/stat.tsx';
import { FileTerms } from './file-terms.tsx';
import { PersonSection } from './person-section.tsx';
import { RulesForm } from './rules-form.tsx';
import { StateRules } from './state-rules.tsx';
import { SweepSection } from './sweep-section.tsx';
import './rules.css';

/** `/desk/rules`: whose law holds, what is kept for how long, and what one person may ask for. */
export default function DeskRules() {
  const { t } = useLingui();
  const page = useApi<RulesPage>('/v1/rules');
  const mayChange = useMay('change-rules');
  return (
    <div className="desk-page rules-page">
      <PageTitle
        title={t`Rules`}
        under={t`Voter files are lent under state law, and people may ask what you know of them.`}
      />
      <ShowData from={page} lines={8}>
        {(data) => (
          <>
            <Notice>
              <Trans>
                This is no legal advice. It says what the software does; counsel says what you must
                do.
              </Trans>
            </Notice>
            <Numbers page={data} />
            {mayChange && <PersonSection onChanged={page.reload} />}
            <StateRules region={data.region} />
            {mayChange && <RulesForm page={data} onSaved={(saved) => page.put(() => saved)} />}
            <FileTerms files={data.files} />
            <SweepSection page={data} />
          </>
        )}
      </ShowData>
    </div>
  );
}

function Numbers({ page }: { readonly page: RulesPage }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <dl className="stats">
      <Stat value={format.number(page.optedOut)} label={t`people are never contacted`} />
      <Stat value={format.number(page.optedOutDoors)} label={t`doors are never knocked`} />
      <Stat value={format.number(page.minors)} label={t`people under 18 are not listed`} />
      <Stat value={format.number(page.marks)} label={t`marks keep them so after a new roll`} />
    </dl>
  );
}
