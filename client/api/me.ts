import { createContext, useContext } from 'react';
import type { Me } from '#shared/model/chapter.ts';
import { may, type Right } from './rights.ts';

/** Who sits at the desk; the shell provides it to every page. */
export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside of the desk');
  return me;
}

export function useMay(right: Right): boolean {
  return may(useMe().member.role, right);
}
