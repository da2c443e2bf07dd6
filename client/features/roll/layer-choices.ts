import { LAYER_KINDS, type LayerHow, type LayerKind } from '#shared/model/layer-kind.ts';
import type { StartLayer } from '#shared/model/layer.ts';
import type { InspectedColumn, RollField, RollInspection } from '#shared/model/roll.ts';
import { guessLayerKind } from '#shared/roll/guess-layer-kind.ts';
import { findMissingWho } from '#shared/roll/missing-who.ts';
import { refusedLayerColumn } from '#shared/roll/refused-layer-column.ts';
import { WHO_WORDS, type WhoField } from './layer-words.ts';

/** What a column is for: nothing, to find people by, or to keep. */
export type Choice = '' | `who:${WhoField}` | `keep:${LayerKind}`;

const WHO = Object.keys(WHO_WORDS) as WhoField[];

export function isWho(field: RollField): field is WhoField {
  return WHO.some((one) => one === field);
}

/** What each column is taken for at first: whom it names, as far as that is clear; nothing is kept. */
export function firstChoices(
  inspection: RollInspection,
  refuses: readonly RollField[],
): readonly Choice[] {
  return inspection.columns.map((column) => {
    const field = column.use?.field;
    if (refusedLayerColumn(column, refuses) !== null || field === undefined) return '';
    return isWho(field) ? (`who:${field}` as const) : '';
  });
}

/** Every choice that a form may give back. */
export function toChoice(text: string): Choice {
  const all: readonly Choice[] = [
    '',
    ...WHO.map((field) => `who:${field}` as const),
    ...LAYER_KINDS.map((kind) => `keep:${kind}` as const),
  ];
  return all.find((one) => one === text) ?? '';
}

/** The kind that a column most likely has, by what is seen of it. */
export function likelyKind({ preview }: RollInspection, { column, samples }: InspectedColumn) {
  return guessLayerKind([...samples, ...preview.map((cells) => cells[column] ?? '')]);
}

/** What the choices ask the server for, and what they still lack. */
export function readChoices(
  inspection: RollInspection,
  choices: readonly Choice[],
): Pick<StartLayer, 'mapping' | 'how' | 'columns'> & {
  readonly missing: ReturnType<typeof findMissingWho>;
} {
  const who = inspection.columns.flatMap(({ column }, at) => {
    const field = WHO.find((one) => choices[at] === `who:${one}`);
    return field === undefined ? [] : [{ column, field }];
  });
  const columns = inspection.columns.flatMap(({ column, name }, at) => {
    const kind = LAYER_KINDS.find((one) => choices[at] === `keep:${one}`);
    const called = name.trim() === '' ? String(column + 1) : name.trim();
    return kind === undefined ? [] : [{ column, name: called.slice(0, 80), kind }];
  });
  const byId = who.some(({ field }) => field === 'voter-id');
  const lacks = findMissingWho(who, 'name');
  const how: LayerHow = !byId ? 'name' : lacks.length === 0 ? 'both' : 'id';
  const { encoding, delimiter, quoted, headerLine, layout } = inspection;
  const used = how === 'id' ? who.filter(({ field }) => field === 'voter-id') : who;
  return {
    mapping: { encoding, delimiter, quoted, headerLine, layout, columns: used },
    how,
    columns,
    missing: findMissingWho(who, how),
  };
}
