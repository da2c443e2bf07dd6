import { problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { PacketSheet } from '../store/packet-store.ts';
import { openBox } from './handed-box.ts';
import { giveTurf } from './handed-give.ts';
import { type PackedTurf, packTurf } from './handed-pack.ts';
import { takeTurf, type TakeWish } from './handed-take.ts';
import { engine, ports } from './phone-core.ts';
import { witness } from './witness.ts';

/** This phone's turf as it is now, packed for another phone. */
export async function handOver(): Promise<Result<PackedTurf>> {
  try {
    const given = await giveTurf(ports);
    return given.ok ? ok(await packTurf(given.value, ports.random)) : given;
  } catch {
    return fail(problem('storage-blocked'));
  }
}

/** Takes a turf that came as codes or as a file, with the letters that were told beside it. */
export async function takeOver(
  box: Uint8Array<ArrayBuffer>,
  letters: string,
  wish: TakeWish,
): Promise<Result<PacketSheet>> {
  const text = await openBox(box, letters);
  if (text === null) return fail(problem('handed-unreadable'));
  const means = { ...ports, witness, giveWay: () => engine.leavePhone() };
  const taken = await takeTurf(text, wish, means);
  if (taken.ok) void engine.syncNow();
  return taken;
}
