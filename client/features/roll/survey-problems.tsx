import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { SurveyedProblem } from '#shared/roll/survey-file.ts';
import { useFormat } from '../../api/use-format.ts';
import { Notice } from '../../ui/notice.tsx';
import { useReasonWords } from './reason-words.ts';

const SHOWN = 8;

/** The rows that are wrong, with their lines and columns; the import lists each of them as well. */
export function SurveyProblems({ problems }: { readonly problems: readonly SurveyedProblem[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const say = useReasonWords();
  const ofRows = problems.filter(({ line, code }) => line !== null && !code.startsWith('roll-'));
  if (ofRows.length === 0) return null;
  const more = ofRows.length - SHOWN;
  return (
    <Notice>
      <p>
        <Trans>
          Some rows are not as they should be. What cannot be read for sure is rejected and listed
          with the reason; the rest is imported. Each row is listed once, with the first thing that
          is wrong.
        </Trans>
      </p>
      <ul className="roll-reasons small">
        {ofRows.slice(0, SHOWN).map(({ line, column, code }) => (
          <li key={`${line}-${code}`}>
            {column === null
              ? t`Line ${format.number(line ?? 0)}: ${say(code)}`
              : t`Line ${format.number(line ?? 0)}, ${column}: ${say(code)}`}
          </li>
        ))}
      </ul>
      {more > 0 && <Plural value={more} one="and # more" other="and # more" />}
    </Notice>
  );
}
