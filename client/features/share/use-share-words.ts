import { useLingui } from '@lingui/react/macro';
import type {
  BasisKind,
  FieldMark,
  LegalKind,
  ShareField,
  ShareState,
  ShareWarning,
} from '#shared/model/share.ts';

export interface ShareWords {
  readonly kinds: Readonly<Record<LegalKind, string>>;
  readonly bases: Readonly<Record<BasisKind, string>>;
  readonly warnings: Readonly<Record<ShareWarning, string>>;
  readonly fields: Readonly<Record<ShareField, string>>;
  readonly marks: Readonly<Record<FieldMark, string>>;
  readonly states: Readonly<Record<ShareState, string>>;
}

/** What the shared lists are called on the screen. */
export function useShareWords(): ShareWords {
  const { t } = useLingui();
  return {
    kinds: {
      candidate: t`Candidate’s committee`,
      party: t`Party`,
      coalition: t`Coalition partner`,
      'charity-501c3': t`Charity, 501(c)(3)`,
      'welfare-501c4': t`Social welfare group, 501(c)(4)`,
      union: t`Union`,
      vendor: t`Vendor that works for us`,
      researcher: t`Researcher`,
      press: t`Press`,
      other: t`Somebody else`,
    },
    bases: {
      sold: t`Sold at its fair value`,
      exchanged: t`Exchanged for something of equal value`,
      committee: t`Given to a committee that may lawfully take it`,
      service: t`Service of a vendor for the chapter`,
      other: t`Another ground`,
    },
    warnings: {
      'in-kind': t`Below its fair value it is an in-kind contribution to a federal candidate or party: it counts against limits and is reported (FEC AO 2024-01).`,
      coordination: t`Canvassing together is allowed. Handing over what it found is the part that counts.`,
      'ask-counsel': t`A corporation or a 501(c) has rules of its own. Ask counsel before anything leaves.`,
      'no-endorsement': t`A 501(c)(3) may not help or harm a candidate: leave out whom people support.`,
      'only-for-us': t`The vendor may use it for our work alone, and gives it back or deletes it.`,
      'agreement-first': t`Without a written agreement nothing leaves.`,
      'roll-terms': t`The voter file was lent for certain purposes. Its terms bind whoever gets a copy.`,
    },
    fields: {
      voter_id: t`Voter’s id in the roll`,
      first_name: t`First name`,
      last_name: t`Last name`,
      address: t`Address`,
      unit: t`Unit`,
      city: t`City`,
      zip: t`ZIP code`,
      precinct: t`Precinct`,
      phone: t`Phone`,
      party: t`Party`,
      age_band: t`Age band`,
      last_result: t`Last result`,
      last_knocked_on: t`Day of the last knock`,
      answers: t`Answers`,
      support: t`Support`,
      consent_given_on: t`Day of consent`,
    },
    marks: {
      contact: t`how to reach them`,
      answers: t`what they said`,
      support: t`whom they support`,
      consent: t`what they allowed`,
    },
    states: {
      asked: t`Waits for a second person`,
      approved: t`Approved, not taken yet`,
      refused: t`Refused`,
      taken: t`Taken`,
    },
  };
}
