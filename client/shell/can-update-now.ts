import { outbox, packets } from '../store/phone-store.ts';
import { isVersionKept } from './keep-version.ts';

/**
 * True when a newer version of the app may take over: no door is open in any tab, nothing is half
 * written, and nothing that was saved is on this phone alone. When that cannot be found out, it may
 * not.
 */
export async function canUpdateNow(): Promise<boolean> {
  try {
    if (await isVersionKept()) return false;
    const [pending, drafts, carried] = await Promise.all([
      outbox.listIn(['unsent', 'again']),
      packets.countDrafts(),
      outbox.listCarried(),
    ]);
    const handed = carried.every(({ results }) => results !== null);
    return pending.length === 0 && drafts === 0 && handed;
  } catch {
    return false;
  }
}
