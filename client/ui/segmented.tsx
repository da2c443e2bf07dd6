import { useId, type ReactNode } from 'react';

export interface SegmentedProps<V extends string> {
  /** Its accessible name. */
  readonly label: string;
  readonly options: readonly {
    readonly value: V;
    readonly label: ReactNode;
    readonly icon?: ReactNode;
  }[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** Two to four views of the same thing, as native radios in one strip. */
export function Segmented<V extends string>({
  label,
  options,
  value,
  onChange,
}: SegmentedProps<V>) {
  const name = useId();
  return (
    <div className="segmented" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label className="segment" key={option.value}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.icon}
          <span>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
