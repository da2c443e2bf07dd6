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

/** Makes the core of Larkfield a chapter with the command line, and starts the server on it. */
export async function makeProofTown(server: ServerProcess, slug = 'town'): Promise<ProofTown> {
  const printed = await server.run('demo', 'load', LARKFIELD, '--chapter', slug, '--json');
  const { chapter, links } = JSON.parse(printed) as Loaded;
  if (!server.running) await server.start();
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
  return { chapterId: chapter.id, slug, turfs, desk };
}
