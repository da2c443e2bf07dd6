import { useState, type FormEvent } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { Problem } from '#shared/kernel/problem.ts';
import type { AskShare } from '#shared/model/ask-share.ts';
import {
  type BasisKind,
  KIND_RULES,
  LEGAL_KINDS,
  type LegalKind,
  type Share,
  type ShareCount,
  type ShareField,
} from '#shared/model/share.ts';
import type { Universe } from '#shared/model/universe.ts';
import type { UniverseId } from '#shared/kernel/ids.ts';
import { callApi } from '../../api/call.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useApi } from '../../api/use-api.ts';
import { readTabDraft, useTabDraft, writeTabDraft } from '../../shell/tab-draft.ts';
import { Button } from '../../ui/button.tsx';
import { ChooseOne } from '../../ui/choice.tsx';
import { SelectField, TextArea, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ChooseFields } from './choose-fields.tsx';
import { useShareWords } from './use-share-words.ts';

export interface ShareFormProps {
  readonly onAsked: (share: Share) => void;
  readonly onCancel: () => void;
}

const DRAFT = 'share';

interface ShareDraft {
  readonly recipient: string;
  readonly kind: LegalKind | null;
  readonly purpose: string;
  readonly agreement: string;
  readonly basis: BasisKind | null;
  readonly what: string;
  readonly price: string;
  readonly universe: UniverseId | null;
  readonly fields: readonly ShareField[];
}

const NOTHING: ShareDraft = {
  recipient: '',
  kind: null,
  purpose: '',
  agreement: '',
  basis: null,
  what: '',
  price: '',
  universe: null,
  fields: [],
};

/** Whether somebody has begun to ask for a share and looked at another page. */
export const isShareBegun = (): boolean => readTabDraft(DRAFT) !== null;

