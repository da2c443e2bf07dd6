import { basename } from 'node:path';
import { ProblemError, sayProblem, type Problem } from '#shared/kernel/problem.ts';
import { makeLetters } from '#shared/roll/letters.ts';
import { FileSurveyor, type FileSurvey, type SurveyOptions } from '#shared/roll/survey-file.ts';
import { openRollFile } from './open-roll-file.ts';

export interface InspectedRoll extends FileSurvey {
  readonly packed: 'gzip' | 'zip' | null;
}

/**
 * Looks through a file on this machine from its beginning to its end, whatever it is: what cannot be
 * read is a survey with a hindrance, never an error. `today` is `YYYY-MM-DD`.
 */
export async function inspectFile(
  path: string,
  today: string,
  choice: Pick<SurveyOptions, 'choice' | 'columns'> = {},
): Promise<InspectedRoll> {
  const opened = await openRollFile(path);
  if (!opened.ok) return refuse(opened.problem, null);
  const { bytes, packed, read } = opened.value;
  const letters = makeLetters(TextDecoder);
  const surveyor = new FileSurveyor({ fileName: basename(path), bytes, letters, today, ...choice });
  try {
    for await (const part of read()) {
      surveyor.push(part);
      if (surveyor.refused) break;
    }
    return { ...surveyor.end(), packed };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    // Rows that came out before an archive broke are no roll.
    return refuse(error.problem, packed);
  }
}

function refuse(hindrance: Problem, packed: InspectedRoll['packed']): InspectedRoll {
  const about = { line: null, column: null };
  const problems = [{ ...about, code: hindrance.code, message: sayProblem(hindrance) }];
  return { inspection: null, records: 0, taken: 0, problems, hindrance, packed };
}
