import type { Given } from '../model/fact.ts';

/** How an option or a level of support is written where answers are asked for. */
export const optionToken = (option: string): string => `o:${option}`;
export const levelToken = (level: number): string => `s:${level}`;

/**
 * What was given to a question, as words to ask for: `o:` and an option's id for each that was
 * chosen, `s:` and the level of support, or `text`, `number`, `date`, `skipped`, `refused`, `unknown`. Several were to be
 * chosen and none was: `none`.
 */
export function saidTokens(given: Given): readonly string[] {
  switch (given.kind) {
    case 'support':
      return [levelToken(given.level)];
    case 'one':
      return [optionToken(given.option)];
    case 'many':
      return given.options.length === 0 ? ['none'] : given.options.map(optionToken);
    case 'text':
    case 'number':
    case 'date':
    case 'skipped':
    case 'refused':
    case 'unknown':
      return [given.kind];
  }
}
