import { readDay } from './dates.ts';

/** What a row of a voter file may say of somebody's age, as written. */
export interface AgeCells {
  readonly birthDate: string;
  readonly birthYear: string;
  readonly age: string;
  readonly status: string;
}

const ADULT = 18;
/** Where nobody can say when: not before a newer roll does. */
const NOT_YET = '9999-12-31';
/** What states call those who are on the list before they may vote. */
const REGISTERED_EARLY = /pre-?\s?reg|under\s?18|\bminor\b/i;

function plusYears(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  // Who was born on 29 February is surely 18 on the first of March.
  const rest = day.slice(5) === '02-29' && !leap ? '03-01' : day.slice(5);
  return `${String(year).padStart(4, '0')}-${rest}`;
}

/**
 * The first day on which somebody is surely 18, or null when that is no later than `today` or
 * nobody knows. Conservative: of a birth year alone it is the last day of the year, of an age alone
 * as if the birthday had been yesterday. Days are `YYYY-MM-DD`, in the chapter's zone.
 */
export function adultOn(
  { birthDate, birthYear, age, status }: AgeCells,
  today: string,
): string | null {
  const born = readDay(birthDate);
  const year = /^\d{4}$/.test(birthYear.trim()) ? birthYear.trim() : null;
  const years = /^\d{1,2}$/.test(age.trim()) ? Number(age) : null;
  const day =
    born !== null
      ? plusYears(born, ADULT)
      : year !== null
        ? `${String(Number(year) + ADULT).padStart(4, '0')}-12-31`
        : years !== null && years > 0 && years < ADULT
          ? plusYears(today, ADULT - years)
          : null;
  if (day !== null) return day > today ? day : null;
  return years === null && REGISTERED_EARLY.test(status) ? NOT_YET : null;
}
