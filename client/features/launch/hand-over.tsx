import { useState } from 'react';
import { Trans } from '@lingui/react/macro';
import { IconAntennaBarsOff } from '@tabler/icons-react';
import type { Problem } from '#shared/kernel/make-problem.ts';
import type { HandedTurf } from '#shared/model/handed.ts';
import type { Turf } from '#shared/model/turf.ts';
import { callApi } from '../../api/call.ts';
import { type PackedTurf, packTurf } from '../../sync/handed-pack.ts';
import { Button } from '../../ui/button.tsx';
import { HandedWay } from '../../ui/handed-way.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const random = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));

/** The turf itself on this screen, for a phone that has no network to fetch it with. */
export function HandOver({ turf }: { readonly turf: Turf }) {
  const [packed, setPacked] = useState<PackedTurf | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const make = async (): Promise<void> => {
    setBusy(true);
    const answer = await callApi<HandedTurf>('POST', `/v1/turfs/${turf.id}/hand`);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) {
      setPacked(await packTurf({ ...answer.value, before: [], facts: null }, random));
    }
    setBusy(false);
  };
  if (packed !== null) {
    return (
      <div className="stack">
        <HandedWay key={packed.letters} turfName={turf.name} {...packed} />
        <div className="row launch-code-row">
          <Button busy={busy} onClick={() => void make()}>
            <Trans>Next phone</Trans>
          </Button>
          <Button variant="quiet" onClick={() => setPacked(null)}>
            <Trans>Hide the codes</Trans>
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="stack">
      {problem !== null && <ProblemNotice problem={problem} />}
      <Button
        variant="quiet"
        wide
        busy={busy}
        icon={<IconAntennaBarsOff size={20} aria-hidden />}
        onClick={() => void make()}
      >
        <Trans>For a phone with no signal</Trans>
      </Button>
    </div>
  );
}
