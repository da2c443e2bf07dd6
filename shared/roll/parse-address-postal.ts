import type { Word } from './parse-address-words.ts';
import { STREET_TYPES } from './street-words.ts';

export type PostalKind = 'po-box' | 'rural-route' | 'general-delivery' | 'protected' | 'empty';

/** An address that names no street, as the post prints it. */
export interface PostalAddress {
  readonly kind: PostalKind;
  readonly line: string;
}

const STARTS: ReadonlySet<string> = new Set(
  'PO P POB POBOX POST BOX DRAWER CALLER FIRM BIN APARTADO APDO LOCK LOCKBOX RR RFD R RURAL RD RT RTE ROUTE HC HCR H HIGHWAY STAR SR GENERAL GEN GD PSC CMR UNIT'.split(
    ' ',
  ),
);

const BOX_NAME = '(?:NO |NUMBER )?#? ?([A-Z0-9][A-Z0-9-]*)';
const PO_BOX = new RegExp(
  `^(?:P ?O ?B(?:OX)?|POST (?:OFFICE|OFC|OFF) (?:BOX|DRAWER|BX)|P ?O (?:BX|DRAWER|DR)|(?:LOCK ?)?BOX|DRAWER|(?:FIRM )?CALLER(?: BOX)?|BIN(?= #? ?\\d)|(?:APARTADO|APDO)(?: POSTAL)?|P ?O)(?: |(?=#|\\d)|$)${BOX_NAME}(?: |$)`,
);
const RURAL = new RegExp(
  `^(?:RR|R ?R|RFD|R ?F ?D|RURAL (?:ROUTE|RTE|RT|DELIVERY)|RURAL)(?: ?(?:ROUTE|RTE|RT|NO|NUMBER|#))*(?: ?0*(\\d+[A-Z]?))?(?: (?:BOX|BX|#)(?: |(?=\\d))${BOX_NAME})?(?: |$)`,
);
const RURAL_BOX = new RegExp(
  `^(?:RD|RT|RTE|ROUTE|R)(?: ?(?:NO|NUMBER|#))? ?0*(\\d+[A-Z]?) (?:BOX|BX) ?${BOX_NAME}(?: |$)`,
);
const CONTRACT = new RegExp(
  `^(?:(?:HCR?|H ?C|HIGHWAY CONTRACT)(?: (?:ROUTE|RTE|RT))?|STAR (?:ROUTE|RTE|RT)|SR(?= \\d+ BOX))(?: ?(?:NO|NUMBER|#))?(?:[ -]?0*(\\d+[A-Z]?|[A-Z](?= BOX)))?(?: (?:BOX|BX) ?${BOX_NAME})?(?: |$)`,
);
const BOX_FIRST = /^BOX ([A-Z0-9-]+) (?:RR|RFD|RURAL ROUTE) ?#? ?0*(\d+)(?: |$)/;
const MILITARY = /^(PSC|CMR|UNIT) (\d+[A-Z]?) BOX (\d+[A-Z]?)(?: |$)/;
const GENERAL = /^(?:GEN(?:ERAL)? (?:DEL(?:IVERY|IV|Y)?|DLVRY|DLVY)|GD)(?: |$)/;

const HIDDEN =
  /\b(?:PROTECTED|CONFIDENTIAL|CONFIDENTIALITY|WITHHELD|SUPPRESSED|REDACTED|UNDISCLOSED|SAFE AT HOME|SEALED|NOT DISCLOSED|RESTRICTED|NOT PUBLIC|NON ?PUBLIC|EXEMPT|REMOVED|CONFID)\b|^(?:ACP|PRIVATE)(?: ADDRESS| PARTICIPANT| VOTER)?$|^ADDRESS ON FILE$/;
const NOTHING =
  /^(?:N A|N\/A|NA|NONE|NULL|NIL|UNKNOWN|UNK|NO ADDRESS|ADDRESS UNKNOWN|UNKNOWN ADDRESS|NOT (?:GIVEN|PROVIDED|AVAILABLE)|NO (?:KNOWN|FIXED|PERMANENT) ADDRESS|BLANK|XX+|HOMELESS|TRANSIENT)$/;

function textOf(words: readonly Word[], from: number, to: number): string {
  let text = words[from]?.text ?? '';
  for (let i = from + 1; i < to; i++) text += ` ${words[i]?.text ?? ''}`;
  return text;
}

/** A box, a rural route or general delivery from a word on; null where a street may stand. */
export function readPostal(words: readonly Word[], from: number, to: number): PostalAddress | null {
  const first = words[from]?.text ?? '';
  if (!STARTS.has(first) && !/^(?:RR|RFD|HCR?|POB|R)-?\d/.test(first)) return null;
  const text = textOf(words, from, Math.min(to, from + 10));
  if (GENERAL.test(text)) return { kind: 'general-delivery', line: 'GENERAL DELIVERY' };
  const military = MILITARY.exec(text);
  if (military !== null) {
    return { kind: 'po-box', line: `${military[1]} ${military[2]} BOX ${military[3]}` };
  }
  const turned = BOX_FIRST.exec(text);
  if (turned !== null) return route('RR', turned[2], turned[1]);
  const contract = CONTRACT.exec(text);
  if (contract !== null && isContract(text, contract)) return route('HC', contract[1], contract[2]);
  const rural = RURAL_BOX.exec(text) ?? RURAL.exec(text);
  if (rural !== null && isRural(text, rural)) return route('RR', rural[1], rural[2]);
  const box = PO_BOX.exec(text);
  if (box === null || (first === 'BOX' && !/\d/.test(box[1] ?? '') && to - from > 2)) return null;
  if (box[1] === 'BOX') return { kind: 'po-box', line: 'PO BOX' };
  if (STREET_TYPES.has(box[1] ?? '') && /^(?:P|PO|DRAWER|LOCK)$/.test(first)) return null;
  return { kind: 'po-box', line: `PO BOX ${trimZeros(box[1])}` };
}

/** `HC` alone may be anything; a star route or a number makes it one. */
function isContract(text: string, found: RegExpExecArray): boolean {
  return found[1] !== undefined || found[2] !== undefined || text.startsWith('STAR');
}

function isRural(text: string, found: RegExpExecArray): boolean {
  return found[1] !== undefined || found[2] !== undefined || /^(?:RFD|RURAL ROUTE|RR)$/.test(text);
}

function route(name: string, number: string | undefined, box: string | undefined): PostalAddress {
  const parts = [name, number ?? '', box === undefined ? '' : `BOX ${trimZeros(box)}`];
  return { kind: 'rural-route', line: parts.filter((part) => part !== '').join(' ') };
}

function trimZeros(box: string | undefined): string {
  return (box ?? '').replace(/^0+(?=\d)/, '');
}

/** Lines that say that there is an address and not which, and lines that say nothing. */
export function readNone(words: readonly Word[], line: string): PostalAddress | null {
  if (words.length === 0) {
    return { kind: line.includes('*') ? 'protected' : 'empty', line: '' };
  }
  const first = words[0]?.text ?? '';
  if (/^\d/.test(first)) return null;
  const text = textOf(words, 0, Math.min(words.length, 12));
  if (NOTHING.test(text)) return { kind: 'empty', line: '' };
  const last = words.at(-1)?.text ?? '';
  const street = words.length > 1 && STREET_TYPES.has(last);
  return !street && HIDDEN.test(text) ? { kind: 'protected', line: '' } : null;
}
