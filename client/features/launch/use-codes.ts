import { useCallback, useEffect, useRef, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { Invites, LaunchTurf } from '#shared/model/invite.ts';
import type { LaunchCode, Turf } from '#shared/model/turf.ts';
import { callApi } from '../../api/call.ts';
import { useNow } from '../../api/use-now.ts';
import { useVisible } from './use-visible.ts';

/** A screen at the table loses its network now and then: it tries again by itself. */
const AGAIN_MS = 5_000;

export interface Codes {
  readonly codes: readonly LaunchCode[];
  readonly problem: Problem | null;
  /** How many stand side by side; 0 until the coordinator opens the first, unless `first` is 1. */
  readonly wanted: number;
  readonly want: (count: number) => void;
  /** Puts another code in the place of this one. */
  readonly drop: (id: string) => void;
  readonly again: () => void;
}

/** A code is done once it was used, has run out, or was guessed at too often. */
function isDone(code: LaunchCode, invites: Invites | null, seen: ReadonlySet<string>, now: number) {
  if (code.expiresAt <= now) return true;
  if (invites === null) return false;
  const { joined, open } = invites;
  return joined.some(({ id }) => id === code.id) || (seen.has(code.id) && !open.includes(code.id));
}

/**
 * The codes that a table shows: whenever one is done the next takes its place, as long as the screen
 * can be seen. A screen that nobody sees makes none.
 */
export function useCodes(
  turf: Turf,
  invites: Invites | null,
  wish: LaunchTurf,
  first: 0 | 1 = 0,
): Codes {
  const now = useNow(1000);
  const visible = useVisible();
  const [codes, setCodes] = useState<readonly LaunchCode[]>([]);
  const [wanted, setWanted] = useState<number>(first);
  const [problem, setProblem] = useState<Problem | null>(null);
  /** The codes that one more was asked for to: until it is among them, no other is. */
  const askedFor = useRef<readonly LaunchCode[] | null>(null);
  const waitUntil = useRef(0);
  const seen = useRef(new Set<string>());
  const { replaces } = wish;

  useEffect(() => {
    for (const id of invites?.open ?? []) seen.current.add(id);
  }, [invites]);

  const drop = useCallback((id: string) => {
    setCodes((before) => before.filter((code) => code.id !== id));
  }, []);
  const again = useCallback(() => {
    waitUntil.current = 0;
    setProblem(null);
  }, []);

  useEffect(() => {
    const left = codes.filter((code) => !isDone(code, invites, seen.current, now));
    if (left.length < codes.length) {
      setCodes(left);
      return;
    }
    const lacks = left.length < wanted && visible && now >= waitUntil.current;
    if (!lacks || askedFor.current === codes) return;
    askedFor.current = codes;
    const ask = async (): Promise<void> => {
      const body = replaces === undefined ? {} : { replaces };
      const answer = await callApi<LaunchCode>('POST', `/v1/turfs/${turf.id}/launch`, body);
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) return setCodes((before) => [...before, answer.value]);
      waitUntil.current = Date.now() + AGAIN_MS;
      askedFor.current = null;
    };
    void ask();
  }, [codes, invites, now, replaces, turf.id, visible, wanted]);

  return {
    codes: codes.slice(0, wanted),
    problem,
    wanted,
    want: setWanted,
    drop,
    again,
  };
}
