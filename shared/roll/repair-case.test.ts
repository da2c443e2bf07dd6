import { expect, test } from 'vitest';
import { repairCase } from './repair-case.ts';

test('names in capitals are spelled as people spell them', () => {
  const names = [
    "O'BRIEN|O'Brien",
    "d'angelo|D'Angelo",
    "SMITH-O'NEIL|Smith-O'Neil",
    'MCDONALD-MCKAY|McDonald-McKay',
    'MACDONALD|MacDonald',
    'MACARTHUR|MacArthur',
    'MACK|Mack',
    'MACHADO|Machado',
    'MACY|Macy',
    'MACALUSO|Macaluso',
    'MACIAS|Macias',
    'ST. JOHN|St. John',
    'DE LA CRUZ|De La Cruz',
    'VAN DER BERG|Van Der Berg',
    'SMITH III|Smith III',
    'ÖZDEMIR|Özdemir',
    // As they write it themselves.
    'de la Cruz|de la Cruz',
    'deVries|deVries',
  ];
  const said = names.map((line) => line.split('|')[0] ?? '');
  expect(said.map((name) => `${name}|${repairCase(name)}`)).toEqual(names);
});

test('towns keep their capitals, and an s behind an apostrophe stays small', () => {
  expect(repairCase('DE LAND')).toBe('De Land');
  expect(repairCase("KING'S LYNN")).toBe("King's Lynn");
});
