import { dayIn } from '#shared/kernel/instant.ts';
import type { PaperLanguage } from '#shared/model/paper.ts';
import type { Petition } from '#shared/model/petition.ts';
import { NOT_KNOWN, PURPOSES } from '#shared/model/rules.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import {
  describeSignatures,
  type LoggedSignature,
  readSignatures,
  type SignatureRecord,
} from '../chapter/signatures.ts';
import { readOwnUse } from '../export/own-use.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { PAPER_WORDS } from './paper-words.ts';
import type { Paper } from './print-paper.ts';
import type { SignedWords } from './print-signatures.ts';
import type { PaperSize } from './sheet.ts';

export interface PetitionWish {
  readonly petition: Petition;
  readonly size: PaperSize;
  readonly language: PaperLanguage;
  readonly now: number;
}

/** Prints a petition with all who have signed it, grouped by the words that they signed. */
export async function printPetition(
  db: ChapterDb,
  { petition, size, language, now }: PetitionWish,
): Promise<Paper> {
  const { chapter } = await readChapter(db);
  const use = await readOwnUse(db.read, now);
  const words = PAPER_WORDS[language];
  const purpose = PURPOSES.find((one) => use.purpose.endsWith(` ${one}`)) ?? NOT_KNOWN;
  const signatures = await readSignatures(db.read, petition.id);
  const groups = await groupByWords(db, signatures, petition.wording);
  // pdfkit and its fonts are read only where somebody prints.
  const { printSignatures } = await import('./print-signatures.ts');
  const parts = printSignatures(groups, {
    size,
    language,
    chapter,
    petition,
    now,
    total: signatures.length,
    use: words.ownUse(words.purposes[purpose], dayIn(now, chapter.timeZone)),
  });
  return { name: use.nameOf('signatures.pdf'), parts };
}

/** The petition's own words first; others only where a fact brought them. */
async function groupByWords(
  db: ChapterDb,
  signatures: readonly LoggedSignature[],
  own: string,
): Promise<SignedWords[]> {
  const byHash = new Map<string, LoggedSignature[]>();
  for (const one of signatures) {
    const others = byHash.get(one.wordingHash);
    if (others === undefined) byHash.set(one.wordingHash, [one]);
    else others.push(one);
  }
  const groups: SignedWords[] = [];
  for (const list of byHash.values()) {
    const first = await firstOf(describeSignatures(db.read, list.slice(0, 1)));
    const wording = first?.operation.payload.wording ?? own;
    const signed = describeSignatures(db.read, list);
    groups.push({ wording, signatures: signed });
  }
  return groups.sort((a, b) => Number(b.wording === own) - Number(a.wording === own));
}

async function firstOf(rows: AsyncIterable<SignatureRecord>): Promise<SignatureRecord | null> {
  for await (const row of rows) return row;
  return null;
}
