import type { ScriptBody } from '#shared/model/script.ts';

/** What is written on a script and not saved: over which version, and its words. */
export interface KeptDraft {
  readonly version: number;
  readonly name: string;
  readonly draft: ScriptBody;
}

const nameOf = (scriptId: string): string => `script-draft-${scriptId}`;

/**
 * What is written on a script and not saved yet, so that whoever looks at another page of the desk, or
 * loads this one anew, finds it again: in the tab alone, and gone with it. Null: nothing is.
 */
export function readKeptDraft(scriptId: string): KeptDraft | null {
  try {
    const text = sessionStorage.getItem(nameOf(scriptId));
    // Nobody but this page writes there.
    return text === null ? null : (JSON.parse(text) as KeptDraft);
  } catch {
    return null;
  }
}

/** Null forgets it. Where the browser has no room for it the open page alone has the words. */
export function writeKeptDraft(scriptId: string, kept: KeptDraft | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(nameOf(scriptId));
    else sessionStorage.setItem(nameOf(scriptId), JSON.stringify(kept));
  } catch {
    // Closing the page still asks first.
  }
}
