import { inflateSync } from 'node:zlib';

interface Pieces {
  /** Bodies of objects by their number, streams unpacked. */
  readonly objects: ReadonlyMap<number, { readonly head: string; readonly stream: string }>;
}

function readObjects(file: Buffer): Pieces {
  const text = file.toString('latin1');
  const objects = new Map<number, { head: string; stream: string }>();
  for (const match of text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [, number = '', body = ''] = match;
    const at = body.indexOf('stream\n');
    const head = at === -1 ? body : body.slice(0, at);
    let stream = '';
    if (at !== -1) {
      const raw = Buffer.from(body.slice(at + 7, body.lastIndexOf('\nendstream')), 'latin1');
      stream = (head.includes('FlateDecode') ? inflateSync(raw) : raw).toString('latin1');
    }
    objects.set(Number(number), { head, stream });
  }
  return { objects };
}

const words = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What each glyph of a font stands for, out of its ToUnicode map. */
function readGlyphs(map: string): Map<number, string> {
  const glyphs = new Map<number, string>();
  for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], n) =>
      glyphs.set(parseInt(from, 16) + n, words(hex.replaceAll(' ', ''))),
    );
  }
  return glyphs;
}

const refOf = (head: string, name: string): number =>
  Number(new RegExp(`/${name} (\\d+) 0 R`).exec(head)?.[1] ?? -1);

/** The text of a PDF file that pdfkit made, page by page in the order of drawing, one line a write. */
export function readPdfText(file: Buffer): string[][] {
  const { objects } = readObjects(file);
  const headOf = (key: number): string => objects.get(key)?.head ?? '';
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\n/.test(head));
  return pages.map(({ head }) => {
    const fonts = new Map<string, Map<number, string>>();
    const resources = headOf(refOf(head, 'Resources'));
    for (const [, name = '', key = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      fonts.set(
        name,
        readGlyphs(objects.get(refOf(headOf(Number(key)), 'ToUnicode'))?.stream ?? ''),
      );
    }
    const content = objects.get(refOf(head, 'Contents'))?.stream ?? '';
    const lines: string[] = [];
    let font = new Map<number, string>();
    for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|(\[[^\]]*\]) TJ/g)) {
      if (name !== undefined) font = fonts.get(name) ?? new Map<number, string>();
      if (shown === undefined) continue;
      const codes = [...shown.matchAll(/<([0-9a-f]+)>/gi)].flatMap(
        ([, hex = '']) => hex.match(/.{4}/g) ?? [],
      );
      lines.push(codes.map((code) => font.get(parseInt(code, 16)) ?? '\uFFFD').join(''));
    }
    return lines;
  });
}
