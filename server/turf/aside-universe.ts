import type { Kysely } from 'kysely';
import { makeId, type CampaignId, type MemberId, type UniverseId } from '#shared/kernel/ids.ts';
import { EVERYONE } from '#shared/model/universe.ts';
import type { Ports } from '../ports.ts';
import type { Tables } from '../store/tables.ts';

export interface AsideWish {
  readonly campaignId: CampaignId;
  readonly name: string;
  readonly people: number;
  readonly doors: number;
  readonly by: MemberId;
}

/**
 * A universe that is made for a stall or for call lists alone: frozen with the people that are put
 * into it, and in no list. So no plan of turfs that are walked ever meets them.
 */
export async function makeAsideUniverse(
  trx: Kysely<Tables>,
  { campaignId, name, people, doors, by }: AsideWish,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<UniverseId> {
  const now = clock();
  const id = makeId<UniverseId>(now, random);
  await trx
    .insertInto('universes')
    .values({
      id,
      campaign_id: campaignId,
      name,
      question: JSON.stringify(EVERYONE),
      people,
      doors,
      created_by: by,
      created_at: now,
      frozen_at: now,
      aside: 1,
    })
    .execute();
  return id;
}
