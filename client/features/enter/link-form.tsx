import { useState, type FormEvent } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { tokenOf } from './sign-in.ts';

/** For a link that came where it cannot be opened. */
export function LinkForm({ onToken }: { readonly onToken: (token: string) => void }) {
  const { t } = useLingui();
  const [pasted, setPasted] = useState('');
  const [unclear, setUnclear] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const token = tokenOf(pasted);
    setUnclear(token === null);
    if (token !== null) onToken(token);
  };
  return (
    <form className="stack" onSubmit={submit}>
      <p className="quiet">
        <Trans>
          An admin of your chapter makes the link. It works once, and you make your passkey with it.
        </Trans>
      </p>
      <TextField
        label={t`Your link`}
        value={pasted}
        // The browser offers passkeys here too, to whoever has one after all.
        autoComplete="username webauthn"
        autoCapitalize="off"
        spellCheck={false}
        error={unclear ? t`This is no sign-in link. Copy the whole link from the message.` : null}
        onChange={(event) => setPasted(event.target.value)}
      />
      <Button variant="primary" size="large" type="submit">{t`Sign in`}</Button>
    </form>
  );
}
