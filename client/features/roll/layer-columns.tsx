import { useEffect, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { LAYER_KINDS } from '#shared/model/layer-kind.ts';
import type { StartLayer } from '#shared/model/layer.ts';
import type { InspectedColumn, RollField, RollInspection } from '#shared/model/roll.ts';
import { refusedLayerColumn } from '#shared/roll/refused-layer-column.ts';
import { holdOpenDraft, readTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type Choice, firstChoices, likelyKind, readChoices, toChoice } from './layer-choices.ts';
import { KIND_WORDS, REFUSED_WORDS, WHO_WORDS, type WhoField } from './layer-words.ts';

interface ChosenColumns {
  readonly choices: readonly Choice[];
  readonly members: boolean;
}

export interface LayerColumnsProps {
  readonly uploadId: string;
  readonly inspection: RollInspection;
  readonly refuses: readonly RollField[];
  readonly busy: boolean;
  readonly onStart: (wish: StartLayer) => void;
  readonly onCancel: () => void;
}

/** Which columns of a file say who somebody is, and which are kept. */
export function LayerColumns(props: LayerColumnsProps) {
  const { uploadId, inspection, refuses, busy, onStart, onCancel } = props;
  const { t } = useLingui();
  const place = `layer columns ${uploadId}`;
  const [kept] = useState(() => readTabDraft<ChosenColumns>(place));
  const [choices, setChoices] = useState(() => kept?.choices ?? firstChoices(inspection, refuses));
  const [members, setMembers] = useState(kept?.members ?? false);
  useEffect(() => {
    holdOpenDraft(place, { choices, members } satisfies ChosenColumns);
  }, [place, choices, members]);
  const { missing, ...wish } = readChoices(inspection, choices);
  const set = (at: number, choice: Choice): void =>
    setChoices((before) => before.map((one, i) => (i === at ? choice : one)));
  const lacks = {
    id: t`the number in the roll`,
    name: t`first and last name, or the full name`,
    address: t`the street address`,
  };
  const how = {
    id: t`People are found by their number in the roll.`,
    name: t`People are found by name and address. Whoever is not sure is left out.`,
    both: t`People are found by their number, and where that is not known by name and address.`,
  };
  return (
    <section className="panel stack" aria-labelledby="layer-columns-title">
      <h2 id="layer-columns-title" className="roll-file-name">
        {inspection.fileName}
      </h2>
      <p className="quiet">
        <Trans>
          Say which columns tell who somebody is, and which to keep. What you do not choose stays
          nowhere.
        </Trans>
      </p>
      <ul role="list" className="layer-choices">
        {inspection.columns.map((column, at) => (
          <ColumnChoice
            key={column.column}
            column={column}
            likely={likelyKind(inspection, column)}
            refusal={refusedLayerColumn(column, refuses)}
            choice={choices[at] ?? ''}
            onChange={(choice) => set(at, choice)}
          />
        ))}
      </ul>
      <label className="roll-not-known">
        <input
          type="checkbox"
          checked={members}
          onChange={(event) => setMembers(event.target.checked)}
        />
        <span>
          <Trans>
            This is our chapter’s member list: only admins and research leads may read it
          </Trans>
        </span>
      </label>
      {missing.length > 0 ? (
        <Notice tone="info">
          {t`To find people the file must also say: ${missing.map((one) => lacks[one]).join(', ')}. Or choose the number in the roll.`}
        </Notice>
      ) : (
        <p>
          {how[wish.how]}{' '}
          {wish.columns.length === 0 && (
            <Trans>No column is kept: the layer says who is in the file.</Trans>
          )}
        </p>
      )}
      <div className="row">
        <Button
          variant="primary"
          busy={busy}
          disabled={missing.length > 0}
          onClick={() => onStart({ uploadId, members, ...wish })}
        >{t`Find these people`}</Button>
        <Button onClick={onCancel}>{t`Cancel`}</Button>
      </div>
    </section>
  );
}

interface ColumnChoiceProps {
  readonly column: InspectedColumn;
  readonly likely: (typeof LAYER_KINDS)[number];
  readonly refusal: ReturnType<typeof refusedLayerColumn>;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

function ColumnChoice({ column, likely, refusal, choice, onChange }: ColumnChoiceProps) {
  const { t } = useLingui();
  const name = column.name.trim() === '' ? t`column ${column.column + 1}` : column.name.trim();
  const kinds = [likely, ...LAYER_KINDS.filter((kind) => kind !== likely)];
  const used = choice === '' ? undefined : '';
  return (
    <li className="layer-choice" data-used={used}>
      <SelectField
        label={name}
        disabled={refusal !== null}
        value={choice}
        onChange={(event) => onChange(toChoice(event.target.value))}
      >
        <option value="">{refusal === null ? t`Not used` : t(REFUSED_WORDS[refusal])}</option>
        <optgroup label={t`Keep it as`}>
          {kinds.map((kind) => (
            <option key={kind} value={`keep:${kind}`}>
              {t(KIND_WORDS[kind])}
            </option>
          ))}
        </optgroup>
        <optgroup label={t`Says who it is`}>
          {(Object.keys(WHO_WORDS) as WhoField[]).map((field) => (
            <option key={field} value={`who:${field}`}>
              {t(WHO_WORDS[field])}
            </option>
          ))}
        </optgroup>
      </SelectField>
      <p className="small quiet layer-samples">
        {refusal === null ? column.samples.join(' · ') : ''}
      </p>
    </li>
  );
}
