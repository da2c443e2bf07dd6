import { useLingui } from '@lingui/react/macro';
import { useFormat } from './use-format.ts';

const MINUTE = 60_000;

/** How long something has waited (ms): nobody counts its seconds. */
export function useWaitWords(): (ms: number) => string {
  const { t } = useLingui();
  const { span } = useFormat();
  return (ms) => (ms < MINUTE ? t`less than a minute` : span(ms));
}
