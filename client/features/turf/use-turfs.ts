import { useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { UniverseId } from '#shared/kernel/ids.ts';
import type { Polygon } from '#shared/model/geojson.ts';
import type { ChangeTurf, MakeTurf, Turf } from '#shared/model/turf.ts';
import type { UniverseDoors } from '#shared/model/universe.ts';
import { callApi } from '../../api/call.ts';
import { useApi, type Loaded } from '../../api/use-api.ts';

export interface Turfs {
  readonly list: Loaded<readonly Turf[]>;
  readonly doors: Loaded<UniverseDoors>;
  readonly problem: Problem | null;
  /** The turf that something is being done to, `all` for all, null for none. */
  readonly busy: string | null;
  readonly make: (name: string, outline: Polygon) => Promise<Turf | null>;
  readonly change: (turf: Turf, change: ChangeTurf) => Promise<Turf | null>;
  readonly publish: (turfs: readonly Turf[]) => Promise<boolean>;
  readonly remove: (turf: Turf) => Promise<boolean>;
  readonly forget: () => void;
}

/** The turfs of one universe and what can be done to them. */
export function useTurfs(universeId: UniverseId): Turfs {
  const list = useApi<readonly Turf[]>(`/v1/turfs?universe=${universeId}`);
  const doors = useApi<UniverseDoors>(`/v1/universes/${universeId}/doors`);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<string | null>(null);

  const settle = <T>(answer: Result<T, Problem>): T | null => {
    setProblem(answer.ok ? null : answer.problem);
    return answer.ok ? answer.value : null;
  };
  /** Other turfs may have gained or lost doors too: both lists are asked for again. */
  const refresh = (): void => {
    list.reload();
    doors.reload();
  };

  return {
    list,
    doors,
    problem,
    busy,
    forget: () => setProblem(null),
    make: async (name, outline) => {
      const body: MakeTurf = { universeId, name, outline };
      setBusy('new');
      const made = settle(await callApi<Turf>('POST', '/v1/turfs', body));
      setBusy(null);
      if (made) {
        list.put((before) => [...before, made]);
        refresh();
      }
      return made;
    },
    change: async (turf, change) => {
      setBusy(turf.id);
      const options = { ifMatch: turf.version };
      const changed = settle(await callApi<Turf>('PATCH', `/v1/turfs/${turf.id}`, change, options));
      setBusy(null);
      if (changed) {
        list.put((before) => before.map((one) => (one.id === changed.id ? changed : one)));
        refresh();
      }
      return changed;
    },
    publish: async (turfs) => {
      setBusy(turfs.length === 1 ? (turfs[0]?.id ?? null) : 'all');
      let done = true;
      for (const turf of turfs) {
        // One after the other: when one cannot be published those before it are, and it is named.
        const published = settle(
          await callApi<Turf>('POST', `/v1/turfs/${turf.id}/publish`, undefined, {
            ifMatch: turf.version,
          }),
        );
        if (!published) {
          done = false;
          break;
        }
        list.put((before) => before.map((one) => (one.id === published.id ? published : one)));
      }
      setBusy(null);
      return done;
    },
    remove: async (turf) => {
      setBusy(turf.id);
      const answer = await callApi('DELETE', `/v1/turfs/${turf.id}`);
      setBusy(null);
      settle(answer);
      if (answer.ok) {
        list.put((before) => before.filter(({ id }) => id !== turf.id));
        refresh();
      }
      return answer.ok;
    },
  };
}
