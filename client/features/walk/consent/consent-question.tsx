import { useLingui } from '@lingui/react/macro';
import { ChooseOne } from '../../../ui/choice.tsx';

export interface ConsentQuestionProps {
  /** Read as it stands. */
  readonly wording: string;
  /** What they said last; null: nobody has asked. */
  readonly said: boolean | null;
  readonly busy: boolean;
  readonly onSay: (given: boolean) => void;
}

/** One thing to allow or not. Nothing is chosen until somebody has answered. */
export function ConsentQuestion({ wording, said, busy, onSay }: ConsentQuestionProps) {
  const { t } = useLingui();
  return (
    <ChooseOne<'yes' | 'no'>
      legend={<span className="consent-wording">{wording}</span>}
      columns={2}
      value={said === null ? null : said ? 'yes' : 'no'}
      options={[
        { value: 'yes', label: t`Yes`, disabled: busy },
        { value: 'no', label: t`No`, disabled: busy },
      ]}
      onChange={(answer) => onSay(answer === 'yes')}
    />
  );
}
