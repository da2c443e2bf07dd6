/** What a word may tell of somebody that does harm in the wrong hands. */
export type SensitiveKind = 'health' | 'religion' | 'immigration';

export interface SensitiveWord {
  /** As it was written. */
  readonly word: string;
  readonly kind: SensitiveKind;
}

/**
 * English and Spanish together: a note is written in either, whatever the app speaks. Small
 * letters without accents; `*` stands for any ending; what is in capitals counts in capitals only
 * (ice is no ICE). Left out are words that a doorstep has other uses for, such as an illegal rent.
 */
const WORDS: Readonly<Record<SensitiveKind, string>> = {
  health: `addict*, AIDS, alzheimer*, anxiety, autis*, bipolar, cancer*, chemo*, dementia, depress*,
    diabet*, dialysis, disab*, disease*, heart attack, HIV, hospice, hospital, hospitalized, ill,
    illness*, medicaid, medication*, mental health, mentally, overdose*, pregnan*, psychiatr*,
    schizo*, sick, sickness, stroke, suicid*, surger*, tumor*, wheelchair*,
    adict*, ansiedad, ciega, ciego, depresi*, deprimid*, discapac*, embaraz*, enferma, enfermas,
    enfermedad*, enfermo, enfermos, hospitalizad*, infarto, medicamento*, minusvalid*, psiquiatr*,
    quimio*, salud mental, sida, silla de ruedas, suicidio, VIH`,
  religion: `atheis*, baptist*, bible, buddhis*, catholic*, christian*, church*, evangelical*,
    hindu*, imam, islam*, jehova*, jew, jewish, jews, koran, lutheran*, methodist*, mormon*, mosque*,
    muslim*, pastor, pentecostal*, pray*, priest*, protestant*, quran, rabbi*, ramadan, religio*,
    sikh*, synagogue*,
    atea, ateo, biblia, budis*, catolic*, coran, cristian*, evangelic*, iglesia*, judia*, judio*,
    mezquita*, musulman*, rabino*, reza, rezar, sacerdote*, sinagoga*`,
  immigration: `asylum*, citizen*, DACA, deport*, DREAMer, green card*, ICE, illegals, immigra*,
    migrant*, naturaliz*, no papers, noncitizen*, refugee*, undocumented, USCIS, visa, visas,
    work permit*, without papers,
    asilo, ciudadania, ciudadano*, indocumentad*, inmigra*, la migra, permiso de trabajo, refugiad*,
    sin papeles, visado*`,
};

/** Letters without their marks, one for one, so that places in both texts agree. */
function bare(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (letter) => letter.normalize('NFD').charAt(0));
}

/** What finds the words of one kind: those in any case, and those in capitals. */
function finders(words: string): readonly RegExp[] {
  const all = words.split(',').map((word) => word.trim());
  const isLoud = (word: string): boolean => /[A-Z]/.test(word);
  const find = (some: readonly string[], flags: string): RegExp =>
    new RegExp(
      `(?:^|[^A-Za-z0-9])(${some.join('|').replaceAll('*', '[a-z]*')})(?![A-Za-z0-9])`,
      flags,
    );
  return [
    find(
      all.filter((word) => !isLoud(word)),
      'gi',
    ),
    find(all.filter(isLoud), 'g'),
  ].filter(({ source }) => !source.includes('()'));
}

const FINDERS = (Object.keys(WORDS) as SensitiveKind[]).flatMap((kind) =>
  finders(WORDS[kind]).map((finder) => ({ kind, finder })),
);

/**
 * The words of a note that may tell of somebody's health, religion or immigration, each once, in
 * the order of the text. A gentle check, not a proof: it knows some hundred English and Spanish
 * words and no sentences. `names` are people's names, which are never such a word (Christian,
 * Church). Linear in the text.
 */
export function findSensitiveWords(
  text: string,
  names: readonly string[] = [],
): readonly SensitiveWord[] {
  const plain = text.normalize('NFC');
  const folded = bare(plain);
  const own = new Set(
    names.flatMap((name) =>
      bare(name.normalize('NFC'))
        .toLowerCase()
        .split(/[\s-]+/),
    ),
  );
  const found = FINDERS.flatMap(({ kind, finder }) =>
    [...folded.matchAll(finder)].flatMap((match) => {
      const word = match[1] ?? '';
      const at = match.index + match[0].length - word.length;
      return own.has(word.toLowerCase())
        ? []
        : [{ at, kind, key: word.toLowerCase(), word: plain.slice(at, at + word.length) }];
    }),
  ).toSorted((a, b) => a.at - b.at);
  const seen = new Set<string>();
  return found.flatMap(({ key, kind, word }) => {
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ word, kind }];
  });
}
