import { Trans, useLingui } from '@lingui/react/macro';
import { IconPrinter } from '@tabler/icons-react';
import type { RecoveryCodes } from '#shared/model/passkey.ts';
import { useMe } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';

export interface CodeSheetProps {
  readonly codes: RecoveryCodes;
  readonly onDone: () => void;
}

/** One sheet of paper: the chapter, the person, ten codes, and what to do with them. */
export function CodeSheet({ codes, onDone }: CodeSheetProps) {
  const { t } = useLingui();
  const { chapter, member } = useMe();
  const format = useFormat();
  return (
    <div className="desk-page people-page">
      <div className="row people-no-print">
        <Button
          variant="primary"
          icon={<IconPrinter size={18} aria-hidden />}
          onClick={() => window.print()}
        >
          {t`Print`}
        </Button>
        <Button onClick={onDone}>{t`I have printed them`}</Button>
      </div>
      <article className="panel people-sheet" aria-label={t`Recovery codes`}>
        <header>
          <h1>
            <Trans>Recovery codes</Trans>
          </h1>
          <p>
            {member.name} · {chapter.name}
          </p>
        </header>
        <ol className="people-sheet-codes">
          {codes.codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <dl className="people-sheet-facts">
          <dt>
            <Trans>Open</Trans>
          </dt>
          <dd>{window.location.host}/enter</dd>
          <dt>
            <Trans>Chapter</Trans>
          </dt>
          <dd>
            <code>{chapter.slug}</code>
          </dd>
          <dt>
            <Trans>Printed</Trans>
          </dt>
          <dd>{format.moment(codes.madeAt)}</dd>
        </dl>
        <p>
          <Trans>
            Press “I have a recovery code”, type the chapter and one code, and make a new passkey.
            Each code works once: cross it out. Keep this sheet where you keep your passport, not
            with your laptop, and never take a picture of it.
          </Trans>
        </p>
      </article>
      <p className="small quiet people-no-print">
        <Trans>
          They are shown this once and kept nowhere: the server knows only their hashes.
        </Trans>
      </p>
    </div>
  );
}
