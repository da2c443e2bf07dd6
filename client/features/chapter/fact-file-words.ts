import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { FactExport } from '#shared/model/fact-export.ts';

/** What each file of facts is called, on the page and in the ledger. */
export const factFileWords: Readonly<Record<FactExport, MessageDescriptor>> = {
  notes: msg`Notes without a knock`,
  leaflets: msg`Leaflets left`,
  residents: msg`People met who are in no roll`,
  corrections: msg`Names, telephones and e-mails put right`,
  taggings: msg`Tags put on and taken off`,
  'follow-ups': msg`Promises made at doors`,
  'contact-consents': msg`How we may get in touch`,
  'sharing-consents': msg`Whom we may tell`,
  signatures: msg`Signatures`,
  'building-memory': msg`What we know of buildings`,
  'found-doors': msg`Doors found that were on no list`,
  'turf-reports': msg`How the turfs were`,
  'sign-ups': msg`Who comes to which shift`,
};
