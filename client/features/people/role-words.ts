import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Role } from '#shared/model/role.ts';

export const ROLE_WORDS: Readonly<Record<Role, MessageDescriptor>> = {
  canvasser: msg`Canvasser`,
  coordinator: msg`Coordinator`,
  'research-lead': msg`Research lead`,
  admin: msg`Admin`,
};

/** What each may do, as one sentence for whoever chooses. */
export const ROLE_RIGHTS: Readonly<Record<Role, MessageDescriptor>> = {
  canvasser: msg`Walks turfs on a phone and sees nothing of the desk.`,
  coordinator: msg`Cuts and launches turfs, sees phones, decides what is held. Takes no data out.`,
  'research-lead': msg`Imports the roll, makes universes and takes data out. Hands out no turfs.`,
  admin: msg`All of that, and who is of the chapter and in which role.`,
};
