/**
 * The place of the cell that is to blame, where a row’s text shows it; null where it does not. `width`
 * is how many cells the header has.
 */
export function damagedColumn(reason: string, cells: readonly string[], width = 0): number | null {
  const first = (fits: (cell: string) => boolean): number | null => {
    const at = cells.findIndex(fits);
    return at < 0 ? null : at;
  };
  switch (reason) {
    case 'has-nul':
      // A list of faults shows another sign for it.
      return first((cell) => /[\0␀]/.test(cell));
    case 'open-quote':
      return first((cell) => cell.startsWith('"') && !/.\s*"\s*$/.test(cell));
    case 'row-too-long':
    case 'too-few-cells':
      return cells.length - (reason === 'row-too-long' ? 1 : 0);
    case 'too-many-cells':
      return width;
    case 'mixed-letters':
      return first((cell) => /[\u0080-\uffff]/.test(cell));
    default:
      return null;
  }
}
