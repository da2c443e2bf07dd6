import { type Dice, seededDice } from '#shared/kernel/random.ts';
import { areOneName } from '#shared/roll/given-names.ts';
import type { DuplicateRecord } from '#shared/roll/duplicates/record-table.ts';

/** How a person came into the roll twice. */
export const MISHAPS = [
  'two ids',
  'two counties',
  'married name',
  'slip in a name',
  'nickname',
  'no middle name',
  'year mistyped',
] as const;
export type Mishap = (typeof MISHAPS)[number];

export interface SeededRoll {
  readonly records: readonly DuplicateRecord[];
  /** Pairs of keys that are one person, `low-high`. */
  readonly truth: ReadonlyMap<string, Mishap>;
  /** Pairs that look like one and are two: twins, Jr and Sr, two generations without a suffix. */
  readonly traps: ReadonlyMap<string, string>;
}

const GIVEN = `MARY JAMES LINDA JOHN PATRICIA ROBERT SUSAN MICHAEL DEBORAH WILLIAM BARBARA DAVID
JENNIFER RICHARD ELIZABETH JOSEPH MARIA THOMAS KAREN CHARLES LISA DANIEL NANCY MATTHEW BETTY ANTHONY
SANDRA MARK ASHLEY DONALD EMILY STEVEN KIMBERLY ANDREW DONNA PAUL MICHELLE JOSHUA CAROL KENNETH AMANDA
KEVIN MELISSA BRIAN STEPHANIE GEORGE REBECCA TIMOTHY LAURA RONALD SHARON JASON CYNTHIA EDWARD KATHLEEN
JEFFREY AMY RYAN ANGELA JACOB SHIRLEY GARY ANNA NICHOLAS RUTH ERIC BRENDA JONATHAN PAMELA STEPHEN NICOLE
LARRY KATHERINE JUSTIN SAMANTHA SCOTT CHRISTINE BRANDON CATHERINE BENJAMIN VIRGINIA SAMUEL DEBRA GREGORY
RACHEL ALEXANDER JANET FRANK EMMA PATRICK CAROLYN RAYMOND MARGARET JACK HEATHER DENNIS DIANE JERRY`.split(
  /\s+/,
);
const SHORT: Readonly<Record<string, string>> = {
  JAMES: 'JIM',
  ROBERT: 'BOB',
  WILLIAM: 'BILL',
  MICHAEL: 'MIKE',
  ELIZABETH: 'BETH',
  PATRICIA: 'PAT',
  DEBORAH: 'DEBBIE',
  RICHARD: 'DICK',
  KATHERINE: 'KATE',
  MARGARET: 'PEGGY',
};
const STARTS = 'B C D F G H J K L M N P R S T V W BR CH CL CR DR FR GR PR SH ST TH TR'.split(' ');
const VOWELS = 'A E I O U AI EE OU'.split(' ');
const ENDS = 'N R S T L M RD LL TT CK SON MAN TON LEY ER BERG ING WELL FORD STEIN EZ IC OV'.split(
  ' ',
);

/** Names by Zipf’s law: the first of them has about one in a hundred, thousands are met once. */
function makeLasts(dice: Dice, count: number): (n: number) => string {
  const names = new Set<string>();
  while (names.size < count) {
    const syllables = dice.chance(0.5) ? 1 : 2;
    let name = '';
    for (let i = 0; i < syllables; i++) name += dice.pick(STARTS) + dice.pick(VOWELS);
    names.add(name + dice.pick(ENDS));
  }
  const list = [...names];
  // Of rank r by u: r = count to the power of u, a distribution of the same tail.
  return (u) => list[Math.min(count - 1, Math.floor(count ** u) - 1)] ?? 'ROE';
}

function slipIn(dice: Dice, name: string): string {
  const at = dice.whole(1, Math.max(1, name.length - 2));
  if (dice.chance(0.5)) return name.slice(0, at) + name.slice(at + 1);
  return name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2);
}

