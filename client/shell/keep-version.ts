const NAME = 'homeground-open';
/** How long other tabs are waited for where they must be asked, in ms. */
const PATIENCE = 400;

let kept = 0;

/** The parts of a browser by which tabs know of each other. */
interface Tabs {
  readonly locks: Pick<LockManager, 'request' | 'query'> | null;
  readonly channel: BroadcastChannel | null;
}

function findTabs(): Tabs {
  return {
    locks: 'locks' in navigator ? navigator.locks : null,
    channel: 'BroadcastChannel' in globalThis ? new BroadcastChannel(NAME) : null,
  };
}

let found: Tabs | null = null;

/** Listens, where there are no locks, for another tab that asks whether it may reload us. */
function tabs(): Tabs {
  if (found !== null) return found;
  const made = findTabs();
  found = made;
  made.channel?.addEventListener('message', ({ data }) => {
    if (data === 'who keeps?' && kept > 0) made.channel?.postMessage('I do');
  });
  return made;
}

/**
 * While something is open on this page that a newer version must not interrupt (a door, half a
 * drawing), no tab takes the newer version. Call what is given back when it is closed; a tab that
 * dies lets go by itself.
 */
export function keepVersion(): () => void {
  const { locks } = tabs();
  kept += 1;
  let release = (): void => {};
  const closed = new Promise<void>((resolve) => {
    release = resolve;
  });
  // Shared: many doors may be open at once.
  locks?.request(NAME, { mode: 'shared' }, () => closed).catch(() => {});
  let done = false;
  return () => {
    if (done) return;
    done = true;
    kept -= 1;
    release();
  };
}

async function askOtherTabs(channel: BroadcastChannel): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(false), PATIENCE);
    const hear = ({ data }: MessageEvent): void => {
      if (data === 'I do') finish(true);
    };
    function finish(answer: boolean): void {
      clearTimeout(timer);
      channel.removeEventListener('message', hear);
      resolve(answer);
    }
    channel.addEventListener('message', hear);
    channel.postMessage('who keeps?');
  });
}

/** True while any tab of this browser has something open that must not be interrupted. */
export async function isVersionKept(): Promise<boolean> {
  const { locks, channel } = tabs();
  if (kept > 0) return true;
  if (locks !== null) {
    const { held = [], pending = [] } = await locks.query();
    return [...held, ...pending].some((lock) => lock.name === NAME);
  }
  return channel === null ? false : askOtherTabs(channel);
}
