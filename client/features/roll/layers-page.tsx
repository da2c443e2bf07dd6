import { useCallback, useEffect, useRef, useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowLeft, IconStack2 } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Problem } from '#shared/kernel/problem.ts';
import type { KeepLayer, LayerDraft, LayerList, StartLayer } from '#shared/model/layer.ts';
import { callApi } from '../../api/call.ts';
import { useMay } from '../../api/me.ts';
import { holdOpenDraft, readTabDraft } from '../../shell/tab-draft.ts';
import { type Uploaded, uploadRoll } from '../../api/upload.ts';
import { useApi } from '../../api/use-api.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { showToast } from '../../ui/toast.tsx';
import { DropFile } from './drop-file.tsx';
import { LayerCard } from './layer-card.tsx';
import { LayerColumns } from './layer-columns.tsx';
import { LayerPreview } from './layer-preview.tsx';
import { LayerProgress } from './layer-progress.tsx';
import { isAtWork } from './use-draft.ts';
import './roll.css';
import './layers.css';

/** A file that was sent and is not matched yet: its rows stay out of the browser's storage. */
const SENT = 'layer file';

interface Sending {
  readonly file: File;
  readonly sent: number;
  readonly stop: AbortController;
}

/** `/desk/roll/layers`: columns of other files on the people of the roll. */
export default function LayersScreen() {
  const { t } = useLingui();
  const mayAppend = useMay('import-roll');
  return (
    <div className="desk-page">
      <PageTitle
        title={t`Own layers`}
        under={t`A score, a union’s list, your members: columns of other files, added to the people of the roll. A new roll does not change them.`}
      />
      <Link className={`${buttonClass({ variant: 'quiet' })} layers-back`} href="/desk/roll">
        <IconArrowLeft size={18} aria-hidden />
        <span>
          <Trans>Roll</Trans>
        </span>
      </Link>
      {mayAppend ? (
        <Layers />
      ) : (
        <EmptyState
          icon={<IconStack2 size={28} aria-hidden />}
          title={t`Layers are for research leads and admins`}
        >
          <Trans>Ask one of them; what you may use stands among the questions of a universe.</Trans>
        </EmptyState>
      )}
    </div>
  );
}

function Layers() {
  const { t } = useLingui();
  const list = useApi<LayerList>('/v1/roll/layers');
  const { reload } = list;
  const [sending, setSending] = useState<Sending | null>(null);
  const [uploaded, setUploaded] = useState(() => readTabDraft<Uploaded>(SENT));
  useEffect(() => holdOpenDraft(SENT, uploaded), [uploaded]);
  const [draft, setDraft] = useState<LayerDraft | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const left = useRef<string | null>(null);

  const send = async (file: File): Promise<void> => {
    const stop = new AbortController();
    setProblem(null);
    setSending({ file, sent: 0, stop });
    const answer = await uploadRoll(
      file,
      ({ sent }) => setSending({ file, sent, stop }),
      stop.signal,
    );
    setSending(null);
    if (answer === null) return;
    if (answer.ok) setUploaded(answer.value);
    else setProblem(answer.problem);
  };
  const ask = async (path: string, body: StartLayer | KeepLayer): Promise<boolean> => {
    setBusy(true);
    const answer = await callApi<LayerDraft>('POST', `/v1/roll/layers/drafts${path}`, body);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setDraft(answer.value);
    return answer.ok;
  };
  const ended = useCallback(
    (one: LayerDraft) => {
      setProblem(one.problem);
      setDraft(one.state === 'matched' ? one : null);
      if (one.state === 'kept' || one.state === 'matched') setUploaded(null);
      if (one.state === 'kept') showToast({ text: t`The layer is kept.` });
      reload();
    },
    [reload, t],
  );
  const throwAway = (one: LayerDraft): void => {
    left.current = one.id;
    setDraft(null);
    void callApi('DELETE', `/v1/roll/layers/drafts/${one.id}`).then(reload);
  };

  return (
    <ShowData from={list} lines={6}>
      {({ layers, current, refuses }) => {
        // What was under way when this page was left is found again.
        const now = draft ?? (current?.id === left.current ? null : current);
        return (
          <>
            {problem && <ProblemNotice problem={problem} />}
            {sending && <SendingFile sending={sending} />}
            {now && isAtWork(now) && (
              <LayerProgress key={`${now.id} ${now.state}`} start={now} onEnd={ended} />
            )}
            {now?.state === 'matched' && now.preview && !uploaded && (
              <LayerPreview
                key={now.id}
                draft={now}
                preview={now.preview}
                layers={layers}
                busy={busy}
                onKeep={(wish) => void ask(`/${now.id}/keep`, wish)}
                onCancel={() => throwAway(now)}
              />
            )}
            {uploaded && !(now && isAtWork(now)) && (
              <LayerColumns
                uploadId={uploaded.uploadId}
                inspection={uploaded.inspection}
                refuses={refuses}
                busy={busy}
                onStart={(wish) => void ask('', wish)}
                onCancel={() => setUploaded(null)}
              />
            )}
            {!sending && !uploaded && !now && (
              <DropFile
                onFile={(file) => void send(file)}
                primary={layers.length === 0}
                title={t`Drop a file here`}
              >
                <Trans>
                  Any CSV with one row a person: a score by the roll’s number, a list by name and
                  address. You see who is found before anything is kept.
                </Trans>
              </DropFile>
            )}
            {layers.length === 0 && !now && !uploaded && (
              <EmptyState
                icon={<IconStack2 size={28} aria-hidden />}
                title={t`There is no layer yet`}
              >
                <Trans>Choose a file above. Universes can then ask for what it says.</Trans>
              </EmptyState>
            )}
            {layers.map((layer) => (
              <LayerCard key={layer.id} layer={layer} onDeleted={reload} />
            ))}
          </>
        );
      }}
    </ShowData>
  );
}

function SendingFile({ sending }: { readonly sending: Sending }) {
  const { t } = useLingui();
  const format = useFormat();
  const { file, sent, stop } = sending;
  return (
    <section className="panel stack">
      <ProgressBar
        label={t`Sending the file to your chapter’s server`}
        value={sent}
        max={file.size}
        words={t`${format.bytes(sent)} of ${format.bytes(file.size)}`}
      />
      <div>
        <Button onClick={() => stop.abort()}>{t`Cancel`}</Button>
      </div>
    </section>
  );
}
