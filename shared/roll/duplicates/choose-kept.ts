/** What of a record says whether it is the one to keep. */
export interface Keepable {
  readonly kind: 'voter' | 'resident';
  readonly inRoll: boolean;
  readonly status: string | null;
  readonly registeredOn: string | null;
  readonly votes: number;
}

const active = ({ status }: Keepable): boolean => status === null || /^a/i.test(status.trim());

/**
 * Which of two records is kept where nobody says: one of the roll before a resident, an active one
 * before another, the one registered later, the one with more votes; else the first. Below 0: `a`.
 */
export function compareKept(a: Keepable, b: Keepable): number {
  const of = (one: Keepable): readonly number[] => [
    one.kind === 'voter' ? 1 : 0,
    one.inRoll ? 1 : 0,
    active(one) ? 1 : 0,
  ];
  const [x, y] = [of(a), of(b)];
  for (const [i, value] of x.entries()) {
    if (value !== y[i]) return (y[i] ?? 0) - value;
  }
  const [one, other] = [a.registeredOn ?? '', b.registeredOn ?? ''];
  if (one !== other) return one > other ? -1 : 1;
  return b.votes - a.votes;
}
