import { useLingui } from '@lingui/react';

/** The words for a reason; one that this version does not know shows as it came. */
export function useReasonWords(): (reason: string) => string {
  useLingui();
  return (reason) => reason.replaceAll('-', ' ');
}
