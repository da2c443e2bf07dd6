import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconHomeHeart } from '@tabler/icons-react';
import { Link, Redirect } from 'wouter';
import type { SignedIn } from '#shared/model/chapter.ts';
import { callApi } from '../api/call.ts';
import { outbox, packets } from '../store/phone-store.ts';
import { buttonClass } from '../ui/button.tsx';
import { LocaleSwitch } from '../ui/locale-switch.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useShell } from '../ui/use-shell.ts';
import './shell.css';
import { usePage } from './use-page.ts';

type Where = '/walk' | '/desk' | 'here';

/** A phone whose turf is over, or that still has something to send: its walk says how it stands. */
async function hasWalked(): Promise<boolean> {
  if ((await outbox.readIdentity()) === null) return false;
  const [{ ended }, unsent] = await Promise.all([outbox.readHead(), outbox.listUnsent()]);
  return ended !== null || unsent.length > 0;
}

/** A phone with a turf goes on walking, staff go to their desk, everybody else is welcomed. */
async function findWhere(): Promise<Where> {
  const hold = await packets.readHold().catch(() => null);
  if (hold !== null || (await hasWalked().catch(() => false))) return '/walk';
  const entry = await callApi<SignedIn>('GET', '/v1/signed-in');
  return entry.ok && entry.value.me !== null ? '/desk' : 'here';
}

/** `/` */
export function HomePage() {
  const [where, setWhere] = useState<Where | null>(null);
  useEffect(() => {
    void findWhere().then(setWhere);
  }, []);
  if (where === null) return <Skeleton lines={3} height="3rem" />;
  if (where !== 'here') return <Redirect to={where} replace />;
  return <Welcome />;
}

function Welcome() {
  const { t } = useLingui();
  const heading = usePage(t`Welcome`);
  useShell('walk');
  return (
    <main className="welcome stack">
      <IconHomeHeart className="welcome-mark" size={44} stroke={1.5} aria-hidden />
      <h1 ref={heading} tabIndex={-1}>
        <Trans>Homeground</Trans>
      </h1>
      <p className="quiet">
        <Trans>Your chapter’s own canvass. It works at every door, with no signal too.</Trans>
      </p>
      <Link className={buttonClass({ variant: 'primary', size: 'large', wide: true })} href="/join">
        <Trans>I have a code</Trans>
      </Link>
      <section className="panel stack">
        <h2>
          <Trans>Coordinator or research lead?</Trans>
        </h2>
        <p className="quiet">
          <Trans>
            Sign in with your passkey. The first time, open the link that your chapter gave you: it
            works once, and you make a passkey with it. An admin gives you another one.
          </Trans>
        </p>
        <Link className={buttonClass({})} href="/enter">
          <Trans>Sign in</Trans>
        </Link>
      </section>
      <LocaleSwitch />
    </main>
  );
}
