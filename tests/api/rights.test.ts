import { expect, test } from 'vitest';
import { FACT_EXPORT_NAMES } from '#shared/model/fact-export.ts';
import { ROLES } from '#shared/model/role.ts';
import { may, RIGHTS } from '../../client/api/rights.ts';
import { ACCESS_TABLE } from '../../server/plugins/access-table.ts';

/** What the desk offers, and the routes that it then calls. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  'import-roll': [
    'PUT /v1/roll/uploads',
    'POST /v1/roll/imports',
    'DELETE /v1/roll/imports/:id',
    'GET /v1/roll/imports/:id/diff',
    'GET /v1/roll/imports/:id/diff/people',
    'GET /v1/roll/imports/:id/diff.csv',
    'POST /v1/roll/imports/:id/apply',
    'POST /v1/roll/imports/:id/undo',
  ],
  'save-universe': ['POST /v1/universes', 'DELETE /v1/universes/:id'],
  'cut-turf': ['POST /v1/turfs', 'PATCH /v1/turfs/:id', 'DELETE /v1/turfs/:id'],
  'launch-turf': ['POST /v1/turfs/:id/launch'],
  'write-script': ['POST /v1/scripts', 'PUT /v1/scripts/:id', 'POST /v1/scripts/:id/publish'],
  'share-data': ['POST /v1/shares', 'POST /v1/shares/:id/approve', 'POST /v1/shares/trace'],
  'take-out': [
    'GET /v1/exports/knocks.csv',
    'GET /v1/exports/answers.csv',
    'GET /v1/exports/layers.csv',
    ...FACT_EXPORT_NAMES.map((kind) => `GET /v1/exports/${kind}.csv`),
  ],
  'see-held': ['GET /v1/held'],
  'decide-held': ['POST /v1/held/:id/accept', 'POST /v1/held/:id/discard', 'GET /v1/doors'],
  'change-members': ['POST /v1/members', 'POST /v1/members/:id/role', 'POST /v1/members/:id/leave'],
  'change-rules': ['PUT /v1/rules', 'POST /v1/person/erase', 'POST /v1/person/clear'],
  'see-phones': ['GET /v1/phones', 'POST /v1/phones/:id/revoke'],
  'keep-backups': ['GET /v1/backups', 'POST /v1/backups', 'PUT /v1/backups/key'],
};

test('the desk offers a role what the server lets it do, and nothing else', () => {
  for (const right of Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]) {
    const routes = ROUTES[right] ?? [];
    expect([right, routes.length > 0]).toEqual([right, true]);
    for (const key of routes) {
      const who = ACCESS_TABLE[key]?.who;
      for (const role of ROLES) {
        const lets = who === 'anyone' || (who?.includes(role) ?? false);
        expect([right, key, role, may(role, right)]).toEqual([right, key, role, lets]);
      }
    }
  }
});
