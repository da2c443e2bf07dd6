import { Trans, useLingui } from '@lingui/react/macro';
import { IconTag } from '@tabler/icons-react';
import type { Tag } from '#shared/model/tag.ts';
import { useApi } from '../../api/use-api.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { TagForm } from './tag-form.tsx';
import { TagRow } from './tag-row.tsx';
import './tags.css';

/** `/desk/tags`: lasting marks that canvassers put on people, and who carries them. */
export default function DeskTags() {
  const { t } = useLingui();
  const tags = useApi<readonly Tag[]>('/v1/tags');
  const taken = (saved: Tag): void =>
    tags.put((before) => before.map((one) => (one.id === saved.id ? saved : one)));
  return (
    <div className="desk-page">
      <PageTitle
        title={t`Tags`}
        under={t`Canvassers put them on people at the door, and they stay over campaigns. Universes ask for them.`}
      />
      <TagForm onMade={(made) => tags.put((before) => [...before, made])} />
      <ShowData from={tags} lines={6}>
        {(all) => {
          const offered = all.filter(({ retiredAt }) => retiredAt === null);
          const retired = all.filter(({ retiredAt }) => retiredAt !== null);
          return (
            <>
              {offered.length === 0 && (
                <EmptyState
                  icon={<IconTag size={28} aria-hidden />}
                  title={t`No tag is offered at doors`}
                >
                  <Trans>
                    A tag says what will still be true next year: wants a yard sign, would host a
                    meeting, rents. What somebody thinks today is an answer, not a tag.
                  </Trans>
                </EmptyState>
              )}
              <ul role="list" className="tag-list" aria-label={t`Tags offered at doors`}>
                {offered.map((tag) => (
                  <TagRow key={tag.id} tag={tag} onChanged={taken} onStale={tags.reload} />
                ))}
              </ul>
              {retired.length > 0 && (
                <section className="stack" aria-labelledby="retired-tags">
                  <h2 id="retired-tags">
                    <Trans>No longer offered</Trans>
                  </h2>
                  <ul role="list" className="tag-list">
                    {retired.map((tag) => (
                      <TagRow key={tag.id} tag={tag} onChanged={taken} onStale={tags.reload} />
                    ))}
                  </ul>
                </section>
              )}
            </>
          );
        }}
      </ShowData>
    </div>
  );
}
