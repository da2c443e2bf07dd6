import { Plural, Trans } from '@lingui/react/macro';
import type { UnmatchedPage, UnmatchedPlace } from '#shared/model/unmatched.ts';
import { Button } from '../../ui/button.tsx';
import { useReasonWords } from './reason-words.ts';

/** As many as an answer brings; the model's own number would bring its schemas along. */
const PAGE = 100;

export interface UnmatchedListProps {
  readonly page: UnmatchedPage;
  readonly from: number;
  readonly onFrom: (from: number) => void;
  readonly onChoose: (place: UnmatchedPlace) => void;
}

/** Addresses to choose from, by street, with how many live there and why they were not found. */
export function UnmatchedList({ page, from, onFrom, onChoose }: UnmatchedListProps) {
  const sayReason = useReasonWords();
  return (
    <>
      <ul role="list" className="unmatched-list">
        {page.places.map((place) => (
          <li key={place.id}>
            <button type="button" className="unmatched-row" onClick={() => onChoose(place)}>
              <strong>{sayAddress(place)}</strong>
              <span className="small quiet">
                <Plural value={place.people} one="# person" other="# people" />
                {place.reason !== null && place.grade === 'none' && ` · ${sayReason(place.reason)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {(from > 0 || from + PAGE < page.addresses) && (
        <div className="row">
          <Button disabled={from === 0} onClick={() => onFrom(Math.max(0, from - PAGE))}>
            <Trans>Earlier in the list</Trans>
          </Button>
          <Button disabled={from + PAGE >= page.addresses} onClick={() => onFrom(from + PAGE)}>
            <Trans>Later in the list</Trans>
          </Button>
        </div>
      )}
    </>
  );
}

/** An address on one line. */
export function sayAddress({ number, street, city, zip }: UnmatchedPlace): string {
  const place = `${city} ${zip}`.trim();
  return [`${number} ${street}`.trim(), place].filter((part) => part !== '').join(', ');
}
