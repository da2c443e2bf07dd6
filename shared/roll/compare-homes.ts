import { editDistance } from './edit-distance.ts';
import type { NormalStreet } from './normalise-address.ts';
import { NEVER } from './compare-names.ts';

/** Where somebody lives, in the normal form of its parts. */
export interface PlainHome {
  readonly number: string;
  readonly street: NormalStreet;
  /** See normaliseUnit. */
  readonly unit: string;
  /** In capitals. */
  readonly city: string;
  readonly zip: string;
}

function priceOfStreet(a: NormalStreet, b: NormalStreet): number {
  if (a.key === b.key) return 0;
  let price = 0;
  if (a.name !== b.name) {
    const most = a.name.length >= 9 ? 2 : 1;
    const close =
      Math.min(a.name.length, b.name.length) >= 5 &&
      // Numbers in a name are never taken for a slip: 12th Street is not 13th.
      !/\d/.test(a.name + b.name) &&
      editDistance(a.name, b.name, most) <= most;
    if (!close) return NEVER;
    price += 0.08;
  }
  if (a.type !== b.type) price += a.type === '' || b.type === '' ? 0.03 : 0.12;
  const [ad, bd] = [a.pre + a.post, b.pre + b.post];
  if (ad !== bd) price += ad === '' || bd === '' ? 0.06 : NEVER;
  return price;
}

function priceOfTown(a: PlainHome, b: PlainHome): number {
  if (a.zip !== '' && b.zip !== '') {
    if (a.zip === b.zip) return 0;
    return a.city !== '' && a.city === b.city ? 0.04 : 0.25;
  }
  return a.city !== '' && b.city !== '' && a.city !== b.city ? 0.12 : 0;
}

/** How much two homes differ, from 0 to NEVER. House numbers are never put right. */
export function compareHomes(a: PlainHome, b: PlainHome): number {
  if (a.number !== b.number) return NEVER;
  const unit = a.unit === b.unit ? 0 : a.unit === '' || b.unit === '' ? 0.03 : 0.12;
  return Math.min(NEVER, priceOfStreet(a.street, b.street) + priceOfTown(a, b) + unit);
}