/** The price as it was typed, in cents; null when it is none. */
function readCents(typed: string): number | null {
  const [, whole, part = ''] = /^\s*\$?\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*$/.exec(typed) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Asks for a share: to whom, what for, on what ground, which people and which fields. */
export function ShareForm({ onAsked, onCancel }: ShareFormProps) {
  const { t } = useLingui();
  const words = useShareWords();
  const universes = useApi<readonly Universe[]>('/v1/universes');
  const [first] = useState(() => readTabDraft<ShareDraft>(DRAFT) ?? NOTHING);
  const [recipient, setRecipient] = useState(first.recipient);
  const [kind, setKind] = useState(first.kind);
  const [purpose, setPurpose] = useState(first.purpose);
  const [agreement, setAgreement] = useState(first.agreement);
  const [basis, setBasis] = useState(first.basis);
  const [what, setWhat] = useState(first.what);
  const [price, setPrice] = useState(first.price);
  const [universe, setUniverse] = useState(first.universe);
  const [fields, setFields] = useState(first.fields);
  const draft: ShareDraft = {
    recipient,
    kind,
    purpose,
    agreement,
    basis,
    what,
    price,
    universe,
    fields,
  };
  useTabDraft(DRAFT, JSON.stringify(draft) === JSON.stringify(NOTHING) ? null : draft);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const rule = kind === null ? null : KIND_RULES[kind];
  const cents = basis === 'sold' ? readCents(price) : null;
  const needsWhat = basis === 'exchanged' || basis === 'other';
  const ready =
    recipient.trim().length > 1 &&
    purpose.trim().length > 1 &&
    kind !== null &&
    basis !== null &&
    fields.length > 0 &&
    (basis !== 'sold' || (cents !== null && cents > 0)) &&
    (!needsWhat || what.trim() !== '') &&
    (rule?.withoutAgreement !== false || agreement.trim() !== '');

  const choose = (next: LegalKind): void => {
    setKind(next);
    if (basis !== null && !KIND_RULES[next].bases.includes(basis)) setBasis(null);
    if (KIND_RULES[next].consent === null) {
      setFields(fields.filter((field) => field !== 'consent_given_on'));
    }
  };
  const ask = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (kind === null || basis === null || !ready) return;
    setBusy(true);
    const body: AskShare = {
      recipient: recipient.trim(),
      legalKind: kind,
      purpose: purpose.trim(),
      agreement: agreement.trim(),
      basis: { kind: basis, what: needsWhat ? what.trim() : '' },
      cents,
      fields: [...fields],
      universeId: universe,
    };
    const answer = await callApi<Share>('POST', '/v1/shares', body);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    writeTabDraft(DRAFT, null);
    onAsked(answer.value);
  };

  return (
    <form
      className="panel stack share-form"
      aria-label={t`Ask for a share`}
      onSubmit={(event) => void ask(event)}
    >
      <TextField
        label={t`Who gets it`}
        value={recipient}
        maxLength={200}
        required
        autoFocus
        autoComplete="off"
        onChange={(event) => setRecipient(event.target.value)}
      />
      <ChooseOne
        legend={t`What they are by law`}
        value={kind}
        onChange={choose}
        options={LEGAL_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
      />
      {rule !== null && (
        <Notice title={t`Before you ask`}>
          <ul className="share-warnings">
            {rule.warnings.map((warning) => (
              <li key={warning}>{words.warnings[warning]}</li>
            ))}
          </ul>
        </Notice>
      )}
      <TextArea
        label={t`What for`}
        value={purpose}
        maxLength={1000}
        required
        onChange={(event) => setPurpose(event.target.value)}
      />
      {rule !== null && (
        <ChooseOne
          legend={t`On what ground`}
          value={basis}
          onChange={setBasis}
          options={rule.bases.map((value) => ({ value, label: words.bases[value] }))}
        />
      )}
      {basis === 'sold' && (
        <TextField
          label={t`Price in dollars`}
          inputMode="decimal"
          value={price}
          error={price !== '' && cents === null ? t`Write a sum such as 120 or 120.50` : undefined}
          onChange={(event) => setPrice(event.target.value)}
        />
      )}
      {needsWhat && (
        <TextField
          label={
            basis === 'exchanged' ? t`What we get for it, and what it is worth` : t`Which ground`
          }
          value={what}
          maxLength={1000}
          onChange={(event) => setWhat(event.target.value)}
        />
      )}
      <TextArea
        label={t`Agreement`}
        hint={
          rule?.withoutAgreement === false
            ? t`Its text or where it is kept. This kind of recipient needs one.`
            : t`Its text or where it is kept; empty when there is none.`
        }
        value={agreement}
        maxLength={20_000}
        onChange={(event) => setAgreement(event.target.value)}
      />
      <SelectField
        label={t`Which people`}
        value={universe ?? ''}
        onChange={({ target }) =>
          setUniverse(universes.data?.find((one) => one.id === target.value)?.id ?? null)
        }
      >
        <option value="">{t`Everybody`}</option>
        {universes.data?.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      {kind !== null && <CountWords kind={kind} universe={universe} />}
      <ChooseFields
        value={fields}
        withConsent={rule !== null && rule.consent !== null}
        onChange={setFields}
      />
      {problem && <ProblemNotice problem={problem} />}
      <div className="row">
        <Button type="submit" variant="primary" busy={busy} disabled={!ready}>
          {t`Ask`}
        </Button>
        <Button
          variant="quiet"
          onClick={() => {
            writeTabDraft(DRAFT, null);
            onCancel();
          }}
        >{t`Cancel`}</Button>
        <span className="small quiet">
          <Trans>Nothing leaves by asking.</Trans>
        </span>
      </div>
    </form>
  );
}

interface CountProps {
  readonly kind: LegalKind;
  readonly universe: UniverseId | null;
}

/** How many people would be in the file now, and who would not. */
function CountWords({ kind, universe }: CountProps) {
  const question = { legalKind: kind, universeId: universe };
  const count = useAnswer<ShareCount>('/v1/shares/count', question, 250);
  if (count.problem) return <ProblemNotice problem={count.problem} />;
  if (count.data === null) return <p className="small quiet">…</p>;
  const { people, withoutConsent, optedOut } = count.data;
  return (
    <p className="small" role="status" data-behind={count.behind ? '' : undefined}>
      <strong>
        <Plural value={people} one="# person in the file now" other="# people in the file now" />
      </strong>
      {withoutConsent > 0 && (
        <>
          {' · '}
          <Plural
            value={withoutConsent}
            one="# left out: did not say yes to this kind of recipient"
            other="# left out: did not say yes to this kind of recipient"
          />
        </>
      )}
      {optedOut > 0 && (
        <>
          {' · '}
          <Plural
            value={optedOut}
            one="# left out: asked not to be contacted"
            other="# left out: asked not to be contacted"
          />
        </>
      )}
    </p>
  );
}
