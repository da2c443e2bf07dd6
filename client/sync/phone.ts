import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Joined } from '#shared/model/chapter.ts';
import type { Waiting } from '#shared/model/invite.ts';
import { watchIdle } from '../lock/watch-idle.ts';
import { needsInstall } from '../store/needs-install.ts';
import type { OutboxHead } from '../store/outbox-store.ts';
import type { Hold, PacketSheet } from '../store/packet-store.ts';
import { clock, outbox, packets, tabWire, vault } from '../store/phone-store.ts';
import { board } from './board.ts';
import { holdStateOf, isFinishing, offlineWindow } from './hold-state.ts';
import type { JoinWish } from './join.ts';
import { seekLeadership } from './leader.ts';
import { makeServerTime } from './server-time.ts';
import type { Shift } from './shift.ts';
import type { StatusBoard, SyncStatus } from './status.ts';
import type { WaitState } from './wait-to-join.ts';
import { witness } from './witness.ts';

/** How this phone stands with the server. */
export const syncStatus: Pick<StatusBoard, 'subscribe' | 'read'> = board;

/** The core is not of the first load: saving a fact does not need it. */
const loadCore = () => import('./phone-core.ts');

const RETRY = 5_000;
/** The first screen is drawn by then, on a slow phone too. In ms. */
const FIRST_SCREEN = 400;
const MINUTE = 60_000;

function lead(): () => void {
  let over = false;
  let stop = (): void => {};
  const start = async (): Promise<void> => {
    try {
      const { startCore } = await loadCore();
      if (!over) stop = startCore();
    } catch {
      // Without the part of the app that syncs, facts are kept as ever; it is asked for again.
      const timer = setTimeout(() => void start(), RETRY);
      stop = () => clearTimeout(timer);
    }
  };
  void start();
  return () => {
    over = true;
    stop();
  };
}

/** Watches the end of this phone's hold in every tab, with no network and no leader. */
function watchHold(): () => void {
  const guessTime = makeServerTime({ now: () => clock.now(), elapsed: () => performance.now() });
  let head: OutboxHead | null = null;
  let hold: Hold | null = null;
  const update = (): void => {
    const guess = guessTime(head ?? { clockOffsetMs: null, serverMs: null });
    const endedTurf = hold === null ? (head?.ended?.turfName ?? null) : null;
    const state = holdStateOf(head, hold, guess, offlineWindow(vault.read().guard));
    board.note({ hold: state, finishing: isFinishing(head, hold, state), endedTurf });
  };
  const timer = setInterval(update, MINUTE);
  document.addEventListener('visibilitychange', update);
  const stops = [
    outbox.watchHead((value) => {
      head = value;
      update();
    }),
    packets.watchHold((value) => {
      hold = value;
      update();
    }),
    vault.subscribe(update),
  ];
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', update);
    for (const each of stops) each();
  };
}

let stopHold: (() => void) | null = null;

/** Watches how this phone stands with its turf, from before anything of the turf is shown. */
export function startHold(): void {
  stopHold ??= watchHold();
}

/** A browser that remembers having been a phone and has no such phone has lost its storage. */
async function checkEpoch(): Promise<void> {
  const was = witness.read();
  if (was === null) return;
  const known = await outbox.readIdentities();
  board.note({ epochLost: known.every((identity) => identity.deviceId !== was) });
}

/** What no first screen waits for: it would only make it come later. */
function startLater(): () => void {
  let stops: readonly (() => void)[] = [];
  const timer = setTimeout(() => {
    // A database that cannot be read is told by whoever writes to it next.
    void checkEpoch().catch(() => {});
    stops = [
      outbox.watchUnsent((unsent) => board.note({ unsent })),
      outbox.watchHeld((held) => board.note({ held })),
      outbox.watchCarried((carried) => board.note({ carried })),
      packets.watchLastSyncedAt((lastSyncedAt) => board.note({ lastSyncedAt })),
      seekLeadership(lead),
    ];
  }, FIRST_SCREEN);
  return () => {
    clearTimeout(timer);
    for (const each of stops) each();
  };
}

