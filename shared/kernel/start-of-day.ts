const HOUR = 3_600_000;

/** The wall clock of a zone as if it were UTC, in ms. */
function wallMs(ms: number, zone: Intl.DateTimeFormat): number {
  const parts = new Map(zone.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
}

/**
 * When the day began in a zone, in ms since 1970: its first moment, also on days on which clocks are
 * set, and where midnight is left out. Throws for a name that is no zone.
 */
export function startOfDay(now: number, timeZone: string): number {
  const zone = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const second = Math.floor(now / 1000) * 1000;
  const day = Math.floor(wallMs(second, zone) / (24 * HOUR)) * 24 * HOUR;
  // The zone's offset at midnight may be another than now's: it is asked for near there.
  let start = second - (wallMs(second, zone) - day);
  for (let turn = 0; turn < 2; turn++) start -= wallMs(start, zone) - day;
  // Where there is no midnight the reckoning stops an hour before, on the day before.
  return wallMs(start, zone) < day ? start + HOUR : start;
}
