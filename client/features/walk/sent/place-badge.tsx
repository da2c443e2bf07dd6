import { useLingui } from '@lingui/react/macro';
import type { Place } from './place-of.ts';
import { placeIcons, placeShort, placeWords } from './place-words.ts';

export interface PlaceBadgeProps {
  readonly place: Place;
  /** Two words where there is little room. */
  readonly short?: boolean;
}

/** Where an own fact is: a picture and words, and a colour for the quick glance. */
export function PlaceBadge({ place, short = false }: PlaceBadgeProps) {
  const { t } = useLingui();
  const Icon = placeIcons[place];
  return (
    <span className={`place place-${place}`}>
      <Icon size={14} aria-hidden />
      <span>{t((short ? placeShort : placeWords)[place])}</span>
    </span>
  );
}
