/** Does all steps of a piece of work at once and hands over what it comes to. */
export function finish<T>(work: Generator<undefined, T>): T {
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}
