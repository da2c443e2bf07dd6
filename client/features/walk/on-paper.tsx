import { GivenWords } from '../../ui/given-words.tsx';
import { fullName } from './address-words.ts';
import { useWalk, type Fact } from './walk-context.ts';

/** The rest of a fact in words to copy by hand: answers, note, the name of somebody new. */
export function OnPaper({ fact }: { readonly fact: Fact }) {
  const { sheet } = useWalk();
  const { payload } = fact;
  const note = fact.type === 'note' ? fact.payload.text : 'note' in payload ? payload.note : null;
  return (
    <>
      {fact.type === 'resident' && <p>{fullName(fact.payload)}</p>}
      {'answers' in payload && payload.answers.length > 0 && (
        <ul role="list">
          {payload.answers.map((answer) => (
            <li key={answer.id}>
              <GivenWords answer={answer} script={sheet.script} />
            </li>
          ))}
        </ul>
      )}
      {note !== null && <p className="not-saved-note">{note}</p>}
    </>
  );
}
