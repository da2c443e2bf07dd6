import { useCallback, useState } from 'react';
import type { Problem } from '#shared/kernel/problem.ts';
import type { SaveScript, Script, ScriptBody } from '#shared/model/script.ts';
import { callApi } from '../../api/call.ts';
import { readTabDraft, useTabDraft } from '../../shell/tab-draft.ts';
import { cleanDraft } from './edit-draft.ts';

/** What is written on a script and not saved: over which version, and its words. */
interface KeptScript {
  readonly version: number;
  readonly name: string;
  readonly draft: ScriptBody;
}

const draftOf = (scriptId: string): string => `script ${scriptId}`;

/** Whether somebody has begun to write on this script and looked at another page. */
export const isScriptBegun = ({ id }: Script): boolean => readTabDraft(draftOf(id)) !== null;

export interface ScriptEditing {
  readonly name: string;
  readonly draft: ScriptBody;
  readonly dirty: boolean;
  readonly busy: 'save' | 'publish' | null;
  readonly problem: Problem | null;
  readonly setName: (name: string) => void;
  readonly change: (edit: (draft: ScriptBody) => ScriptBody) => void;
  readonly save: () => Promise<Script | null>;
  readonly publish: () => Promise<boolean>;
  /** After somebody else saved: what is here goes on top of theirs. */
  readonly saveOverTheirs: () => Promise<void>;
  /** After somebody else saved: what is here is dropped for theirs. */
  readonly takeTheirs: () => Promise<void>;
}

/** One script while it is edited: a copy here, saved on top of the version it was made from. */
export function useScript(script: Script, onSaved: (script: Script) => void): ScriptEditing {
  const place = draftOf(script.id);
  const [kept] = useState(() => readTabDraft<KeptScript>(place));
  // Over the version that it was written on: who saved since is heard of when this is saved.
  const [base, setBase] = useState(() => ({ ...script, version: kept?.version ?? script.version }));
  const [name, setName] = useState(kept?.name ?? script.name);
  const [draft, setDraft] = useState(kept?.draft ?? script.draft);
  const [busy, setBusy] = useState<'save' | 'publish' | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const dirty = name !== base.name || JSON.stringify(draft) !== JSON.stringify(base.draft);

  useTabDraft(place, dirty ? ({ version: base.version, name, draft } satisfies KeptScript) : null);

  // What was written while the server answered stays on the screen, as not saved yet.
  const settle = (saved: Script): void => {
    setBase(saved);
    setName((now) => (now === name ? saved.name : now));
    setDraft((now) => (now === draft ? saved.draft : now));
    onSaved(saved);
  };

  const saveOn = async (version: number): Promise<Script | null> => {
    const body: SaveScript = { name: name.trim(), draft: cleanDraft(draft) };
    const answer = await callApi<Script>('PUT', `/v1/scripts/${script.id}`, body, {
      ifMatch: version,
    });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return null;
    settle(answer.value);
    return answer.value;
  };

  const save = async (): Promise<Script | null> => {
    setBusy('save');
    const saved = await saveOn(base.version);
    setBusy(null);
    return saved;
  };

  const publish = async (): Promise<boolean> => {
    setBusy('publish');
    const ready = dirty ? await saveOn(base.version) : base;
    if (!ready) {
      setBusy(null);
      return false;
    }
    // What was seen and confirmed is published, not what somebody saved since.
    const path = `/v1/scripts/${script.id}/publish`;
    const answer = await callApi<Script>('POST', path, undefined, { ifMatch: ready.version });
    setBusy(null);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) settle(answer.value);
    return answer.ok;
  };

  const readTheirs = async (): Promise<Script | null> => {
    const answer = await callApi<readonly Script[]>('GET', '/v1/scripts');
    const theirs = answer.ok ? answer.value.find(({ id }) => id === script.id) : undefined;
    if (!answer.ok) setProblem(answer.problem);
    return theirs ?? null;
  };

  const saveOverTheirs = async (): Promise<void> => {
    setBusy('save');
    const theirs = await readTheirs();
    if (theirs) await saveOn(theirs.version);
    setBusy(null);
  };

  const takeTheirs = async (): Promise<void> => {
    setBusy('save');
    const theirs = await readTheirs();
    if (theirs) {
      setProblem(null);
      settle(theirs);
    }
    setBusy(null);
  };

  const change = useCallback((edit: (draft: ScriptBody) => ScriptBody) => setDraft(edit), []);
  return {
    name,
    draft,
    dirty,
    busy,
    problem,
    setName,
    change,
    save,
    publish,
    saveOverTheirs,
    takeTheirs,
  };
}
