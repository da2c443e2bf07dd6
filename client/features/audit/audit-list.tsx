import { useLingui } from '@lingui/react/macro';
import {
  IconBuildingCommunity,
  IconDoorEnter,
  IconFileExport,
  IconInbox,
  IconPolygon,
  IconUserShield,
  type Icon,
} from '@tabler/icons-react';
import { writingLocale } from '#shared/kernel/writing-locale.ts';
import { AUDIT_GROUPS, type AuditGroup, type AuditLine } from '#shared/model/audit.ts';
import { useMe } from '../../api/me.ts';
import { useFormat } from '../../api/use-format.ts';
import { useAuditWords } from './use-audit-words.ts';

const ICONS: Readonly<Record<AuditGroup, Icon>> = {
  access: IconDoorEnter,
  turf: IconPolygon,
  out: IconFileExport,
  people: IconUserShield,
  held: IconInbox,
  chapter: IconBuildingCommunity,
};

function iconOf({ kind }: AuditLine): Icon {
  const groups = Object.entries(AUDIT_GROUPS) as [AuditGroup, readonly string[]][];
  const [group] = groups.find(([, kinds]) => kinds.includes(kind)) ?? ['chapter'];
  return ICONS[group];
}

interface Day {
  readonly name: string;
  readonly lines: readonly AuditLine[];
}

/** The days of the chapter's zone, newest first. */
function useDays(lines: readonly AuditLine[]): readonly Day[] {
  const { i18n } = useLingui();
  const { timeZone } = useMe().chapter;
  const format = new Intl.DateTimeFormat(writingLocale(i18n.locale), {
    dateStyle: 'full',
    timeZone,
  });
  const days: { name: string; lines: AuditLine[] }[] = [];
  for (const line of lines) {
    const name = format.format(line.at);
    const day = days.at(-1);
    if (day?.name === name) day.lines.push(line);
    else days.push({ name, lines: [line] });
  }
  return days;
}

/** What was done, newest first, by day. */
export function AuditList({ lines }: { readonly lines: readonly AuditLine[] }) {
  const words = useAuditWords();
  const format = useFormat();
  const days = useDays(lines);
  return (
    <>
      {days.map((day) => (
        <section className="audit-day" key={`${day.name} ${day.lines[0]?.seq ?? 0}`}>
          <h2>{day.name}</h2>
          <ol className="audit-lines" role="list">
            {day.lines.map((line) => {
              const LineIcon = iconOf(line);
              const { why } = line.details;
              return (
                <li key={line.seq}>
                  <LineIcon size={18} aria-hidden />
                  <span className="audit-words">
                    {words(line)}
                    {typeof why === 'string' && <q className="quiet">{why}</q>}
                  </span>
                  <time className="small quiet" dateTime={new Date(line.at).toISOString()}>
                    {format.time(line.at)}
                  </time>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </>
  );
}
