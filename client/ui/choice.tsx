import { useId, type CSSProperties, type ReactNode } from 'react';

export interface ChoiceOption<V extends string> {
  readonly value: V;
  readonly label: ReactNode;
  /** A number at the end of the chip, such as how many people. */
  readonly count?: ReactNode;
  readonly disabled?: boolean;
}

interface ChoiceBase<V extends string> {
  readonly legend: ReactNode;
  readonly hideLegend?: boolean;
  readonly options: readonly ChoiceOption<V>[];
  /** Lays the chips out in a grid; without it they flow. */
  readonly columns?: number;
}

export interface ChooseOneProps<V extends string> extends ChoiceBase<V> {
  /** Null: nothing is chosen yet. Nothing is preselected by itself. */
  readonly value: V | null;
  readonly onChange: (value: V) => void;
}

export interface ChooseManyProps<V extends string> extends ChoiceBase<V> {
  readonly value: readonly V[];
  readonly onChange: (value: V[]) => void;
}

interface FrameProps<V extends string> extends ChoiceBase<V> {
  readonly type: 'radio' | 'checkbox';
  readonly isChosen: (value: V) => boolean;
  readonly onPick: (value: V, chosen: boolean) => void;
}

function ChoiceFrame<V extends string>(props: FrameProps<V>) {
  const name = useId();
  const style = { '--columns': props.columns } as CSSProperties;
  return (
    <fieldset>
      <legend className={props.hideLegend === true ? 'for-readers' : 'choice-legend'}>
        {props.legend}
      </legend>
      <div className="choice-options" data-columns={props.columns} style={style}>
        {props.options.map((option) => (
          <label className="chip" key={option.value}>
            <input
              type={props.type}
              name={name}
              value={option.value}
              checked={props.isChosen(option.value)}
              disabled={option.disabled}
              onChange={(event) => props.onPick(option.value, event.target.checked)}
            />
            <span className="chip-words">{option.label}</span>
            {option.count !== undefined && <span className="chip-count">{option.count}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One of several, as native radios that look like chips. */
export function ChooseOne<V extends string>({ value, onChange, ...rest }: ChooseOneProps<V>) {
  return (
    <ChoiceFrame
      {...rest}
      type="radio"
      isChosen={(option) => option === value}
      onPick={(option) => onChange(option)}
    />
  );
}

/** Any number of several, as native checkboxes that look like chips; order is that of the options. */
export function ChooseMany<V extends string>({ value, onChange, ...rest }: ChooseManyProps<V>) {
  const pick = (picked: V, chosen: boolean): void => {
    const next = new Set(value);
    if (chosen) next.add(picked);
    else next.delete(picked);
    onChange(rest.options.map((option) => option.value).filter((option) => next.has(option)));
  };
  return (
    <ChoiceFrame
      {...rest}
      type="checkbox"
      isChosen={(option) => value.includes(option)}
      onPick={pick}
    />
  );
}
