import { parseArgs } from 'node:util';
import { ROLES } from '#shared/model/role.ts';
import { createChapter } from '../chapter/create-chapter.ts';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { addMember, giveLink, makeStaffLink } from '../chapter/staff-links.ts';
import { ARCHIVE_HELP, archive } from './archive.ts';
import { BACKUP_HELP, backUp, restore, verify } from './backup.ts';
import { MOVE_HELP, move } from './move.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const CHAPTER_HELP = `homeground chapter create NAME --slug SHORT-NAME [--time-zone ZONE] [--campaign NAME] [--json]
homeground chapter list [--json]
homeground chapter link --chapter SHORT-NAME --role ROLE --name NAME [--json]

  create   makes a chapter with a database of its own and prints a sign-in link for its admin
  list     the chapters of this server
  link     adds a member (coordinator, research-lead, admin) and prints their sign-in link

  A link works once, within 72 hours.

${BACKUP_HELP}

${ARCHIVE_HELP}

${MOVE_HELP}`;

const until = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

async function create(
  name: string,
  wish: { slug: string; timeZone: string; campaign: string },
  json: boolean,
): Promise<void> {
  await withPorts(async (ports) => {
    const made = orEnd(await createChapter({ ...wish, name, demo: false }, ports));
    const link = await makeStaffLink(made.db, made.adminId, ports);
    openTerminal(json).result(
      `Made the chapter ${name}. Its admin signs in once, before ${until(link.expiresAt)} UTC, with\n\n  ${link.url}\n`,
      { id: made.db.id, slug: wish.slug, name, link: link.url, expiresAt: link.expiresAt },
    );
  });
}

async function list(json: boolean): Promise<void> {
  await withPorts(async (ports) => {
    const chapters = await ports.registry.chapters();
    const lines = chapters.map(({ slug, name, id }) => `${slug.padEnd(24)} ${name}  (${id})`);
    const text = lines.length === 0 ? 'There is no chapter yet.' : lines.join('\n');
    openTerminal(json).result(text, chapters);
  });
}

async function link(
  slug: string | undefined,
  member: { name: string; role: string },
  json: boolean,
): Promise<void> {
  const role = ROLES.find((one) => one === member.role && one !== 'canvasser');
  if (role === undefined || member.name === '') {
    throw new CommandError(
      'Say --name NAME and --role coordinator, research-lead or admin. A canvasser joins with a launch code.',
      EXIT.misused,
    );
  }
  await withPorts(async (ports) => {
    const db = await openBySlug(ports, slug);
    const memberId = await addMember(db, { name: member.name, role }, ports, BY_OPERATOR);
    const made = orEnd(await giveLink(db, memberId, ports, BY_OPERATOR));
    openTerminal(json).result(
      `${member.name} signs in once, before ${until(made.expiresAt)} UTC, with\n\n  ${made.url}\n`,
      { memberId, role, name: member.name, link: made.url, expiresAt: made.expiresAt },
    );
  });
}

export async function chapterCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      slug: { type: 'string' },
      chapter: { type: 'string' },
      role: { type: 'string', default: '' },
      name: { type: 'string', default: '' },
      'time-zone': { type: 'string' },
      campaign: { type: 'string', default: 'First campaign' },
      to: { type: 'string' },
      key: { type: 'string' },
      plain: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${CHAPTER_HELP}\n`);
  const [verb, name, ...more] = positionals;
  const { slug, campaign, key, plain, to, json } = values;
  if (verb === 'backup' && name !== undefined) return backUp(name, { to, plain, json });
  if (verb === 'verify' && name !== undefined) return verify(name, key, json);
  if (verb === 'restore' && name !== undefined) {
    return restore(name, { slug: slug ?? null, key, json });
  }
  if (verb === 'archive' && name !== undefined) return archive(name, more[0], json);
  if (verb === 'move' && name !== undefined) return move(name, values.to, json);
  if (verb === 'list' && name === undefined) return list(json);
  if (verb === 'link' && name === undefined)
    return link(values.chapter, { name: values.name, role: values.role }, json);
  if (verb !== 'create' || name === undefined || slug === undefined || more.length > 0) {
    throw new CommandError(CHAPTER_HELP, EXIT.misused);
  }
  const zone = values['time-zone'] ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return create(name, { slug, campaign, timeZone: zone }, json);
}
