import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChapterId, DoorId, TurfId } from '#shared/kernel/ids.ts';
import type { LaunchCode, Turf, TurfDoor } from '#shared/model/turf.ts';
import { callJson } from './call-http.ts';
import type { ServerProcess } from './server-process.ts';

const LARKFIELD = fileURLToPath(new URL('../../../fixtures/larkfield', import.meta.url));

export interface ProofTurf {
  readonly id: TurfId;
  /** A new code of the turf, as the table shows it: each lets one phone in. */
  readonly invite: () => Promise<string>;
  readonly doors: readonly DoorId[];
}

/** A small chapter on a running server, with turfs that phones can join. */
export interface ProofTown {
  readonly chapterId: ChapterId;
  readonly slug: string;
  readonly turfs: readonly ProofTurf[];
  /** Headers of a signed-in coordinator; good across restarts. */
  readonly desk: { readonly cookie: string };
}

interface Loaded {
  readonly chapter: { readonly id: ChapterId; readonly slug: string };
  readonly links: { readonly coordinator: string; readonly admin: string };
}

/**
 * Makes the core of Larkfield a chapter with the command line, or copies what that made before: in a
 * run of many tests it is made once, in the folder that PROOF_TOWN names.
 */
async function load(server: ServerProcess): Promise<Loaded> {
  const made = process.env['PROOF_TOWN'];
  if (made === undefined || server.engine !== 'sqlite') {
    const printed = await server.run('demo', 'load', LARKFIELD, '--chapter', 'town', '--json');
    return JSON.parse(printed) as Loaded;
  }
  cpSync(join(made, 'data'), server.dataDir, { recursive: true });
  return JSON.parse(readFileSync(join(made, 'loaded.json'), 'utf8')) as Loaded;
}

/** Gives a server that does not run yet its chapter, and starts it. */
export async function makeProofTown(server: ServerProcess): Promise<ProofTown> {
  const { chapter, links } = await load(server);
  await server.start();
  const token = links.coordinator.split('#')[1] ?? '';
  const signedIn = await callJson(server.url, {
    method: 'POST',
    path: '/v1/sign-in',
    body: { token },
  });
  const desk = { cookie: signedIn.cookie ?? '' };
  const listed = await callJson<Turf[]>(server.url, {
    method: 'GET',
    path: '/v1/turfs',
    headers: desk,
  });
  const turfs: ProofTurf[] = [];
  for (const { id } of listed.value) {
    const path = `/v1/turfs/${id}`;
    const asked = { method: 'GET', path: `${path}/doors`, headers: desk } as const;
    const doors = await callJson<TurfDoor[]>(server.url, asked);
    const invite = async (): Promise<string> => {
      const wish = { method: 'POST', path: `${path}/launch`, headers: desk } as const;
      return (await callJson<LaunchCode>(server.url, wish)).value.code;
    };
    turfs.push({ id, invite, doors: doors.value.map((door) => door.doorId) });
  }
  return { chapterId: chapter.id, slug: chapter.slug, turfs, desk };
}
