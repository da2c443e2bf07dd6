import type { ReactNode } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { HandOver } from '#shared/model/backup.ts';
import { useFormat } from '../../api/use-format.ts';
import { useBackupWords } from './use-backup-words.ts';

/** What fits on one page beside everything else. */
const MEMBERS = 12;
const PHONES = 8;

/** The page itself: black on white, US Letter and A4. */
export function HandOverSheet({ page }: { readonly page: HandOver }) {
  const { t } = useLingui();
  const format = useFormat();
  const { chapter, address, version, counts } = page;
  return (
    <article className="hand-over" aria-label={t`Hand-over`}>
      <header>
        <h1>
          <Trans>Hand-over: {chapter.name}</Trans>
        </h1>
        <p>
          <Trans>
            As of {format.moment(page.at)} · {chapter.slug} · Homeground {version}
          </Trans>
        </p>
      </header>
      <Part title={t`Where it is`}>
        <p>
          <strong>{address}</strong>
        </p>
        <p>
          <Trans>
            Voters {format.number(counts.voters)} · facts {format.number(counts.facts)} · universes{' '}
            {format.number(counts.universes)} · turfs {format.number(counts.turfs)}
          </Trans>
        </p>
        <Blank label={t`Who runs the server, and how to reach them`} />
      </Part>
      <BackupPart page={page} />
      <MemberPart page={page} />
      <Part title={t`Signing in for the first time`}>
        <p>
          <Trans>
            An admin adds you under People and gives you a link that works once. When no admin is
            left, whoever runs the server makes one:
          </Trans>{' '}
          <code>homeground chapter link --chapter {chapter.slug} --role admin --name NAME</code>.{' '}
          <Trans>Open it, make a passkey, then a second one, print recovery codes.</Trans>
        </p>
      </Part>
      <OpenPart page={page} />
      <Part title={t`The first week`}>
        <ul className="hand-over-ticks">
          <li>
            <Trans>Sign in; two passkeys, recovery codes on paper.</Trans>
          </li>
          <li>
            <Trans>Add the next officers; end the access of those who left.</Trans>
          </li>
          <li>
            <Trans>Find the paper with the secret key and do a drill with it.</Trans>
          </li>
          <li>
            <Trans>Bring home what phones still hold; decide what is held.</Trans>
          </li>
          <li>
            <Trans>Check the audit chain against the number above.</Trans>
          </li>
          <li>
            <Trans>If the secret key cannot be found: make a new one. Old backups stay shut.</Trans>
          </li>
        </ul>
      </Part>
    </article>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** A line to be filled in by hand. */
function Blank({ label }: { readonly label: string }) {
  return (
    <p className="hand-over-blank">
      <span>{label}</span>
    </p>
  );
}

function BackupPart({ page: { backups } }: { readonly page: HandOver }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useBackupWords();
  const { folder, recipient, every, last, drill } = backups;
  return (
    <Part title={t`Backups`}>
      <p>
        {words.every(every)}
        {': '}
        <code>{folder}</code>
      </p>
      <p>
        {last === null ? (
          <Trans>No backup has been made yet.</Trans>
        ) : (
          <Trans>
            Last one: {format.moment(last.at)}, {format.bytes(last.bytes ?? 0)}.
          </Trans>
        )}{' '}
        {drill === null ? (
          <Trans>No drill has been done yet.</Trans>
        ) : drill.good ? (
          drill.depth === 'whole' ? (
            <Trans>Last drill: {format.moment(drill.at)}, opened with the key, whole.</Trans>
          ) : (
            <Trans>
              Last drill: {format.moment(drill.at)}, the file alone; nothing was opened.
            </Trans>
          )
        ) : (
          <Trans>Last drill: {format.moment(drill.at)}: FAILED.</Trans>
        )}
      </p>
      <p>
        {recipient === null ? (
          <Trans>There is no key yet.</Trans>
        ) : (
          <Trans>
            Sealed to <code className="backups-code">{recipient}</code>
          </Trans>
        )}
      </p>
      <Blank label={t`Who keeps the secret that opens them`} />
      <Blank label={t`and the second paper`} />
    </Part>
  );
}

function MemberPart({ page: { members, canvassers } }: { readonly page: HandOver }) {
  const { t } = useLingui();
  const roles = {
    coordinator: t`Coordinator`,
    'research-lead': t`Research lead`,
    admin: t`Admin`,
  } as const;
  return (
    <Part title={t`Members at the desk`}>
      <ul className="hand-over-list">
        {members.slice(0, MEMBERS).map(({ name, role, passkeys, since }) => (
          <li key={`${name} ${since}`}>
            {name}: {roles[role]},{' '}
            <Plural value={passkeys} _0="no passkey" one="# passkey" other="# passkeys" />
          </li>
        ))}
      </ul>
      <p>
        {members.length > MEMBERS && (
          <>
            <Plural value={members.length - MEMBERS} one="and # more," other="and # more," />{' '}
          </>
        )}
        <Plural value={canvassers} _0="no canvasser" one="# canvasser" other="# canvassers" />
      </p>
    </Part>
  );
}

function OpenPart({ page: { audit, held, phones } }: { readonly page: HandOver }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Part title={t`What is open`}>
      <p>
        <Plural
          value={held}
          _0="Nothing is held."
          one="# held fact waits for a decision."
          other="# held facts wait for a decision."
        />{' '}
        <Plural
          value={phones.length}
          _0="No phone holds a turf or unsent work."
          one="# phone holds a turf or unsent work:"
          other="# phones hold a turf or unsent work:"
        />{' '}
        {phones
          .slice(0, PHONES)
          .map(({ name, turfs, unsent }) => `${name} (${[...turfs, unsent ?? 0].join(', ')})`)
          .join('; ')}
        {phones.length > PHONES && ' …'}
      </p>
      <p>
        {audit === null ? (
          <Trans>The audit chain has no entry yet.</Trans>
        ) : (
          <Trans>
            Audit chain: entry {audit.seq} of {format.moment(audit.at)},{' '}
            <code className="backups-code">{audit.hash}</code>
          </Trans>
        )}
      </p>
    </Part>
  );
}
