import { Plural, useLingui } from '@lingui/react/macro';
import type { ScriptBody } from '#shared/model/script.ts';
import { findMissingWords } from '#shared/script/missing-words.ts';
import { languageName } from '../../ui/language-name.ts';

/** What the languages of a draft lack, before it is published. Nothing where they are whole. */
export function LacksWords({ draft }: { readonly draft: ScriptBody }) {
  const { i18n } = useLingui();
  const lacking = (draft.translations ?? []).flatMap((one) => {
    const texts = findMissingWords(draft, one).length;
    return texts === 0 ? [] : [{ texts, name: languageName(one.language, i18n.locale) }];
  });
  if (lacking.length === 0) return null;
  return (
    <ul role="list" className="script-lacks">
      {lacking.map(({ name, texts }) => (
        <li key={name}>
          <Plural
            value={texts}
            one={`${name} lacks # text: the script’s own words are shown for it.`}
            other={`${name} lacks # texts: the script’s own words are shown for them.`}
          />
        </li>
      ))}
    </ul>
  );
}
