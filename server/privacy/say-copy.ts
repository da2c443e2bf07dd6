import type { PersonCopy, PersonFact } from '#shared/model/privacy.ts';

const NOTHING = 'nothing';

function list(title: string, lines: readonly string[]): string[] {
  return ['', title, ...(lines.length === 0 ? [`  ${NOTHING}`] : lines.map((line) => `  ${line}`))];
}

/** The lines of a signature are in the copy for programs; here it says how many there are. */
function sayPayload(said: unknown): string {
  return JSON.stringify(said, (name, value: unknown) =>
    name === 'strokes' && Array.isArray(value) ? `${value.length} lines, drawn by hand` : value,
  );
}

function sayFact({ kind, at, by, named, held, said }: PersonFact): string {
  const where = named ? '' : ' (said at the door; the name is in its words)';
  const state = held ? ' (held, not applied)' : '';
  const who = by === '' ? '' : `, by ${by}`;
  return `${at} ${kind}${who}${where}${state}: ${sayPayload(said)}`;
}

/** The copy as a page of plain text that needs no program to read. */
export function sayCopy(copy: PersonCopy): string {
  const { person, roll, obtainedUnder: terms } = copy;
  const asked = { person: 'yes', door: 'yes, with everybody at the door' } as const;
  return [
    `What ${copy.chapter} holds of ${person.name}, ${person.address}`,
    `Made ${copy.madeAt}. Times are in UTC where no zone is given.`,
    '',
    `Known as: ${person.kind}${person.voterId === null ? '' : `, number ${person.voterId}`}`,
    `Asked not to be contacted: ${person.doNotContact === null ? 'no' : asked[person.doNotContact]}`,
    ...list(
      'From the voter file',
      roll === null
        ? []
        : Object.entries(roll)
            .filter(([, value]) => value !== null && value !== '')
            .map(([name, value]) => `${name}: ${value}`),
    ),
    ...(copy.otherRolls.length === 0
      ? []
      : list(
          'From further records of theirs in the voter file',
          copy.otherRolls.map((record) =>
            Object.entries(record)
              .filter(([, value]) => value !== null && value !== '')
              .map(([name, value]) => `${name}: ${value}`)
              .join('; '),
          ),
        )),
    ...list(
      'The voter file came under these terms',
      terms === null
        ? []
        : [`${terms.state}, for the purpose: ${terms.purpose}`, terms.agreement].filter(Boolean),
    ),
    ...list(
      'Elections voted in, by that file',
      copy.voted.map(({ election, method }) => `${election} ${method}`.trim()),
    ),
    ...list('What was noted at the door', copy.facts.map(sayFact)),
    ...list(
      'What was allowed',
      copy.consents.map(
        ({ recipients, given, wording, at }) =>
          `${at} ${recipients}: ${given ? 'yes' : 'no'} (“${wording}”)`,
      ),
    ),
    ...list('In the lists of', copy.turfs),
    ...list(
      'In files that the chapter has added',
      (copy.layers ?? []).map(
        ({ layer, column, value, from }) => `${layer}, ${column}: ${value} (from ${from})`,
      ),
    ),
    ...list(
      'What has left the chapter and may hold this person',
      copy.shared.map(
        ({ to, what, purpose, at }) =>
          `${at} ${to === '' ? 'for the chapter’s own use' : `to ${to}`}: ${what}${purpose === '' ? '' : `; ${purpose}`}`,
      ),
    ),
    ...list(
      'Entries of the audit chain that name them',
      copy.history.map(({ at, what, by }) => `${at} ${what}, by ${by}`),
    ),
    '',
  ].join('\n');
}
