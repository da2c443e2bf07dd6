import type { PetitionKind } from '#shared/model/petition.ts';
import type { PaperLanguage } from '#shared/model/paper.ts';

/** What stands on a sheet of signatures and is not the chapter's own. */
export interface PetitionWords {
  readonly kinds: Readonly<Record<PetitionKind, string>>;
  /** Over the columns: number, who, what was drawn, when. */
  readonly columns: readonly [string, string, string, string];
  readonly count: (n: number) => string;
  /** How the signatures came about, on every page. */
  readonly how: string;
  readonly takenBy: (name: string) => string;
  /** In place of a name that is not known any more. */
  readonly noName: string;
  /** In place of the name and the drawing of whoever is in no file by name. */
  readonly notNamed: string;
  readonly none: string;
}

export const PETITION_WORDS: Readonly<Record<PaperLanguage, PetitionWords>> = {
  en: {
    kinds: { petition: 'Petition', pledge: 'Pledge' },
    columns: ['No.', 'Name and address', 'Signature', 'Signed'],
    count: (n) => `${n} ${n === 1 ? 'signature' : 'signatures'}`,
    how: 'Each was drawn by hand on the screen of a phone under the words above. Whether that is enough for whom this is meant is for them to say.',
    takenBy: (name) => `with ${name}`,
    noName: 'Name not known any more',
    notNamed: 'Signed; not named here',
    none: 'Nobody has signed yet.',
  },
  es: {
    kinds: { petition: 'Petición', pledge: 'Compromiso' },
    columns: ['N.º', 'Nombre y dirección', 'Firma', 'Firmado'],
    count: (n) => `${n} ${n === 1 ? 'firma' : 'firmas'}`,
    how: 'Cada una se hizo a mano en la pantalla de un teléfono debajo del texto de arriba. Si eso basta, lo decide quien la recibe.',
    takenBy: (name) => `con ${name}`,
    noName: 'Ya no se sabe el nombre',
    notNamed: 'Firmó; sin nombre aquí',
    none: 'Todavía no ha firmado nadie.',
  },
};
