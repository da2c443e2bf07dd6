import { type CommitHook, hookCommits } from './commit-faults.ts';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeId } from '#shared/kernel/ids.ts';
import type { Reply } from '#shared/sync/classify-failure.ts';
import type { Request } from '../../../client/sync/ports.ts';
import { backUpChapter } from '../../../server/chapter/back-up-chapter.ts';
import { restoreChapter } from '../../../server/chapter/restore-chapter.ts';
import type { Polygon } from '#shared/model/geojson.ts';
import type { ChapterDb } from '../../../server/store/chapter-db.ts';
import { SqliteRegistry } from '../../../server/store/sqlite-registry.ts';
import { openSqlite, type Sqlite, type StatementSync } from '../../../server/store/sqlite.ts';
import { writeCursor } from '../../../server/sync/cursor.ts';
import { redrawPublished } from '../../api/redraw-published.ts';
import { hashedBytes } from '../hashed-bytes.ts';
import { type Desk, openDesk } from './desk.ts';
import type { Cell, JoinedPhone } from './joined-phones.ts';
import { never } from './life.ts';
import { openSimApp, type SimApp } from './sim-app.ts';
import {
  makeFolder,
  START,
  type Template,
  type Town,
  type TownTurf,
  townTemplate,
} from './town-template.ts';
import type { VirtualTime } from './virtual-time.ts';

/** So many schedules share one run of the server, which gathers what it remembers. */
const LIFE = 250;
const CHORES_EVERY = 5_000;

function fileOf(town: Town): string {
  return join('chapters', `${town.chapterId}.db`);
}

/** Makes a file another one with the same bytes, or none, for whoever opens it from now on. */
function leaveBehind(path: string, keepBytes: boolean): void {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  rmSync(path);
  if (keepBytes) writeFileSync(path, bytes);
}

/** What no schedule ever changes. */
const FIXED = new Set(
  `address_points buildings elections exports import_faults imports kysely_migration
  kysely_migration_lock map_layers roll_moves script_versions scripts universe_rows universe_rows_of
  universes voted voters`.split(/\s+/),
);

/**
 * A connection of our own to a chapter's file: puts the rows of a template in the place of its own,
 * which costs less than to open it anew, and looks at what is there without the server's code.
 */
class Onlooker {
  readonly #sqlite: Sqlite;
  readonly #rewind: readonly StatementSync[];
  readonly #renew: StatementSync;
  readonly #asked = new Map<string, StatementSync>();
  dirty = false;

  constructor(path: string, template: string) {
    this.#sqlite = openSqlite(path);
    this.#sqlite.exec('pragma foreign_keys = off');
    this.#sqlite.exec(`attach '${template}' as before`);
    const tables = this.#sqlite
      .prepare(
        `select name from before.sqlite_master where type = 'table' and name not like 'sqlite_%'`,
      )
      .all() as { name: string }[];
    const fill = tables
      .filter(({ name }) => !FIXED.has(name))
      .flatMap(({ name }) => [
        `delete from main.${name}`,
        ...(this.#isEmpty(`before.${name}`)
          ? []
          : [`insert into main.${name} select * from before.${name}`]),
      ]);
    this.#rewind = fill.map((sql) => this.#sqlite.prepare(sql));
    this.#renew = this.#sqlite.prepare('update main.chapter set incarnation = ?');
  }

  rewind(incarnation: string): void {
    this.#sqlite.exec('begin immediate');
    for (const statement of this.#rewind) statement.run();
    // What the server remembers of the schedule before belongs to another life of the chapter.
    this.#renew.run(incarnation);
    this.#sqlite.exec('commit');
    this.dirty = false;
  }

  #isEmpty(table: string): boolean {
    return this.#sqlite.prepare(`select 1 from ${table} limit 1`).get() === undefined;
  }

  ask<T>(sql: string, ...values: readonly Cell[]): T[] {
    let statement = this.#asked.get(sql);
    if (statement === undefined) {
      statement = this.#sqlite.prepare(sql);
      this.#asked.set(sql, statement);
    }
    return statement.all(...values) as T[];
  }

  close(): void {
    this.#sqlite.close();
  }
}

/**
 * The real server in this process on real SQLite, with two chapters that begin each schedule anew.
 * One world serves one schedule at a time.
 */
export class World {
  readonly towns: Template['towns'];
  readonly #template: Template;
  readonly #folder: string;
  #app: SimApp | null = null;
  #onlookers = new Map<Town, Onlooker>();
  #registry: Sqlite | null = null;
  #time: VirtualTime | null = null;
  #replaced = false;
  #begun = 0;
  #hook: CommitHook | null = null;
  #life = 0;
  #up = true;

  private constructor(template: Template, folder: string) {
    this.#template = template;
    this.towns = template.towns;
    this.#folder = folder;
  }

