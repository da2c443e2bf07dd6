import { useCallback } from 'react';
import { useLingui } from '@lingui/react/macro';
import { levelToken, optionToken } from '#shared/canvass/said-token.ts';
import type { Question } from '#shared/model/script.ts';
import { SUPPORT_LEVELS, supportWords } from './support-words.ts';

/** Says one answer to a question, as shared/canvass/said-token writes it, in words. */
export function useSaidWords(): (question: Question, token: string) => string {
  const { t } = useLingui();
  return useCallback(
    ({ options }, token) => {
      switch (token) {
        case 'skipped':
          return t`Skipped`;
        case 'refused':
          return t`Won’t say`;
        case 'unknown':
          return t`Doesn’t know`;
        case 'number':
          return t`Any number`;
        case 'date':
          return t`Any day`;
        case 'text':
          return t`Any words`;
      }
      const level = SUPPORT_LEVELS.find((one) => levelToken(one) === token);
      if (level !== undefined) return `${level} ${t(supportWords[level])}`;
      const option = options.find(({ id }) => optionToken(id) === token);
      return option === undefined || option.label.trim() === '' ? '…' : option.label;
    },
    [t],
  );
}
