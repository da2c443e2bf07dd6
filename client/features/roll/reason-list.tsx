import { useFormat } from '../../api/use-format.ts';
import { useReasonWords } from './reason-words.ts';

const SHOWN = 5;

/** Why things fell out, most frequent first. */
export function ReasonList({ reasons }: { readonly reasons: Readonly<Record<string, number>> }) {
  const format = useFormat();
  const say = useReasonWords();
  const sorted = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  return (
    <ul className="roll-reasons small">
      {sorted.slice(0, SHOWN).map(([reason, count]) => (
        <li key={reason}>
          {say(reason)}: {format.number(count)}
        </li>
      ))}
    </ul>
  );
}