let stop: (() => void) | null = null;

/** Keeps this phone and the server in step from now on; a second call changes nothing. */
export function startSync(): () => void {
  if (stop !== null) return stop;
  startHold();
  const stops = [watchIdle(vault, tabWire), startLater()];
  stop = () => {
    for (const each of stops) each();
    stopHold?.();
    stopHold = null;
    stop = null;
  };
  return stop;
}

/** The button: sends and fetches now; resolves when both have ended, well or not. */
export async function syncNow(): Promise<SyncStatus> {
  try {
    await (await loadCore()).engine.syncNow();
  } catch {
    // The part of the app that syncs did not load: the status says how things stood.
  }
  return board.read();
}

/**
 * Trades a code (typed, or the token of a link) and a name for a place in the chapter, or among those
 * who wait to be let in. Refused in a tab of an iPhone or iPad, before anything is taken, as Safari
 * would not keep it.
 */
export async function joinTurf(wish: JoinWish): Promise<Result<Joined | Waiting>> {
  if (needsInstall()) return fail(problem('install-first'));
  const core = await loadCore().catch(() => null);
  if (core === null) return fail(problem('no-network'));
  const joined = await core.joinTurf(wish);
  if (joined.ok && 'member' in joined.value) board.note({ epochLost: false });
  return joined;
}

/** How this phone stands that opened a remote invite; asks the chapter once. */
export async function askWaiting(): Promise<Result<WaitState>> {
  const core = await loadCore().catch(() => null);
  return core === null ? fail(problem('no-network')) : core.askWaiting();
}

/** The person waits no more to be let in. */
export async function giveUpWaiting(): Promise<void> {
  await (await loadCore()).giveUpWaiting();
}

/**
 * The person leaves this phone: one try to send, then the list, its key and every key to read with go,
 * and the database of the list by its name. What is unsent stays, sealed, and is still sent.
 */
export async function leavePhone(): Promise<void> {
  const { engine } = await loadCore();
  await engine.leavePhone();
  await packets.remove();
  await vault.remove();
}

/** Puts the packet of this phone's turf on the phone. */
export async function fetchPacket(): Promise<Result<PacketSheet, Problem>> {
  if (needsInstall()) return fail(problem('install-first'));
  const core = await loadCore().catch(() => null);
  return core === null ? fail(problem('no-network')) : core.fetchPacket();
}

/**
 * What this phone has not brought to the chapter, as a sealed and signed file. Needs no network; the
 * phone keeps everything and goes on trying to send.
 */
export async function saveRescueFile(): Promise<Result<Blob>> {
  const loaded = await Promise.all([loadCore(), import('./rescue.ts')]).catch(() => null);
  if (loaded === null) return fail(problem('no-network'));
  const [{ ports }, { makeRescueText }] = loaded;
  const text = await makeRescueText(ports);
  return text.ok ? ok(new Blob([text.value], { type: 'application/json' })) : text;
}

/**
 * Takes another phone's rescue file in. Resolves with the number of its facts once they are kept on
 * this phone, which hands them on as soon as it can; see `carried` in the status.
 */
export async function takeRescueFile(file: Blob): Promise<Result<number>> {
  const [{ ports, engine }, { takeRescueText }] = await Promise.all([
    loadCore(),
    import('./rescue.ts'),
  ]);
  const text = await file.text().catch(() => null);
  if (text === null) return fail(problem('file-unreadable'));
  const taken = await takeRescueText(ports, text);
  if (taken.ok) void engine.syncNow();
  return taken;
}

/** This phone's work since a moment of its own clock (ms); null before it has joined. */
export async function readShift(since: number): Promise<Shift | null> {
  const [{ ports }, shift] = await Promise.all([loadCore(), import('./shift.ts')]);
  return shift.readShift(ports, since);
}
