import { createRequire } from 'node:module';
import type { PaperWords } from './paper-words.ts';

/** Paper sizes in points, 1/72 of an inch. */
export const PAPER_SIZES = { letter: [612, 792], a4: [595.28, 841.89] } as const;
export type PaperSize = keyof typeof PAPER_SIZES;

/** Room at the edges: what printers reach, and where a clipboard holds on. */
export const MARGIN = { top: 46, bottom: 46, side: 40 } as const;
/** What is read while standing at a door. */
export const TEXT = 11;
export const SMALL = 8.5;

const FONTS = {
  plain: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
} as const;
export type Weight = keyof typeof FONTS;
export const WEIGHTS = ['plain', 'bold'] as const satisfies readonly Weight[];

export interface TextWish {
  readonly weight?: Weight;
  readonly size?: number;
  /** Breaks into lines at this width; without it the text is one line. */
  readonly width?: number;
  readonly align?: 'left' | 'right' | 'center';
  readonly grey?: boolean;
}

const LINE = 1.28;
const GREY = '#555555';

/** The page that is being filled: a few words over pdfkit, which knows nothing of doors. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument;
  readonly words: PaperWords;
  readonly width: number;
  readonly height: number;
  /** Where the next thing goes, in points from the top. */
  y: number = MARGIN.top;
  /** Pages of the turf at hand. */
  pages = 0;

  constructor(doc: PDFKit.PDFDocument, words: PaperWords, size: PaperSize) {
    this.doc = doc;
    this.words = words;
    [this.width, this.height] = PAPER_SIZES[size];
    const { resolve } = createRequire(import.meta.url);
    for (const [name, path] of Object.entries(FONTS)) doc.registerFont(name, resolve(path));
  }

  get left(): number {
    return MARGIN.side;
  }
  get right(): number {
    return this.width - MARGIN.side;
  }
  get bottom(): number {
    return this.height - MARGIN.bottom;
  }
  get inner(): number {
    return this.right - this.left;
  }

  newPage(): void {
    this.doc.addPage();
    this.pages += 1;
    this.y = MARGIN.top;
  }

  #use({ weight = 'plain', size = TEXT }: TextWish): PDFKit.PDFDocument {
    return this.doc.font(weight).fontSize(size);
  }

  widthOf(text: string, wish: TextWish = {}): number {
    return this.#use(wish).widthOfString(text);
  }

  /** The lines that a text takes at a width. */
  lines(text: string, width: number, wish: TextWish = {}): string[] {
    return text.split('\n').flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      for (const word of paragraph.split(/\s+/).flatMap((one) => this.#cut(one, width, wish))) {
        const longer = line === '' ? word : `${line} ${word}`;
        if (line !== '' && this.widthOf(longer, wish) > width) {
          lines.push(line);
          line = word;
        } else line = longer;
      }
      return [...lines, line];
    });
  }

  /** A word that is wider than the paper goes on in the next line. */
  #cut(word: string, width: number, wish: TextWish): string[] {
    if (this.widthOf(word, wish) <= width) return [word];
    const parts: string[] = [];
    let part = '';
    for (const letter of word) {
      if (part !== '' && this.widthOf(part + letter, wish) > width) {
        parts.push(part);
        part = '';
      }
      part += letter;
    }
    return [...parts, part];
  }

  lineHeight({ size = TEXT }: TextWish = {}): number {
    return size * LINE;
  }

  heightOf(text: string, width: number, wish: TextWish = {}): number {
    return this.lines(text, width, wish).length * this.lineHeight(wish);
  }

  /** Writes a text with its top at `y` and gives the height that it takes. */
  write(text: string, x: number, y: number, wish: TextWish = {}): number {
    const { width, align = 'left', grey = false } = wish;
    const lines = width === undefined ? [text] : this.lines(text, width, wish);
    const doc = this.#use(wish).fillColor(grey ? GREY : '#000000');
    lines.forEach((line, n) => {
      const free = (width ?? 0) - (align === 'left' ? 0 : this.widthOf(line, wish));
      const from = align === 'left' ? x : x + (align === 'right' ? free : free / 2);
      doc.text(line, from, y + n * this.lineHeight(wish), { lineBreak: false });
    });
    return lines.length * this.lineHeight(wish);
  }

  rule(y: number, x1 = this.left, x2 = this.right, thick = 0.6): void {
    this.doc.lineWidth(thick).strokeColor('#000000').moveTo(x1, y).lineTo(x2, y).stroke();
  }

  box(x: number, y: number, side = 9): void {
    this.doc.lineWidth(0.9).strokeColor('#000000').rect(x, y, side, side).stroke();
  }
}
