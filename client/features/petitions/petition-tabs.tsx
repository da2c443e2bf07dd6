import { useLingui } from '@lingui/react/macro';
import type { Petition } from '#shared/model/petition.ts';
import { useFormat } from '../../api/use-format.ts';

export interface PetitionTabsProps {
  readonly list: readonly Petition[];
  readonly here: Petition;
  readonly onChoose: (id: string) => void;
}

/** All of them side by side, each with how many have signed. */
export function PetitionTabs({ list, here, onChoose }: PetitionTabsProps) {
  const { t } = useLingui();
  const format = useFormat();
  if (list.length < 2) return null;
  const states = { draft: t`draft`, open: t`open`, closed: t`closed` };
  return (
    <nav className="petition-tabs" aria-label={t`Petitions`}>
      {list.map((one) => (
        <button
          key={one.id}
          type="button"
          className="pill"
          aria-pressed={one.id === here.id}
          onClick={() => onChoose(one.id)}
        >
          {one.title}
          <span className="quiet">
            {one.state === 'open' ? format.number(one.signatures) : states[one.state]}
          </span>
        </button>
      ))}
    </nav>
  );
}
