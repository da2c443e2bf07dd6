import { useEffect, useRef } from 'react';
import { useUnsavedWork } from './unsaved-work.ts';

const PREFIX = 'homeground-draft ';
const OWNER = 'owner';

/** Drafts with something that no storage takes, such as a chosen file: as long as the page is open. */
const open = new Map<string, unknown>();

/**
 * What was written under this name and is not saved yet, or null: in the tab alone, after other pages
 * of the desk and a reload. Whoever reads under a name also writes under it, so that the shape is theirs.
 */
export function readTabDraft<T>(name: string): T | null {
  if (open.has(name)) return open.get(name) as T;
  try {
    const text = sessionStorage.getItem(PREFIX + name);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

/** Null forgets it. Where the browser has no room for it, it stays as long as the page is open. */
export function writeTabDraft(name: string, draft: unknown): void {
  open.delete(name);
  try {
    if (draft === null) sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, JSON.stringify(draft));
  } catch {
    if (draft !== null) open.set(name, draft);
  }
}

/** As `writeTabDraft`, for what has a file in it: a reload loses it. */
export function holdOpenDraft(name: string, draft: unknown): void {
  if (draft === null) open.delete(name);
  else open.set(name, draft);
}

/** Forgets all of them: whoever signs in next in this tab is somebody else. */
export function forgetTabDrafts(): void {
  open.clear();
  try {
    const names = Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
    for (const name of names) sessionStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** The drafts of this tab are this member's; those of whoever was here before are forgotten. */
export function ownTabDrafts(memberId: string): void {
  if (readTabDraft<string>(OWNER) === memberId) return;
  forgetTabDrafts();
  writeTabDraft(OWNER, memberId);
}

/**
 * Keeps what is written under this name for as long as `draft` is not null, also while other pages of
 * the desk are looked at; closing the page asks first. Begin with `readTabDraft`, and call
 * `writeTabDraft(name, null)` where the editor is closed by saving or cancelling.
 */
export function useTabDraft(name: string, draft: unknown): void {
  useUnsavedWork(draft !== null);
  const latest = useRef(draft);
  const text = draft === null ? null : JSON.stringify(draft);
  useEffect(() => {
    latest.current = draft;
  });
  useEffect(() => {
    writeTabDraft(name, text === null ? null : latest.current);
  }, [name, text]);
}
