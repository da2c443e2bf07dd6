import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  IconArrowRight,
  IconCircleCheck,
  IconDeviceMobile,
  IconDoorOff,
  IconMessageCircle,
} from '@tabler/icons-react';
import { Button } from './button.tsx';
import { noteTutorialSeen } from './tutorial-seen.ts';
import './tutorial.css';

export interface TutorialProps {
  readonly onDone: () => void;
  /** What its headings are in the page around it. */
  readonly heading?: 'h2' | 'h3';
}

/** Forty seconds before the first door: gestures, results, and what is kept where. */
export function Tutorial({ onDone, heading = 'h3' }: TutorialProps) {
  const { t } = useLingui();
  const [{ at, turned }, setPlace] = useState({ at: 0, turned: false });
  const cards = makeCards();
  const card = cards[at];
  if (card === undefined) return null;
  const turn = (to: number): void => setPlace({ at: to, turned: true });
  const finish = (): void => {
    noteTutorialSeen();
    onDone();
  };
  const last = at === cards.length - 1;
  return (
    <section className="tutorial panel stack" aria-label={t`How it works`}>
      <CardView key={at} as={heading} card={card} focus={turned}>
        <Trans>
          {at + 1} of {cards.length}
        </Trans>
      </CardView>
      <div className="row row-apart">
        {at === 0 ? (
          <Button variant="quiet" onClick={finish}>
            <Trans>Skip</Trans>
          </Button>
        ) : (
          <Button variant="quiet" onClick={() => turn(at - 1)}>
            <Trans>Back</Trans>
          </Button>
        )}
        {last ? (
          <Button onClick={finish}>
            <Trans>Understood</Trans>
          </Button>
        ) : (
          <Button onClick={() => turn(at + 1)}>
            <Trans>Next</Trans>
          </Button>
        )}
      </div>
    </section>
  );
}

interface CardViewProps {
  readonly as: 'h2' | 'h3';
  readonly card: Card;
  /** Its heading is where the reading goes on. */
  readonly focus: boolean;
  /** Which of how many. */
  readonly children: ReactNode;
}

function CardView({ as: Heading, card, focus, children }: CardViewProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus({ preventScroll: true });
  }, [focus]);
  return (
    <>
      <div className="tutorial-picture" aria-hidden>
        {card.picture}
      </div>
      <Heading ref={heading} tabIndex={-1}>
        {card.title} <span className="small quiet">{children}</span>
      </Heading>
      <p>{card.says}</p>
    </>
  );
}

interface Card {
  readonly title: ReactNode;
  readonly says: ReactNode;
  readonly picture: ReactNode;
}

function makeCards(): readonly Card[] {
  return [
    {
      title: <Trans>Nobody opens: one swipe</Trans>,
      says: (
        <Trans>
          Swipe the door along its line, or tap Not home. Wrong door? Undo waits at the bottom of
          the screen, and later in the door’s history.
        </Trans>
      ),
      picture: (
        <span className="tutorial-row">
          <span className="tutorial-behind">
            <IconDoorOff size={22} />
          </span>
          <span className="tutorial-face">
            <b>12</b>
            <i />
          </span>
        </span>
      ),
    },
    {
      title: <Trans>Somebody opens: tap the door</Trans>,
      says: (
        <Trans>
          Tap who stands before you, and the script asks one thing after the other. What you skip is
          kept as skipped: nothing has an answer that nobody gave.
        </Trans>
      ),
      picture: (
        <span className="tutorial-scale">
          <IconMessageCircle size={26} />
          {[1, 2, 3, 4, 5].map((level) => (
            <b key={level}>{level}</b>
          ))}
        </span>
      ),
    },
    {
      title: <Trans>No talk: one result</Trans>,
      says: (
        <Trans>
          Refused, moved, come back, no way in: one tap says why. Do not contact is for good: nobody
          of the chapter knocks there again.
        </Trans>
      ),
      picture: (
        <span className="tutorial-grid">
          <i />
          <i />
          <i />
          <i />
          <i />
          <i />
        </span>
      ),
    },
    {
      title: <Trans>Amber is here, green is there</Trans>,
      says: (
        <Trans>
          Everything is kept on this phone at once, with no signal too. Amber: only here. Green:
          with your chapter. It goes by itself as soon as there is signal.
        </Trans>
      ),
      picture: (
        <span className="tutorial-pills">
          <span className="pill pill-phone">
            <IconDeviceMobile size={18} />3
          </span>
          <IconArrowRight className="flips" size={20} />
          <span className="pill pill-done">
            <IconCircleCheck size={18} />3
          </span>
        </span>
      ),
    },
  ];
}
