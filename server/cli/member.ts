import { parseArgs } from 'node:util';
import type { MemberId } from '#shared/kernel/ids.ts';
import { ROLES, type Role } from '#shared/model/role.ts';
import type { ListedMember, StaffLink } from '#shared/model/member.ts';
import { BY_OPERATOR } from '../audit/append-audit.ts';
import { changeRole, markLeft } from '../chapter/change-member.ts';
import { listMembers } from '../chapter/list-members.ts';
import { addMember, giveLink } from '../chapter/staff-links.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { openBySlug, withPorts } from './open-data.ts';
import { CommandError, EXIT, openTerminal, orEnd } from './terminal.ts';

export const MEMBER_HELP = `homeground member list --chapter SHORT-NAME [--json]
homeground member add NAME --role ROLE --chapter SHORT-NAME [--json]
homeground member role WHO ROLE --chapter SHORT-NAME [--json]
homeground member link WHO --chapter SHORT-NAME [--json]
homeground member leave WHO --chapter SHORT-NAME [--json]

  list     who is of the chapter, in which role, with how many passkeys
  add      adds somebody for the desk (coordinator, research-lead, admin) and prints their link
  role     gives a member another role, from their next request on
  link     a new sign-in link, for who has lost every passkey: those from before end with its use
  leave    ends a member's sessions, passkeys and phones at once

  WHO is a name that only one member has, or an id. Each act is written down as the operator's.`;

const until = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

const sayLink = (name: string, link: StaffLink): string =>
  `${name} signs in once, before ${until(link.expiresAt)} UTC, with\n\n  ${link.url}\n`;

async function findWho(db: ChapterDb, who: string, ports: Ports): Promise<ListedMember> {
  const members = (await listMembers(db, ports.clock())).filter(({ leftAt }) => leftAt === null);
  const found = members.filter(({ id, name }) => id === who || name === who);
  const [one, other] = found;
  if (one !== undefined && other === undefined) return one;
  const reason =
    one === undefined ? 'No member has this name or id' : 'More than one has this name';
  throw new CommandError(`${reason}: ${who}. See: homeground member list. Nothing was changed.`);
}

function readRole(text: string | undefined, among: readonly Role[]): Role {
  const role = among.find((one) => one === text);
  if (role !== undefined) return role;
  throw new CommandError(`Say which role: ${among.join(', ')}. Nothing was changed.`, EXIT.misused);
}

function sayMember({ id, name, role, passkeys, leftAt }: ListedMember): string {
  const keys = passkeys === 1 ? '1 passkey' : `${passkeys} passkeys`;
  const more = leftAt !== null ? 'left' : role === 'canvasser' ? '' : keys;
  return `${role.padEnd(14)} ${name.padEnd(28)} ${more.padEnd(12)} ${id}`;
}

type Act = (db: ChapterDb, ports: Ports, json: boolean) => Promise<void>;

const list: Act = async (db, ports, json) => {
  const members = await listMembers(db, ports.clock());
  openTerminal(json).result(members.map(sayMember).join('\n'), members);
};

const add =
  (name: string, roleText: string | undefined): Act =>
  async (db, ports, json) => {
    const role = readRole(
      roleText,
      ROLES.filter((one) => one !== 'canvasser'),
    );
    const id: MemberId = await addMember(db, { name, role }, ports, BY_OPERATOR);
    const link = orEnd(await giveLink(db, id, ports, BY_OPERATOR));
    openTerminal(json).result(sayLink(name, link), {
      id,
      name,
      role,
      link: link.url,
      expiresAt: link.expiresAt,
    });
  };

const setRole =
  (who: string, roleText: string | undefined): Act =>
  async (db, ports, json) => {
    const role = readRole(roleText, ROLES);
    const { id, name } = await findWho(db, who, ports);
    const by = { actor: BY_OPERATOR, now: ports.clock() };
    orEnd(await changeRole(db, id, role, by));
    openTerminal(json).result(`${name} is ${role} now.`, { id, name, role });
  };

const link =
  (who: string): Act =>
  async (db, ports, json) => {
    const { id, name } = await findWho(db, who, ports);
    const made = await giveLink(db, id, ports, BY_OPERATOR);
    if (!made.ok) {
      throw new CommandError(`${name} is a canvasser, who joins with a code. Nothing was changed.`);
    }
    const { url, expiresAt } = made.value;
    openTerminal(json).result(sayLink(name, made.value), { id, name, link: url, expiresAt });
  };

const leave =
  (who: string): Act =>
  async (db, ports, json) => {
    const { id, name } = await findWho(db, who, ports);
    orEnd(await markLeft(db, id, { actor: BY_OPERATOR, now: ports.clock() }));
    openTerminal(json).result(`${name} has left. Their sessions and phones ended.`, { id, name });
  };

function chooseAct([verb, who, ...more]: readonly string[], role: string | undefined): Act | null {
  if (verb === 'list' && who === undefined) return list;
  if (who === undefined || who.trim() === '' || more.length > (verb === 'role' ? 1 : 0))
    return null;
  if (verb === 'add') return add(who.trim(), role);
  if (verb === 'role') return setRole(who, more[0] ?? role);
  if (verb === 'link') return link(who);
  return verb === 'leave' ? leave(who) : null;
}

/** For an operator who locked themselves out, and for scripts. */
export async function memberCommand(words: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      chapter: { type: 'string' },
      role: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(`${MEMBER_HELP}\n`);
  const act = chooseAct(positionals, values.role);
  if (act === null) throw new CommandError(MEMBER_HELP, EXIT.misused);
  await withPorts(async (ports) => {
    await act(await openBySlug(ports, values.chapter), ports, values.json);
  });
}
