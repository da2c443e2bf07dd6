import { useEffect, useRef, useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconCurrentLocation, IconQrcode, IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Position } from '#shared/model/geojson.ts';
import { useFindDoors } from '../../api/use-find-doors.ts';
import { useFormat } from '../../api/use-format.ts';
import { useOwnPosition } from '../../map/use-own-position.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { ShowData } from '../../ui/show-data.tsx';
import { TurfDot } from '../../ui/turf-dot.tsx';
import { type BoardTurf, nearestFree } from './board-turf.ts';
import { Metres } from './turf-card.tsx';
import { useOpens } from './use-opens.ts';

/** Where somebody stands who wants a turf, and what that place is called. */
export interface AskedPlace {
  readonly at: Position;
  readonly called: string;
}

export interface PlacePanelProps {
  readonly place: AskedPlace | null;
  readonly onPlace: (place: AskedPlace | null) => void;
  readonly onClose: () => void;
  readonly turfs: readonly BoardTurf[];
  /** True where the map is shown, so that it can be pressed. */
  readonly map: boolean;
}

const SHOWN = 5;

/** The nearest turf that nobody has: from a place on the map, from here, or from an address. */
export function PlacePanel({ place, onPlace, onClose, turfs, map }: PlacePanelProps) {
  const { t } = useLingui();
  const format = useFormat();
  const opens = useOpens();
  const own = useOwnPosition();
  const { position } = own;
  const waits = useRef(false);
  const panel = useRef<HTMLElement>(null);
  const asks = useRef(place === null);
  // The button that opened it is gone, and on a phone the panel is below what is in sight.
  useEffect(() => {
    if (asks.current) panel.current?.focus();
  }, []);
  useEffect(() => {
    if (!waits.current || position === null) return;
    waits.current = false;
    onPlace({ at: [position.lon, position.lat], called: t`where you are` });
  }, [position, onPlace, t]);
  const free = place === null ? [] : nearestFree(turfs);
  const words = {
    off: null,
    known: null,
    waiting: t`Looking for where you are…`,
    refused: t`Your browser does not share your place. Allow it in its settings.`,
    lost: t`Your place is not known right now.`,
  }[own.state];
  return (
    <section
      ref={panel}
      className="panel stack launch-near"
      aria-labelledby="near-title"
      tabIndex={-1}
    >
      <div className="row row-apart">
        <h2 id="near-title">
          <Trans>Nearest free turf</Trans>
        </h2>
        <Button variant="quiet" icon={<IconX size={18} aria-hidden />} onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      </div>
      <div className="row launch-near-ask">
        <Button
          icon={<IconCurrentLocation size={18} aria-hidden />}
          busy={own.state === 'waiting'}
          onClick={() => {
            if (position === null) {
              waits.current = true;
              own.start();
            } else {
              onPlace({ at: [position.lon, position.lat], called: t`where you are` });
            }
          }}
        >
          <Trans>From where I am</Trans>
        </Button>
        <AddressField onPlace={onPlace} />
      </div>
      {words !== null && <p role="status">{words}</p>}
      {place === null ? (
        <p className="small quiet">
          {map ? (
            <Trans>Or press the place on the map.</Trans>
          ) : (
            <Trans>Or show the board as a map and press the place there.</Trans>
          )}
        </p>
      ) : (
        <p role="status">
          <Plural
            value={free.length}
            _0="No turf is free now."
            one="# turf is free."
            other="# turfs are free."
          />{' '}
          <span className="quiet">
            <Trans>Measured in a straight line from {place.called}.</Trans>
          </span>
        </p>
      )}
      {free.length > 0 && (
        <ol role="list" className="launch-near-list" aria-label={t`Free turfs, the nearest first`}>
          {free.slice(0, SHOWN).map((one) => (
            <li key={one.turf.id} className="row row-apart">
              <span className="launch-row-name">
                <TurfDot hue={one.turf.hue} /> <strong>{one.turf.name}</strong>
                <Metres one={one} />
                <span className="small quiet number">
                  <Plural
                    value={one.turf.tally.remaining}
                    one={`${format.number(one.turf.tally.remaining)} door left`}
                    other={`${format.number(one.turf.tally.remaining)} doors left`}
                  />
                </span>
              </span>
              <Link className={buttonClass({})} href={opens(one.turf, { code: true })}>
                <IconQrcode size={18} aria-hidden />
                <span>
                  <Trans>Open its code</Trans>
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function AddressField({ onPlace }: { readonly onPlace: (place: AskedPlace) => void }) {
  const { t } = useLingui();
  const [typed, setTyped] = useState('');
  const { asked, found } = useFindDoors(typed);
  return (
    <div className="stack grow">
      <TextField
        label={t`Or from an address`}
        hint={t`The number and the beginning of the street, such as 12 Alder`}
        value={typed}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      {asked && (
        <ShowData from={found} lines={1}>
          {(doors) => {
            const placed = doors.filter(({ place }) => place !== null);
            if (placed.length === 0) {
              return (
                <p role="status">
                  <Trans>No door with a place on the map begins like that.</Trans>
                </p>
              );
            }
            return (
              <ul role="list" className="row" aria-label={t`Doors found`}>
                {placed.slice(0, SHOWN).map(({ id, label, place }) => (
                  <li key={id}>
                    <Button
                      onClick={() => {
                        if (place !== null) onPlace({ at: place, called: label });
                        setTyped('');
                      }}
                    >
                      {label}
                    </Button>
                  </li>
                ))}
              </ul>
            );
          }}
        </ShowData>
      )}
    </div>
  );
}
