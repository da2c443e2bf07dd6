import { useState } from 'react';
import { Plural, useLingui } from '@lingui/react/macro';
import { IconLogout, IconMenu2, IconX } from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import type { Me } from '#shared/model/chapter.ts';
import { callApi } from '../../api/call.ts';
import { type HeldCount, useHeldCount } from '../../api/held-count.ts';
import { may, type Right } from '../../api/rights.ts';
import { forgetTabDrafts } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { LocaleSwitch } from '../../ui/locale-switch.tsx';
import { showToast } from '../../ui/toast.tsx';
import { CHAPTER_PAGES, PAGES } from './pages.ts';
import { ROLE_WORDS } from '../people/role-words.ts';

/** Pages that stand under another line have none of their own. */
const RAIL = PAGES.filter(
  (page) => page.aside !== true && (page.under === undefined || page === CHAPTER_PAGES[0]),
);

/**
 * The rail at the left; on a phone a bar at the top that opens into the same list. Null: the chapter
 * does not answer, so that it has the pages that everybody at the desk has, and no name.
 */
export function DeskRail({ me }: { readonly me: Me | null }) {
  const { t } = useLingui();
  const [location, navigate] = useLocation();
  const [openAt, setOpenAt] = useState<string | null>(null);
  // Open only on the page where it was opened: going somewhere closes it.
  const open = openAt === location;
  const here = PAGES.find((page) => location.startsWith(page.path));
  const has = (right: Right | undefined): boolean =>
    right === undefined || (me !== null && may(me.member.role, right));
  const held = useHeldCount(has('see-held'));

  const signOut = async (): Promise<void> => {
    const answer = await callApi('POST', '/v1/sign-out');
    if (answer.ok || answer.problem.code === 'not-signed-in') {
      forgetTabDrafts();
      navigate('/enter');
    } else
      showToast({ text: t`No connection: you are still signed in on this browser. Try again.` });
  };

  return (
    <header className="desk-rail" data-open={open ? '' : undefined}>
      <div className="desk-names">
        <div className="grow">
          <p className="desk-chapter">{me?.chapter.name ?? t`Desk`}</p>
          {me !== null && <p className="desk-campaign">{me.campaign.name}</p>}
        </div>
        {here && <span className="desk-here">{t(here.name)}</span>}
        <span className="desk-toggle">
          <IconButton
            icon={open ? <IconX size={22} aria-hidden /> : <IconMenu2 size={22} aria-hidden />}
            label={open ? t`Close the menu` : t`Open the menu`}
            aria-expanded={open}
            onClick={() => setOpenAt(open ? null : location)}
          />
        </span>
      </div>
      <div className="desk-menu">
        <nav aria-label={t`Desk`}>
          <ul role="list" className="desk-links">
            {RAIL.filter(({ right }) => has(right)).map(
              ({ path, name, icon: Icon, badge, under }) => (
                <li key={path}>
                  <Link
                    href={path}
                    className="desk-link"
                    aria-current={
                      location.startsWith(path) || (under !== undefined && here?.under === under)
                        ? 'page'
                        : undefined
                    }
                  >
                    <Icon size={20} aria-hidden />
                    {t(name)}
                    {badge === 'held' && held !== null && <HeldBadge count={held} />}
                  </Link>
                </li>
              ),
            )}
          </ul>
        </nav>
        <div className="desk-foot">
          {me !== null && (
            <div>
              <p className="desk-member">{me.member.name}</p>
              <p className="small quiet">{t(ROLE_WORDS[me.member.role])}</p>
              <Link className="small desk-self" href="/desk/keys">{t`Your passkeys`}</Link>
            </div>
          )}
          <LocaleSwitch />
          {me !== null && (
            <Button
              variant="quiet"
              icon={<IconLogout size={18} aria-hidden />}
              onClick={() => void signOut()}
            >{t`Sign out`}</Button>
          )}
        </div>
      </div>
    </header>
  );
}

/** How many wait for a decision; nothing at all when none does. */
function HeldBadge({ count }: { readonly count: HeldCount }) {
  const { waiting, more } = count;
  if (waiting === 0) return null;
  return (
    <span className="desk-badge">
      <span aria-hidden>{more ? `${waiting}+` : waiting}</span>
      <span className="for-readers">
        <Plural value={waiting} one="# waits" other="# wait" />
      </span>
    </span>
  );
}
