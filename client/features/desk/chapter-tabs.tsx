import { useLingui } from '@lingui/react/macro';
import { Link } from 'wouter';
import { useMe } from '../../api/me.ts';
import { may } from '../../api/rights.ts';
import { CHAPTER_PAGES, type DeskPage } from './pages.ts';

/** The chapter's own pages, side by side above the one that is open. */
export function ChapterTabs({ here }: { readonly here: DeskPage }) {
  const { t } = useLingui();
  const { role } = useMe().member;
  return (
    <nav className="desk-tabs" aria-label={t`Chapter`}>
      {CHAPTER_PAGES.filter(({ right }) => right === undefined || may(role, right)).map(
        ({ path, name, tab, icon: Icon }) => (
          <Link
            key={path}
            href={path}
            className="desk-tab"
            aria-current={path === here.path ? 'page' : undefined}
          >
            <Icon size={18} aria-hidden />
            {t(tab ?? name)}
          </Link>
        ),
      )}
    </nav>
  );
}
