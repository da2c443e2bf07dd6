import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { Role } from '#shared/model/role.ts';

export const ROLE_WORDS: Readonly<Record<Role, MessageDescriptor>> = {
  canvasser: msg`Canvasser`,
  coordinator: msg`Coordinator`,
  'research-lead': msg`Research lead`,
  admin: msg`Admin`,
};
