import '../../../ui/door-words.ts';
import { CallPage } from './call-page.tsx';
import { CallsPage } from './calls-page.tsx';
import { StallPage } from './stall-page.tsx';
import { useWalk } from '../walk-context.ts';
import './other-turf.css';

/** What stands in the place of the list of doors: a stall's conversations, or whom to call. */
export function OtherTurf({ onDone }: { readonly onDone: () => void }) {
  const { sheet } = useWalk();
  return sheet.turf.kind === 'calls' ? (
    <CallsPage onDone={onDone} />
  ) : (
    <StallPage onDone={onDone} />
  );
}

/** What stands in the place of a door's page. */
export function OtherDoor({ doorId }: { readonly doorId: string }) {
  const { sheet } = useWalk();
  return sheet.turf.kind === 'calls' ? <CallPage doorId={doorId} /> : <StallPage />;
}
