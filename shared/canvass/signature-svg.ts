import type { Signature } from '../model/fact.ts';

/** Room around what was drawn, and how thick the pen is, in the unit of strokes. */
const ROOM = 20;
const PEN = 6;

/**
 * What was signed as a picture of its own (SVG 1.1), black on nothing: any browser, word processor
 * or printer shows it. Holds numbers and nothing that was typed.
 */
export function signatureSvg(strokes: Signature['strokes']): string {
  const heights = strokes.flatMap((line) => line.filter((_, i) => i % 2 === 1));
  const height = heights.reduce((most, y) => Math.max(most, y), 0) + ROOM;
  const paths = strokes.map((line) => {
    const points: string[] = [];
    for (let i = 0; i + 1 < line.length; i += 2) points.push(`${line[i]} ${line[i + 1]}`);
    // A point alone is a dot: without a second one nothing would be drawn.
    const [first = '0 0'] = points;
    return `M${points.length === 1 ? `${first}L${first}` : points.join('L')}`;
  });
  const pen = `fill="none" stroke="black" stroke-width="${PEN}" stroke-linecap="round" stroke-linejoin="round"`;
  const box = `viewBox="0 0 ${1000 + ROOM} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}><path ${pen} d="${paths.join('')}"/></svg>`;
}
