import { useState } from 'react';
import { Trans, useLingui } from '@lingui/react/macro';
import { foldContactConsents } from '#shared/canvass/contact-consents.ts';
import { CHANNELS, type Channel } from '#shared/model/consent.ts';
import { hashText } from '../../../store/hash-text.ts';
import type { AskPartProps } from '../talk/ask-more.tsx';
import { ConsentQuestion } from './consent-question.tsx';
import { useAskedWords } from './consent-words.ts';
import { useSaveMany } from '../use-save-many.ts';

/**
 * By which ways we may get in touch again: each way is a fact of its own with the words that were
 * read. One question may ask for all of them; it is kept as the answer to each.
 */
export function ConsentContact({ row, person, where, language, facts }: AskPartProps) {
  const { t } = useLingui();
  const { wordingOf, everyWay } = useAskedWords(language);
  const saveMany = useSaveMany();
  const [busy, setBusy] = useState(false);
  const said = new Map(
    foldContactConsents(facts)
      .filter(({ personId }) => personId === person.id)
      .map((one) => [one.channel, one]),
  );
  const names: Readonly<Record<Channel, string>> = {
    call: t`call`,
    text: t`text`,
    email: t`email`,
    mail: t`mail`,
    door: t`come by`,
  };
  const all = new Set(CHANNELS.map((channel) => said.get(channel)?.given ?? null));
  const [only = null] = all.size === 1 ? all : [];

  const save = async (
    channels: readonly Channel[],
    given: boolean,
    wording: (channel: Channel) => string,
  ): Promise<void> => {
    setBusy(true);
    const [one] = channels.length === 1 ? channels : [];
    const ways = one === undefined ? t`every way` : names[one];
    const what = given ? t`may get in touch: ${ways}` : t`may not get in touch: ${ways}`;
    const list = [];
    for (const channel of channels) {
      const read = wording(channel);
      const asked = { channel, given, wording: read, wordingHash: await hashText(read) };
      const payload = { doorId: row.door.id, personId: person.id, ...asked };
      const fact = { type: 'contact-consent', payload } as const;
      list.push({ fact, words: { where, what } });
    }
    await saveMany(list, () => t`Saved: ${what}`);
    setBusy(false);
  };

  return (
    <details className="ask-part">
      <summary>
        <span className="grow">
          <Trans>May we get in touch again?</Trans>
        </span>
        <span className="ask-said small">
          {CHANNELS.flatMap((channel) => {
            const one = said.get(channel);
            const [name, mark] = [names[channel], one?.given === true ? t`yes` : t`no`];
            return one === undefined
              ? []
              : [
                  <span key={channel} className={one.given ? 'ask-yes' : 'ask-no'}>
                    {t`${name}: ${mark}`}
                  </span>,
                ];
          })}
        </span>
      </summary>
      <p className="small quiet">
        <Trans>Read it as it stands. What nobody asked stays open.</Trans>
      </p>
      {everyWay !== null && (
        <ConsentQuestion
          wording={everyWay}
          said={only}
          busy={busy}
          onSay={(given) => void save(CHANNELS, given, () => everyWay)}
        />
      )}
      {CHANNELS.map((channel) => (
        <ConsentQuestion
          key={channel}
          wording={wordingOf(channel)}
          said={said.get(channel)?.given ?? null}
          busy={busy}
          onSay={(given) => void save([channel], given, wordingOf)}
        />
      ))}
    </details>
  );
}
