/** True: the value whole. Else the members that may leave, of it or of each of its items. */
type Tree = Map<string, Tree | true>;

function grow(paths: readonly string[]): Tree {
  const root: Tree = new Map();
  for (const path of paths) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let at = root;
    for (const step of steps) {
      const known = at.get(step);
      const next: Tree = known instanceof Map ? known : new Map();
      at.set(step, next);
      at = next;
    }
    at.set(last, true);
  }
  return root;
}

function pick(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, tree));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [field, below] of tree) {
    const member: unknown = Reflect.get(value, field);
    if (member === undefined) continue;
    kept[field] = below === true ? member : pick(member, below);
  }
  return kept;
}

/**
 * Makes a function that leaves of an answer only the fields in `paths`, such as `people.age`: a list
 * counts as each of its items, and a path that ends early takes its value whole.
 */
export function fieldPicker(paths: readonly string[]): (answer: unknown) => unknown {
  const tree = grow(paths);
  return (answer) => pick(answer, tree);
}
