import { useState } from 'react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { IconEye, IconPencil, IconPlus, IconUsers } from '@tabler/icons-react';
import type {
  DeskBuilding,
  KnownOfBuilding,
  ToldOfBuilding,
} from '#shared/model/desk-buildings.ts';
import { BUILDING_MEMORY } from '#shared/model/field-words.ts';
import { useFormat } from '../../api/use-format.ts';
import { Button } from '../../ui/button.tsx';
import { memoryWords } from '../../ui/memory-words.ts';
import { begunMemory, MemoryForm } from './memory-form.tsx';

export interface BuildingPanelProps {
  readonly building: DeskBuilding;
  /** Whether whoever looks may put it right. */
  readonly may: boolean;
  readonly onChanged: () => void;
}

/** What is known of one building, who said it and when, and all that was said before. */
export function BuildingPanel({ building, may, onChanged }: BuildingPanelProps) {
  const { t } = useLingui();
  const [about, setAbout] = useState(() => (may ? begunMemory(building.id) : null));
  const { known, told, number, street, city } = building;
  const address = `${number} ${street}`.trim();
  const unknown = BUILDING_MEMORY.filter((one) => !known.some((line) => line.about === one));
  const done = (): void => {
    setAbout(null);
    onChanged();
  };
  return (
    <li className="panel stack building-panel">
      <h2 className="building-address">
        <bdi>{address}</bdi>
        {city !== '' && <span className="small quiet"> {city}</span>}
      </h2>
      {known.length === 0 ? (
        <p className="quiet">
          <Trans>Nothing is known of it yet.</Trans>
        </p>
      ) : (
        <ul role="list" className="building-known">
          {known.map((one) =>
            about === one.about ? (
              <li key={one.about}>
                <MemoryForm
                  building={building}
                  headings={[one.about]}
                  known={one}
                  onClose={() => setAbout(null)}
                  onSaved={done}
                />
              </li>
            ) : (
              <KnownLine
                key={one.about}
                one={one}
                address={address}
                onCorrect={may ? () => setAbout(one.about) : null}
              />
            ),
          )}
        </ul>
      )}
      {about === 'new' && (
        <MemoryForm
          building={building}
          headings={unknown}
          known={null}
          onClose={() => setAbout(null)}
          onSaved={done}
        />
      )}
      {may && about !== 'new' && unknown.length > 0 && (
        <div>
          <Button
            variant="quiet"
            icon={<IconPlus size={18} aria-hidden />}
            aria-label={t`Add what you know of ${address}`}
            onClick={() => setAbout('new')}
          >
            <Trans>Add what you know</Trans>
          </Button>
        </div>
      )}
      {told.length > known.length && <Told told={told} />}
    </li>
  );
}

interface KnownLineProps {
  readonly one: KnownOfBuilding;
  readonly address: string;
  readonly onCorrect: (() => void) | null;
}

function KnownLine({ one, address, onCorrect }: KnownLineProps) {
  const { t } = useLingui();
  const format = useFormat();
  const heading = t(memoryWords[one.about]);
  const [who, when] = [one.who, format.moment(one.at)];
  return (
    <li className="row row-apart">
      <div className="grow">
        <p>
          <span className="building-about">{heading}</span> <bdi>{one.text}</bdi>
        </p>
        <p className="small quiet building-who">
          {one.seenBy > 1 ? <IconUsers size={15} aria-hidden /> : <IconEye size={15} aria-hidden />}
          <Plural value={one.seenBy} one="Said by one person" other="Seen by # people" />
          {' · '}
          {who === '' ? (
            when
          ) : (
            <Trans>
              last by {who}, {when}
            </Trans>
          )}
          {one.onMap && (
            <>
              {' · '}
              <Trans>on the map</Trans>
            </>
          )}
        </p>
      </div>
      {onCorrect !== null && (
        <Button
          variant="quiet"
          icon={<IconPencil size={18} aria-hidden />}
          aria-label={t`Put right: ${heading}, ${address}`}
          onClick={onCorrect}
        >
          <Trans>Put right</Trans>
        </Button>
      )}
    </li>
  );
}

function Told({ told }: { readonly told: readonly ToldOfBuilding[] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <details>
      <summary>
        <Plural value={told.length} one="All that was said: #" other="All that was said: #" />
      </summary>
      <ul role="list" className="building-told small">
        {told.map(({ opId, about, text, at, who, atDesk }) => (
          <li key={opId}>
            <span className="quiet">{format.moment(at)}</span> {who}
            {atDesk && (
              <span className="quiet">
                {' '}
                <Trans>(at the desk)</Trans>
              </span>
            )}
            {': '}
            <span className="building-about">{t(memoryWords[about])}</span>{' '}
            {text === null ? (
              <i>
                <Trans>no longer so</Trans>
              </i>
            ) : (
              <bdi>{text}</bdi>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
