import { useState } from 'react';
import { useLingui } from '@lingui/react/macro';
import type { ColumnUse, RollField, RollInspection } from '#shared/model/roll.ts';
import { readMappingFile, writeMappingFile } from '#shared/roll/mapping-file.ts';
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
    const text = writeMappingFile(columns);
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'columns.json';
    link.click();
    URL.revokeObjectURL(url);
  };
  const load = async (file: File): Promise<void> => {
    const columns = readMappingFile(await file.text(), isField);
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

const isField = (name: string): name is RollField => Object.hasOwn(FIELD_WORDS, name);
