import { useId, type FormEvent } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconScissors } from '@tabler/icons-react';
import { useFormat } from '../../api/use-format.ts';
import type { BarrierKind } from '../../worker/cut-doors-messages.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseMany } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { CutRunning } from './cut-running.tsx';
import { isWishWhole, MOST, type CutBy, type CutWish } from './cut-wish.ts';
import type { Cutting } from './use-cut.ts';

/** Which doors a cut shares out. */
export type CutScope = 'uncut' | 'drafts' | 'chosen';

export interface CutPanelProps {
  readonly wish: CutWish;
  readonly setWish: (wish: CutWish) => void;
  readonly scope: CutScope;
  readonly setScope: (scope: CutScope) => void;
  /** The kinds of barrier that the chapter's map has. */
  readonly barriers: readonly BarrierKind[];
  readonly drafts: number;
  readonly chosen: number;
  /** Doors that the cut would share out. */
  readonly doors: number;
  readonly precincts: boolean;
  /** The chapter's map has no streets. */
  readonly guessed: boolean;
  readonly cutting: Cutting;
  readonly onTakeEarly: () => void;
  readonly onCancel: () => void;
  readonly onCut: () => void;
}

/** How large turfs shall be and what may not be cut in two; then one button. */
export function CutPanel(props: CutPanelProps) {
  const { wish, setWish, cutting, doors } = props;
  const { t } = useLingui();
  const format = useFormat();
  const ready = isWishWhole(wish) && doors > 0;
  if (cutting.progress) {
    return (
      <CutRunning
        progress={cutting.progress}
        doors={doors}
        early={cutting.early?.turfs.length ?? null}
        onTake={props.onTakeEarly}
        onCancel={props.onCancel}
      />
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) props.onCut();
  };
  const barrierWords: Record<BarrierKind, string> = {
    water: t`water`,
    rail: t`railways`,
    road: t`large roads`,
  };
  return (
    <form className="stack turf-cut" onSubmit={submit}>
      <Segmented<CutBy>
        label={t`What a turf’s size is`}
        options={[
          { value: 'doors', label: t`Doors` },
          { value: 'minutes', label: t`Minutes` },
          { value: 'turfs', label: t`Turfs` },
        ]}
        value={wish.by}
        onChange={(by) => setWish({ ...wish, by })}
      />
      <div className="turf-cut-size">
        <NumberField
          label={
            {
              doors: t`Doors a turf`,
              minutes: t`Minutes a turf`,
              turfs: t`How many turfs`,
            }[wish.by]
          }
          value={wish[wish.by]}
          most={MOST[wish.by]}
          onChange={(value) => setWish({ ...wish, [wish.by]: value })}
        />
        <Slide
          label={t`Give or take`}
          words={t`${format.number(wish.tolerance)} %`}
          value={wish.tolerance}
          most={30}
          onChange={(tolerance) => setWish({ ...wish, tolerance })}
        />
      </div>
      <Slide
        label={t`Shape`}
        words={wish.tidy < 20 ? t`shortest walks` : wish.tidy > 60 ? t`tidiest turfs` : t`both`}
        from={t`Shorter`}
        to={t`Tidier`}
        value={wish.tidy}
        most={100}
        onChange={(tidy) => setWish({ ...wish, tidy })}
      />
      <ChooseMany
        legend={<Trans>Keep in one piece</Trans>}
        options={[
          ...(props.precincts ? [{ value: 'precincts', label: t`precincts` } as const] : []),
          { value: 'faces', label: t`sides of a block` } as const,
        ]}
        value={[
          ...(wish.wholePrecincts ? (['precincts'] as const) : []),
          ...(wish.wholeFaces ? (['faces'] as const) : []),
        ]}
        onChange={(kept) =>
          setWish({
            ...wish,
            wholePrecincts: kept.includes('precincts'),
            wholeFaces: kept.includes('faces'),
          })
        }
      />
      {props.barriers.length > 0 && (
        <ChooseMany
          legend={<Trans>Cross only where one can walk</Trans>}
          options={props.barriers.map((kind) => ({ value: kind, label: barrierWords[kind] }))}
          value={wish.barriers.filter((kind) => props.barriers.includes(kind))}
          onChange={(barriers) => setWish({ ...wish, barriers })}
        />
      )}
      {(props.drafts > 0 || props.chosen > 0) && <ScopeChoice {...props} />}
      {props.guessed && (
        <Notice title={<Trans>Ways are guesses</Trans>}>
          <Trans>
            This chapter’s map has no streets, so turfs are cut by straight lines: some may lie on
            both sides of a fence or a ditch. Load streets first, or look at each turf before you
            publish it.
          </Trans>
        </Notice>
      )}
      {cutting.problem && <ProblemNotice problem={cutting.problem} />}
      <Button
        variant="primary"
        wide
        type="submit"
        disabled={!ready}
        icon={<IconScissors size={18} aria-hidden />}
      >
        {doors === 0 ? (
          <Trans>No door is left to cut</Trans>
        ) : (
          <Plural value={doors} one="Cut # door" other="Cut # doors" />
        )}
      </Button>
    </form>
  );
}

function ScopeChoice({ scope, setScope, drafts, chosen }: CutPanelProps) {
  const { t } = useLingui();
  return (
    <div className="stack turf-cut-scope">
      <Segmented<CutScope>
        label={t`Which doors to cut`}
        options={[
          { value: 'uncut', label: t`Uncut` },
          ...(drafts > 0 ? [{ value: 'drafts', label: t`All drafts` } as const] : []),
          ...(chosen > 0 ? [{ value: 'chosen', label: t`Chosen (${chosen})` } as const] : []),
        ]}
        value={scope}
        onChange={setScope}
      />
      <p className="small quiet">
        {scope === 'uncut' ? (
          <Trans>Only doors in no turf. The turfs that are there stay as they are.</Trans>
        ) : scope === 'drafts' ? (
          <Trans>Drafts and uncut doors are cut anew. Published turfs stay as they are.</Trans>
        ) : (
          <Trans>Only the chosen drafts are cut anew. All others stay as they are.</Trans>
        )}
      </p>
    </div>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function NumberField({ label, value, most, onChange }: NumberFieldProps) {
  const { t } = useLingui();
  const format = useFormat();
  const broken = !Number.isInteger(value) || value < 1 || value > most;
  return (
    <TextField
      label={label}
      type="number"
      inputMode="numeric"
      min={1}
      max={most}
      value={Number.isNaN(value) ? '' : value}
      error={broken ? t`From 1 to ${format.number(most)}.` : null}
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}

interface SlideProps {
  readonly label: string;
  /** What the place of the slider means, in words. */
  readonly words: string;
  readonly from?: string;
  readonly to?: string;
  readonly value: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

function Slide({ label, words, from, to, value, most, onChange }: SlideProps) {
  const id = useId();
  return (
    <div className="turf-slide">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <output htmlFor={id} className="quiet">
        {words}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={most}
        step={5}
        value={value}
        aria-valuetext={words}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
      {from !== undefined && (
        <div className="turf-slide-ends small quiet" aria-hidden>
          <span>{from}</span>
          <span>{to}</span>
        </div>
      )}
    </div>
  );
}
