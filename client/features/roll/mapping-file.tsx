import { useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { ColumnUse, RollInspection } from '#shared/model/roll.ts';
import type { SavedColumn } from '#shared/model/saved-mapping.ts';
import { applySaved, saveColumns } from '#shared/roll/saved-mapping.ts';
import { Button } from '../../ui/button.tsx';
import { FileChoice } from '../../ui/file-choice.tsx';
import { Notice } from '../../ui/notice.tsx';
import { FIELD_WORDS } from './field-words.ts';

export interface MappingFileProps {
  readonly inspection: RollInspection;
  readonly uses: readonly (ColumnUse | null)[];
  readonly onLoad: (uses: readonly (ColumnUse | null)[]) => void;
}

const FORMAT = 'homeground-mapping-1';

/** Saves what the columns mean as a file, for another chapter or the next server, and loads one. */
export function MappingFile({ inspection, uses, onLoad }: MappingFileProps) {
  const { t } = useLingui();
  const [unfit, setUnfit] = useState(false);
  const save = (): void => {
    const names = inspection.columns.map(({ name }) => name);
    const columns = saveColumns(
      names,
      uses.filter((use) => use !== null),
    );
    const text = JSON.stringify({ format: FORMAT, columns }, null, 2);
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'columns.json';
    link.click();
    URL.revokeObjectURL(url);
  };
  const load = async (file: File): Promise<void> => {
    const columns = readColumns(await file.text());
    const found = columns === null ? null : applySaved(inspection.columns, columns);
    setUnfit(found === null);
    if (found !== null) onLoad(found);
  };
  return (
    <>
      <div className="row">
        <Button onClick={save}>{t`Save these meanings as a file`}</Button>
        <FileChoice
          accept=".json,application/json"
          busy={false}
          onChoose={(file) => void load(file)}
        >
          {t`Load meanings from a file`}
        </FileChoice>
      </div>
      {unfit && (
        <Notice tone="problem">
          {t`That file has no meanings that fit these columns. Nothing was changed.`}
        </Notice>
      )}
    </>
  );
}

/** The columns of a file that was saved here or elsewhere; null for any other file. */
function readColumns(text: string): SavedColumn[] | null {
  try {
    const { format, columns } = JSON.parse(text) as { format?: unknown; columns?: unknown };
    if (format !== FORMAT || !Array.isArray(columns)) return null;
    return columns.filter(isColumn);
  } catch {
    return null;
  }
}

function isColumn(one: unknown): one is SavedColumn {
  if (typeof one !== 'object' || one === null) return false;
  const { name, column, field, election } = one as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    Number.isInteger(column) &&
    typeof field === 'string' &&
    Object.hasOwn(FIELD_WORDS, field) &&
    (election === undefined || (typeof election === 'string' && election.length <= 80))
  );
}
