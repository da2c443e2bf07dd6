import { Trans } from '@lingui/react/macro';
import { TextField } from '../../../ui/field.tsx';
import type { NewResident } from './use-resident.ts';

export interface ResidentFieldsProps {
  readonly resident: NewResident;
  readonly onSubmit: () => void;
}

/** The name of somebody who is in no roll. */
export function ResidentFields({ resident, onSubmit }: ResidentFieldsProps) {
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <TextField
        label={<Trans>First name</Trans>}
        autoComplete="off"
        maxLength={80}
        value={resident.firstName}
        error={resident.lacksName ? <Trans>A first name is enough.</Trans> : undefined}
        onChange={(event) => resident.setFirstName(event.target.value)}
      />
      <TextField
        label={<Trans>Last name (if they give it)</Trans>}
        autoComplete="off"
        maxLength={80}
        value={resident.lastName}
        onChange={(event) => resident.setLastName(event.target.value)}
      />
      <button type="submit" hidden />
    </form>
  );
}
