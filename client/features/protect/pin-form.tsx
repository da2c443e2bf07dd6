import { useState, type FormEvent } from 'react';
import { Trans } from '@lingui/react/macro';
import { guardByPin, isGoodPin } from '../../lock/guard-phone.ts';
import { vault } from '../../store/phone-store.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';

export interface PinFormProps {
  readonly onDone: () => Promise<void>;
  readonly primary: boolean;
}

/** Twice the same PIN, six digits or more. */
export function PinForm({ onDone, primary }: PinFormProps) {
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const weak = !isGoodPin(pin);
  const differs = again !== pin;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (weak || differs) return;
    setBusy(true);
    const keep = async (): Promise<void> => {
      await guardByPin(vault, pin);
      await onDone();
    };
    void keep().finally(() => setBusy(false));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label={<Trans>PIN</Trans>}
        hint={
          <Trans>
            Six digits or more. The list stays readable for three days without signal; ten wrong
            tries in a row destroy it on this phone.
          </Trans>
        }
        error={
          tried && weak ? (
            <Trans>Six digits or more, and no row such as 123456 or 111111.</Trans>
          ) : undefined
        }
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={pin}
        onChange={(event) => setPin(event.target.value)}
      />
      <TextField
        label={<Trans>The same PIN once more</Trans>}
        error={tried && !weak && differs ? <Trans>The two are not the same.</Trans> : undefined}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        value={again}
        onChange={(event) => setAgain(event.target.value)}
      />
      <Button type="submit" variant={primary ? 'primary' : undefined} size="large" wide busy={busy}>
        <Trans>Use this PIN</Trans>
      </Button>
    </form>
  );
}
