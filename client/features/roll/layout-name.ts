/** Names as the field has them, for layouts whose id does not say it. */
const NAMES: Readonly<Record<string, string>> = {
  'van-export': 'VAN people export',
  'ma-vot': 'Massachusetts voter list',
  'oh-swvf': 'Ohio statewide voter file',
  'nc-ncvoter': 'North Carolina voter file',
  'fl-extract': 'Florida extract',
  'ny-nysvoter': 'New York voter file',
  'wa-vrdb': 'Washington VRDB',
  'mi-qvf': 'Michigan QVF',
  'l2-vm2': 'L2 VM2',
};

/** What people call a layout; its id when we have no name for it. */
export function layoutName(id: string): string {
  return NAMES[id] ?? id;
}