  static async open(): Promise<World> {
    const template = await townTemplate();
    const world = new World(template, makeFolder());
    world.#writeTemplate('before');
    await world.#start();
    return world;
  }

  /** The server's clock. */
  get now(): number {
    return START + (this.#time?.now ?? 0);
  }

  /** A backup has taken the place of a chapter in this schedule. */
  get replaced(): boolean {
    return this.#replaced;
  }
  get up(): boolean {
    return this.#up;
  }

  /** Makes everything as it was at the start. The same seed and requests give the same answers. */
  async begin(seed: number, time: VirtualTime, hook: CommitHook | null): Promise<void> {
    hookCommits(null);
    this.#time = time;
    this.#begun += 1;
    if (this.#begun % LIFE === 0) await this.#startOver();
    else if (this.#replaced) await this.#putBack();
    const incarnation = makeId(START, hashedBytes(`incarnation ${this.#begun}`));
    for (const onlooker of this.#onlookers.values())
      if (onlooker.dirty) onlooker.rewind(incarnation);
    // So do its notes of how far each life had come.
    rmSync(join(this.#data, 'high-water'), { recursive: true, force: true });
    this.#forgetHeads();
    this.#sim.reseed(hashedBytes(`server ${seed}`));
    this.#up = true;
    this.#life += 1;
    this.#keepHouse(time);
    this.#hook = hook;
    hookCommits(hook);
  }

  /** How far the chain of a life before had come is noted outside of what is rewound. */
  #forgetHeads(): void {
    this.#registry ??= openSqlite(join(this.#data, 'registry.db'));
    this.#registry.exec('delete from audit_heads; delete from awaited_heads');
  }

  /** What the server makes of a request; never answers one that was under way at a crash. */
  async handle(request: Request, towns: readonly Town[], ip: string): Promise<Reply> {
    const life = this.#life;
    for (const town of towns) this.#touch(town);
    if (!this.#up) return { kind: 'unreachable' };
    const reply = await this.#real(() => this.#ask(request, ip));
    return life === this.#life ? reply : never();
  }

  /** The process dies where it stands, and another one opens the files. */
  async crash(downMs: number): Promise<void> {
    if (!this.#up) return;
    await this.#whileDown(downMs, () => this.#sim.reopen(this.#data));
  }

  /** The chapter's file as it is now, by the means of production. */
  async backUp(town: Town): Promise<string> {
    const file = join(this.#folder, `backup-${town.slug}.db`);
    await this.#real(async () => backUpChapter(await this.db(town), file));
    return file;
  }

  /**
   * Puts a backup in the place of the chapter: with the command, over the database that is there or
   * on a new disk, or by hand, as people do, so that the server must find out by itself.
   */
  async restore(
    town: Town,
    backup: string,
    how: 'over' | 'new-disk' | 'by-hand',
    downMs: number,
  ): Promise<void> {
    await this.#whileDown(downMs, async () => {
      this.#replaced = true;
      this.#closeOnlookers();
      const path = join(this.#data, fileOf(town));
      // The process that is gone would hold no lock; this one does until its garbage is collected.
      for (const end of ['-wal', '']) leaveBehind(`${path}${end}`, how === 'over');
      rmSync(`${path}-shm`, { force: true });
      if (how === 'by-hand') copyFileSync(backup, path);
      else await this.#restoreByCommand(backup);
      await this.#sim.reopen(this.#data);
      this.#openOnlookers();
    });
  }

  /**
   * The chapter has a phone that joined before the schedule began; gives the cursor and the life of
   * the chapter that its packet is of now.
   */
  bringIn(town: Town, { rows, packet }: JoinedPhone): { cursor: string; incarnation: string } {
    this.#touch(town);
    for (const { table, row } of rows) {
      const blanks = Object.keys(row).map(() => '?');
      const sql = `insert into ${table} (${Object.keys(row).join()}) values (${blanks.join()}) returning 1`;
      this.look(town, sql, ...Object.values(row));
    }
    const [chapter] = this.look<{ incarnation: string; secret: Uint8Array; seq: number }>(
      town,
      'select incarnation, secret, seq from chapter, clock',
    );
    if (chapter === undefined) throw new Error('The chapter was never stamped.');
    const { incarnation, secret, seq } = chapter;
    const place = { chapterId: town.chapterId, incarnation, turfIds: [packet.turf.id], seq };
    return { incarnation, cursor: writeCursor(place, secret) };
  }

  /** A person at the desk of this town. */
  desk(town: Town): Desk {
    this.#touch(town);
    const desk = openDesk(this.#sim, town.cookie);
    return (...asked) => this.#real(() => desk(...asked));
  }

  /** Doors come to a published turf and leave it, as they did before such turfs stood still. */
  redraw(town: Town, turf: TownTurf, outline: Polygon): Promise<void> {
    this.#touch(town);
    return this.#real(async () => redrawPublished(await this.db(town), turf.id, outline, this.now));
  }

  async db(town: Town): Promise<ChapterDb> {
    const db = await this.#sim.registry().openChapter(town.chapterId);
    if (db === null) throw new Error(`There is no ${town.slug}.`);
    return db;
  }

  /** What the chapter's file says, past the server. */
  look<T>(town: Town, sql: string, ...values: readonly Cell[]): T[] {
    const onlooker = this.#onlookers.get(town);
    if (onlooker === undefined) throw new Error(`Nobody looks at ${town.slug}.`);
    return onlooker.ask<T>(sql, ...values);
  }

  hasDoor(town: Town, doorId: string): boolean {
    const names = 'select id from doors union all select id from found_twins';
    return this.look(town, `select 1 from (${names}) as names where id = ?`, doorId).length > 0;
  }

  /** Changes the chapter's file past the server, as time would. */
  change(town: Town, sql: string, ...values: readonly Cell[]): void {
    this.look(town, `${sql} returning 1`, ...values);
  }

  /** True when anybody has asked anything of this town since the schedule began. */
  wasAsked(town: Town): boolean {
    return this.#onlookers.get(town)?.dirty === true;
  }

  async close(): Promise<void> {
    hookCommits(null);
    this.#closeOnlookers();
    await this.#app?.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }
  get #sim(): SimApp {
    if (this.#app === null) throw new Error('The world is not open.');
    return this.#app;
  }

  #real<T>(work: () => Promise<T>): Promise<T> {
    return this.#time === null ? work() : this.#time.real(work);
  }

  #touch(town: Town): void {
    const onlooker = this.#onlookers.get(town);
    if (onlooker !== undefined) onlooker.dirty = true;
  }

  async #ask({ method, path, token, body }: Request, ip: string): Promise<Reply> {
    const reply = await this.#sim.ask({
      method,
      url: path,
      remoteAddress: ip,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: body }),
    });
    const { 'retry-after': after, 'content-type': type } = reply.headers;
    return {
      kind: 'answer',
      status: reply.statusCode,
      json: typeof type === 'string' && type.includes('application/json'),
      text: reply.body,
      retryAfterMs: after === undefined ? null : Number(after) * 1000,
    };
  }

  async #restoreByCommand(backup: string): Promise<void> {
    const registry = SqliteRegistry.open(this.#data);
    const means = { registry, clock: () => this.now, random: hashedBytes(`restore ${this.now}`) };
    const restored = await restoreChapter(backup, { slug: null }, means);
    await registry.close();
    if (!restored.ok) throw new Error(`The backup was refused: ${restored.problem.code}`);
  }

  /** The server's repeated chores, each at its own pace, by the schedule's clock. */
  #keepHouse(time: VirtualTime): void {
    for (const { run, everyMs } of this.#sim.chores) {
      const pause = Math.max(CHORES_EVERY, everyMs);
      const turn = (): void => {
        if (this.#time !== time) return;
        if (this.#up) run();
        time.after(pause, turn);
      };
      time.after(pause, turn);
    }
  }

  async #whileDown(downMs: number, work: () => Promise<void>): Promise<void> {
    this.#life += 1;
    this.#up = false;
    await this.#real(() => this.#sim.shut());
    await this.#time?.sleep(downMs);
    hookCommits(null);
    await this.#real(work);
    hookCommits(this.#hook);
    this.#up = true;
  }

  async #startOver(): Promise<void> {
    this.#closeOnlookers();
    await this.#app?.close();
    rmSync(this.#data, { recursive: true, force: true });
    this.#replaced = false;
    await this.#start();
  }

  /** The files as they were at first, under the server that runs. */
  async #putBack(): Promise<void> {
    this.#closeOnlookers();
    await this.#sim.shut();
    rmSync(this.#data, { recursive: true, force: true });
    this.#replaced = false;
    this.#writeTemplate('data');
    await this.#sim.reopen(this.#data);
    this.#openOnlookers();
  }

  async #start(): Promise<void> {
    this.#writeTemplate('data');
    this.#app = await openSimApp(this.#data, () => this.now);
    this.#openOnlookers();
  }

  #writeTemplate(name: string): void {
    for (const [file, bytes] of this.#template.files) {
      const path = join(this.#folder, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes);
    }
  }

  #openOnlookers(): void {
    for (const town of this.towns) {
      const template = join(this.#folder, 'before', fileOf(town));
      const onlooker = new Onlooker(join(this.#data, fileOf(town)), template);
      onlooker.dirty = this.#replaced;
      this.#onlookers.set(town, onlooker);
    }
  }

  #closeOnlookers(): void {
    this.#registry?.close();
    this.#registry = null;
    for (const onlooker of this.#onlookers.values()) onlooker.close();
    this.#onlookers.clear();
  }
}
