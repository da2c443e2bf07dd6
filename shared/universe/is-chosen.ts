import type { Condition } from '../model/universe-step.ts';

/** False for a condition in which nothing is chosen yet, and which so would be met by everybody. */
export function isChosen(who: Condition): boolean {
  switch (who.kind) {
    case 'age':
      return who.min !== null || who.max !== null;
    case 'registered':
      return who.from !== null || who.to !== null;
    case 'votes':
      return who.elections.length > 0 && who.atLeast > 0;
    case 'knocked':
      if (who.when === 'before' || who.when === 'after') return who.day !== null;
      return who.when !== 'within' || who.days !== null;
    case 'tag':
      return who.tags.length > 0;
    case 'layer':
    case 'answer':
    case 'support':
    case 'result':
    case 'universe':
      return true;
    case 'district':
    case 'party':
    case 'precinct':
    case 'sex':
    case 'status':
    case 'language':
      return who.values.length > 0;
  }
}
