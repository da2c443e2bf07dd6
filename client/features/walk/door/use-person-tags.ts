import { useMemo } from 'react';
import { useLingui } from '@lingui/react/macro';
import { personTags } from '#shared/canvass/person-tags.ts';
import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import type { PacketTag } from '#shared/model/tag.ts';
import { useDoorHistory } from './use-door-history.ts';
import { useWalk } from '../walk-context.ts';

const NONE: readonly PacketTag[] = [];

/** The tags that each person at a door carries, by name; null while it is read. */
export function usePersonTags(doorId: DoorId): ((person: PersonId) => readonly PacketTag[]) | null {
  const { t } = useLingui();
  const { sheet } = useWalk();
  const history = useDoorHistory(doorId);
  const carried = useMemo(
    () =>
      history === null
        ? null
        : personTags(history.filter(({ withdrawn }) => !withdrawn).map(({ op }) => op)),
    [history],
  );
  if (carried === null) return null;
  const known = new Map((sheet.tags ?? []).map((tag) => [tag.id, tag]));
  return (person) =>
    carried.get(person)?.map((id) => known.get(id) ?? { id, name: t`A newer tag` }) ?? NONE;
}
