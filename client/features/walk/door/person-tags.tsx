import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Person } from '#shared/model/person.ts';
import { ChooseMany } from '../../../ui/choice.tsx';
import { fullName } from '../address-words.ts';
import type { DoorRow } from '../door-row.ts';
import { useSaveGuard } from '../save-guard.tsx';
import { usePersonTags } from './use-person-tags.ts';
import { useWalk } from '../walk-context.ts';

export interface PersonTagsProps {
  readonly row: DoorRow;
  readonly person: Person;
  /** The address. */
  readonly where: string;
}

/** The chapter's tags for one person: each tap is saved at once. Nothing where the chapter has none. */
export function PersonTags({ row, person, where }: PersonTagsProps) {
  const { t } = useLingui();
  const { sheet } = useWalk();
  const { saveWithUndo } = useSaveGuard();
  const [busy, setBusy] = useState(false);
  const carried = usePersonTags(row.door.id)?.(person.id) ?? null;
  if (carried === null) return null;
  const has = new Set(carried.map(({ id }) => id));
  const offered = (sheet.tags ?? []).filter(({ id, retired }) => retired !== true || has.has(id));
  const newer = carried.filter((tag) => offered.every(({ id }) => id !== tag.id));
  const tags = [...offered, ...newer];
  if (tags.length === 0) return null;
  const name = fullName(person);

  const choose = async (next: readonly string[]): Promise<void> => {
    const tag = tags.find(({ id }) => has.has(id) !== next.includes(id));
    if (tag === undefined || busy) return;
    setBusy(true);
    const on = !has.has(tag.id);
    const what = on ? t`${name}: ${tag.name}` : t`${name}: no longer ${tag.name}`;
    const payload = { doorId: row.door.id, personId: person.id, tag: tag.id, on };
    await saveWithUndo({ type: 'tag', payload }, { where, what }, t`Saved: ${what}`);
    setBusy(false);
  };

  return (
    <ChooseMany
      legend={<Trans>Tags (they stay with the person)</Trans>}
      options={tags.map((tag) => ({ value: tag.id as string, label: tag.name, disabled: busy }))}
      value={carried.map(({ id }) => id as string)}
      onChange={(next) => void choose(next)}
    />
  );
}
