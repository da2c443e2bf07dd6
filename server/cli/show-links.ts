import { renderUnicodeCompact } from 'uqr';
import type { DemoLinks } from '../chapter/demo-links.ts';

/** The links of a demo chapter for a terminal, the canvasser's as a QR code too. */
export function showLinks(chapterName: string, links: DemoLinks): string {
  const lines = [chapterName, ''];
  const row = (who: string, link: string | null): void => {
    if (link !== null) lines.push(`  ${who.padEnd(14)} ${link}`);
  };
  row('Coordinator', links.coordinator);
  row('Research lead', links.researchLead);
  row('Admin', links.admin);
  row('Canvasser', links.canvasser);
  if (links.code !== null) row('', `or type the code ${links.code} at /join`);
  if (links.canvasser !== null)
    lines.push('', renderUnicodeCompact(links.canvasser, { border: 2 }));
  return lines.join('\n');
}