/** A made-up roll with people who are in it twice, and with families that look like it. */
export function makeSeededRoll(people: number, seed = 1): SeededRoll {
  const dice = seededDice(seed);
  const lastOf = makeLasts(dice, 30_000);
  const given = (): string => GIVEN[Math.floor(GIVEN.length * dice.next() * dice.next())] ?? 'MARY';
  /** Nobody marries, or is the twin of, somebody of their own name. */
  const otherThan = (name: string): string => {
    for (;;) {
      const other = given();
      if (other !== name && !areOneName(other, name)) return other;
    }
  };
  const records: DuplicateRecord[] = [];
  const truth = new Map<string, Mishap>();
  const traps = new Map<string, string>();
  let door = 0;
  const add = (record: Omit<DuplicateRecord, 'key'>): DuplicateRecord => {
    const made = { ...record, key: records.length + 1 };
    records.push(made);
    return made;
  };
  const link = <T>(map: Map<string, T>, a: DuplicateRecord, b: DuplicateRecord, what: T): void => {
    map.set(`${Math.min(a.key, b.key)}-${Math.max(a.key, b.key)}`, what);
  };
  const phone = (): string | null =>
    dice.chance(0.6) ? String(dice.whole(2_000_000_000, 9_999_999_999)) : null;
  const person = (lastName: string, at: number, born: number): Omit<DuplicateRecord, 'key'> => ({
    firstName: given(),
    middleName: dice.chance(0.8) ? (dice.chance(0.5) ? given() : given().slice(0, 1)) : '',
    lastName,
    nameSuffix: '',
    birthYear: born,
    age: null,
    sex: null,
    doorKey: at,
    buildingKey: at,
    phone: phone(),
    email: null,
  });
  while (records.length < people) {
    door += 1;
    const lastName = lastOf(dice.next());
    const born = dice.whole(1935, 2006);
    const head = add(person(lastName, door, born));
    if (dice.chance(0.6)) {
      const name = dice.chance(0.8) ? lastName : lastOf(dice.next());
      const partner = person(name, door, born + dice.whole(-6, 6));
      add({ ...partner, firstName: otherThan(head.firstName) });
    }
    if (born < 1970 && dice.chance(0.02)) {
      const [birthYear, nameSuffix] = [born + dice.whole(20, 38), 'JR'];
      const plain = dice.chance(0.5);
      const child = add({ ...head, birthYear, nameSuffix: plain ? '' : nameSuffix });
      link(traps, head, child, plain ? 'two generations' : 'Jr');
    }
    if (born < 1980 && dice.chance(0.02)) {
      const one = add(person(lastName, door, born + 25));
      const other = person(lastName, door, one.birthYear ?? 0);
      link(traps, one, add({ ...other, firstName: otherThan(one.firstName) }), 'twins');
    }
    if (!dice.chance(0.012)) continue;
    const mishap = dice.pick(MISHAPS);
    const again = twice(mishap, head, { dice, door: door + 1, lastOf, phone });
    if (again.doorKey === door + 1) door += 1;
    link(truth, head, add(again), mishap);
  }
  return { records, truth, traps };
}

interface Means {
  readonly dice: Dice;
  readonly door: number;
  readonly lastOf: (u: number) => string;
  readonly phone: () => string | null;
}

function twice(mishap: Mishap, one: DuplicateRecord, means: Means): Omit<DuplicateRecord, 'key'> {
  const { dice, door, lastOf, phone } = means;
  const again = { ...one, phone: dice.chance(0.4) ? one.phone : phone() };
  switch (mishap) {
    case 'two ids':
      return again;
    case 'two counties':
      return { ...again, doorKey: door, buildingKey: door };
    case 'married name':
      return { ...again, lastName: lastOf(dice.next()) };
    case 'slip in a name':
      return dice.chance(0.5)
        ? { ...again, firstName: slipIn(dice, one.firstName) }
        : { ...again, lastName: slipIn(dice, one.lastName) };
    case 'nickname':
      return { ...again, firstName: SHORT[one.firstName] ?? one.firstName };
    case 'no middle name':
      return { ...again, middleName: '' };
    case 'year mistyped':
      return { ...again, birthYear: (one.birthYear ?? 0) + (dice.chance(0.5) ? 1 : -1) };
  }
}
