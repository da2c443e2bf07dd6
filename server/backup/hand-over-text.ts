import type { HandOver } from '#shared/model/backup.ts';

const WIDTH = 78;
const ROLES = {
  coordinator: 'coordinator',
  'research-lead': 'research lead',
  admin: 'admin',
} as const;

/** Lines of at most 78 letters, those after the first one moved in. */
function wrap(text: string, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent + word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

function makeMoment(timeZone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone });
  return (at) => format.format(at);
}

function sayBackups({ backups }: HandOver, moment: (at: number) => string): string[] {
  const { folder, recipient, every, last, drill } = backups;
  const made = every === null ? 'only when somebody asks for one' : `every ${every} hours`;
  return [
    wrap(`Backups are in ${folder} on the server, made ${made}.`),
    last === null
      ? 'None has been made yet.'
      : wrap(`The last one was made on ${moment(last.at)}: ${last.file}.`),
    wrap(
      drill === null
        ? 'No drill has been done yet.'
        : `The last drill was on ${moment(drill.at)} and ${drill.good ? 'worked' : 'FAILED'}${drill.depth === 'file' ? ' (the file only: nothing was opened)' : ''}.`,
    ),
    recipient === null
      ? 'There is no backup key yet: make one first, under Chapter, Backups.'
      : `They are sealed to ${recipient}`,
    'Who keeps the secret that opens them: ______________________________________',
  ];
}

const FIRST_WEEK = [
  'Day 1: sign in, make your own passkey and a second one, print recovery codes.',
  'Day 1: make the next officers members, and end the access of those who left.',
  'Day 2: find the paper with the secret backup key; do a drill with it.',
  'Day 3: look at Held and at Phones: bring home what is out, decide what waits.',
  'Day 4: verify the audit chain and compare its head with the one on this page.',
  'Day 7: if the secret cannot be found, make a new key: old backups stay shut.',
];

/** The same page as the desk prints, in plain text. */
export function handOverText(page: HandOver): string {
  const moment = makeMoment(page.chapter.timeZone);
  const { chapter, address, members, canvassers, audit, held, phones, counts } = page;
  const out = [
    `HAND-OVER: ${chapter.name}`,
    `as of ${moment(page.at)} (${chapter.timeZone})`,
    '',
    `Address       ${address}`,
    `Chapter       ${chapter.slug}, ${chapter.id}`,
    `Software      Homeground ${page.version}`,
    wrap(
      `Holds         ${counts.voters} voters, ${counts.facts} facts, ${counts.universes} universes, ${counts.turfs} turfs`,
    ),
    '',
    'BACKUPS',
    ...sayBackups(page, moment),
    '',
    'MEMBERS OF THE STAFF',
    ...members.map(({ name, role, passkeys }) => `- ${name}: ${ROLES[role]}, ${passkeys} passkeys`),
    `and ${canvassers} canvassers`,
    '',
    'SIGNING IN FOR THE FIRST TIME',
    wrap(
      `An admin makes you a member under People and gives you a link that works once. Without any admin, whoever runs the server makes one: homeground chapter link --chapter ${chapter.slug} --role admin --name NAME. Open it, make a passkey, print recovery codes.`,
    ),
    '',
    'AUDIT CHAIN',
    audit === null
      ? 'It has no entry yet.'
      : `Entry ${audit.seq} of ${moment(audit.at)}\n${audit.hash}`,
    '',
    'OPEN',
    `${held} held facts wait for a decision.`,
    `${phones.length} phones hold a turf or unsent work.`,
    ...phones.map(({ name, turfs, unsent }) =>
      wrap(`- ${name}: ${turfs.join(', ') || 'no turf'}, ${unsent ?? 0} unsent`, '  '),
    ),
    '',
    'THE FIRST WEEK',
    ...FIRST_WEEK.map((line) => `[ ] ${line}`),
    '',
  ];
  return out.join('\n');
}
