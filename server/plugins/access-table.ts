import type { Access, Caller } from './access.ts';
import {
  ADMIN,
  COORDINATION,
  COORDINATION_AND_PUSH,
  DEVICE,
  PUSH,
  RESEARCH,
  STAFF,
  STAFF_AND_DEVICE,
} from './access.ts';
import { ME_FIELDS, PACKET_FIELDS, PULL_FIELDS, SHIFT_FIELDS } from './access-fields.ts';

/** Who may call one route, and what they may read there. */
export interface AccessRow {
  readonly who: Access;
  /** What of the answer goes to a kind of caller; whoever is not named gets all of it. */
  readonly fields?: Partial<Readonly<Record<Caller, readonly string[]>>>;
  /** There only where the server serves the built client too. */
  readonly withClient?: true;
}

/**
 * Who may call what: one row a route, by `METHOD /path`. Whatever has no row is forbidden, so a
 * route without one, or a row without a route, stops the server before it listens. Whoever may not
 * call a route learns as much as from one that does not exist.
 */
export const ACCESS_TABLE: Readonly<Record<string, AccessRow>> = {
  'GET /version.json': { who: 'anyone', withClient: true },
  'GET /*': { who: 'anyone', withClient: true },
  'GET /v1/health': { who: 'anyone' },
  'POST /v1/policy-reports': { who: 'anyone' },

  'POST /v1/sign-in': { who: 'anyone' },
  'POST /v1/sign-in/ask': { who: 'anyone' },
  'POST /v1/sign-in/passkey': { who: 'anyone' },
  'POST /v1/sign-in/code': { who: 'anyone' },
  'POST /v1/sign-out': { who: STAFF },
  'POST /v1/sign-out/everywhere': { who: STAFF },
  'GET /v1/sessions': { who: STAFF },
  'DELETE /v1/sessions/:id': { who: STAFF },
  'POST /v1/sessions/end-others': { who: STAFF },
  'GET /v1/passkeys': { who: STAFF },
  'POST /v1/passkeys/new': { who: STAFF },
  'POST /v1/passkeys': { who: STAFF },
  'DELETE /v1/passkeys/:id': { who: STAFF },
  'POST /v1/passkeys/ask': { who: STAFF },
  'GET /v1/passkeys/asked': { who: STAFF },
  'POST /v1/passkeys/asked': { who: STAFF },
  'POST /v1/recovery-codes': { who: STAFF },
  'GET /v1/members': { who: STAFF },
  'POST /v1/members': { who: ADMIN },
  'POST /v1/members/:id/link': { who: ADMIN },
  'POST /v1/members/:id/role': { who: ADMIN },
  'POST /v1/members/:id/leave': { who: ADMIN },
  'GET /v1/me': { who: STAFF_AND_DEVICE, fields: { canvasser: ME_FIELDS } },

  'POST /v1/join': { who: 'anyone' },
  'POST /v1/join/waiting': { who: 'anyone' },
  'POST /v1/join/give-up': { who: 'anyone' },
  'GET /v1/invites': { who: COORDINATION },
  'POST /v1/invites': { who: COORDINATION },
  'POST /v1/invites/:id/approve': { who: COORDINATION },
  'POST /v1/invites/:id/refuse': { who: COORDINATION },
  'POST /v1/token': { who: PUSH },
  'POST /v1/device-key': { who: PUSH },
  'POST /v1/purged': { who: PUSH },
  'POST /v1/push': { who: PUSH },
  'GET /v1/packet': { who: DEVICE, fields: { canvasser: PACKET_FIELDS } },
  'GET /v1/pull': { who: DEVICE, fields: { canvasser: PULL_FIELDS } },
  'GET /v1/shift': { who: DEVICE, fields: { canvasser: SHIFT_FIELDS } },
  'POST /v1/rescue': { who: COORDINATION_AND_PUSH },

  'GET /v1/map': { who: STAFF },
  'GET /v1/roll': { who: STAFF },
  'PUT /v1/roll/uploads': { who: RESEARCH },
  'POST /v1/roll/imports': { who: RESEARCH },
  'GET /v1/roll/imports/:id': { who: STAFF },
  'DELETE /v1/roll/imports/:id': { who: RESEARCH },
  'GET /v1/roll/unmatched': { who: STAFF },
  'GET /v1/roll/unmatched.csv': { who: RESEARCH },
  'GET /v1/roll/address-points': { who: RESEARCH },
  'PUT /v1/roll/unmatched/:id': { who: RESEARCH },
  'DELETE /v1/roll/unmatched/:id': { who: RESEARCH },
  'GET /v1/roll/imports/:id/rejected.csv': { who: RESEARCH },
  'GET /v1/roll/imports/:id/unplaced.csv': { who: RESEARCH },

  'GET /v1/universes/facets': { who: STAFF },
  'POST /v1/universes/count': { who: STAFF },
  'POST /v1/universes/doors': { who: STAFF },
  'GET /v1/universes': { who: STAFF },
  'POST /v1/universes': { who: STAFF },
  'DELETE /v1/universes/:id': { who: STAFF },
  'GET /v1/universes/:id/doors': { who: STAFF },

  'GET /v1/doors': { who: COORDINATION },
  'GET /v1/turfs': { who: STAFF },
  'POST /v1/turfs': { who: COORDINATION },
  'PATCH /v1/turfs/:id': { who: COORDINATION },
  'DELETE /v1/turfs/:id': { who: COORDINATION },
  'POST /v1/turfs/:id/publish': { who: COORDINATION },
  'POST /v1/turfs/:id/launch': { who: COORDINATION },
  'POST /v1/turfs/:id/take-back': { who: COORDINATION },
  'GET /v1/turfs/:id/doors': { who: STAFF },
  'GET /v1/live': { who: STAFF },

  'GET /v1/scripts': { who: STAFF },
  'POST /v1/scripts': { who: STAFF },
  'PUT /v1/scripts/:id': { who: STAFF },
  'POST /v1/scripts/:id/publish': { who: STAFF },

  'POST /v1/person/find': { who: ADMIN },
  'POST /v1/person/copy': { who: ADMIN },
  'POST /v1/person/erase': { who: ADMIN },
  'POST /v1/person/clear': { who: ADMIN },
  'GET /v1/rules': { who: STAFF },
  'PUT /v1/rules': { who: ADMIN },
  'PUT /v1/roll/imports/:id/terms': { who: RESEARCH },

  'GET /v1/phones': { who: COORDINATION },
  'POST /v1/phones/:id/revoke': { who: COORDINATION },
  'GET /v1/held': { who: STAFF },
  'POST /v1/held/:id/accept': { who: COORDINATION },
  'POST /v1/held/:id/retarget': { who: COORDINATION },
  'POST /v1/held/:id/discard': { who: COORDINATION },

  'GET /v1/exports/knocks.csv': { who: RESEARCH },
  'GET /v1/exports/answers.csv': { who: RESEARCH },
  'GET /v1/backups': { who: ADMIN },
  'POST /v1/backups': { who: ADMIN },
  'GET /v1/backups/:key/file': { who: ADMIN },
  'POST /v1/backups/key': { who: ADMIN },
  'PUT /v1/backups/key': { who: ADMIN },
  'PUT /v1/backups/schedule': { who: ADMIN },
  'POST /v1/backups/drill': { who: ADMIN },
  'GET /v1/backups/hand-over': { who: ADMIN },
  'GET /v1/archive': { who: ADMIN },
  'POST /v1/archive': { who: ADMIN },
  'DELETE /v1/archive': { who: ADMIN },
  'GET /v1/archive/file.zip': { who: ADMIN },
  'GET /v1/audit': { who: STAFF },
  'GET /v1/audit/members': { who: STAFF },
  'GET /v1/audit/check': { who: STAFF },
  'POST /v1/audit/check': { who: STAFF },
  'GET /v1/audit/chain.jsonl': { who: STAFF },
  'GET /v1/shares': { who: STAFF },
  'POST /v1/shares': { who: RESEARCH },
  'POST /v1/shares/count': { who: RESEARCH },
  'POST /v1/shares/:id/approve': { who: RESEARCH },
  'POST /v1/shares/:id/refuse': { who: RESEARCH },
  'GET /v1/shares/:id/file.csv': { who: RESEARCH },
  'POST /v1/shares/trace': { who: RESEARCH },
  'GET /v1/exports': { who: STAFF },
};
