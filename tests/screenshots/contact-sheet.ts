import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes one page with all pictures, a row for each state and a column for each look. */
export function writeContactSheet(
  folder: string,
  states: readonly string[],
  looks: readonly string[],
  missed: readonly string[],
): void {
  const cell = (look: string, state: string): string => {
    const there = existsSync(join(folder, look, `${state}.png`));
    return there ? `<td><img loading="lazy" src="${look}/${state}.png" alt=""></td>` : '<td></td>';
  };
  const rows = states.map(
    (state) => `<tr><th>${state}</th>${looks.map((look) => cell(look, state)).join('')}</tr>`,
  );
  const escaped = missed.map((line) => `<li>${line.replaceAll('<', '&lt;')}</li>`);
  writeFileSync(
    join(folder, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Every state of the phone</title>
<style>body{font:14px sans-serif}img{width:270px;border:1px solid #999}th{text-align:left}</style>
<ul>${escaped.join('')}</ul>
<table><tr><th></th>${looks.map((look) => `<th>${look}</th>`).join('')}</tr>
${rows.join('\n')}
</table>
`,
  );
}
