import '../../../ui/door-words.ts';
import { Trans } from '@lingui/react/macro';
import type { ComeBack } from '#shared/model/fact.ts';
import { useComeBackWords } from '../door/come-back-words.ts';
import '../door/door.css';

/** When somebody asked us to come back, small. */
export function ComeBackHint({ when }: { readonly when: ComeBack }) {
  const words = useComeBackWords()(when);
  return (
    <span className="row-come-back">
      <Trans>Come back {words}</Trans>
    </span>
  );
}
