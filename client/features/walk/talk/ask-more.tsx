import type { Operation } from '#shared/model/operation.ts';
import type { Person } from '#shared/model/person.ts';
import { ConsentContact } from '../consent/consent-contact.tsx';
import { ConsentShare } from '../consent/consent-share.tsx';
import type { DoorRow } from '../door-row.ts';
import { PromisePart } from '../promise/promise-part.tsx';
import { SignPart } from '../sign/sign-part.tsx';
import { useStandingFacts } from '../use-standing-facts.ts';
import './ask-more.css';

export interface AskMoreProps {
  readonly row: DoorRow;
  readonly person: Person;
  /** The address. */
  readonly where: string;
  /** In which language they are spoken with; null: that of the screen. */
  readonly language: string | null;
}

export interface AskPartProps extends AskMoreProps {
  /** What stands at this door, oldest first. */
  readonly facts: readonly Operation[];
}

/** What can be asked of a person besides the script: a name under a petition, what we may do, a promise. */
export function AskMore(props: AskMoreProps) {
  const facts = useStandingFacts(props.row.door.id);
  const part: AskPartProps = { ...props, facts };
  return (
    <div className="ask-more">
      <SignPart {...part} />
      <ConsentShare {...part} />
      <ConsentContact {...part} />
      <PromisePart {...part} />
    </div>
  );
}
