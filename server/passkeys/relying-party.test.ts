import { expect, test } from 'vitest';
import { findRelyingParty } from './relying-party.ts';

const asked = (host: string, protocol = 'http') => ({ host, protocol });

test.each([
  [null, asked('localhost:8080'), { id: 'localhost', origin: 'http://localhost:8080' }],
  [null, asked('localhost'), { id: 'localhost', origin: 'http://localhost' }],
  [null, asked('127.0.0.1:8080'), null],
  [null, asked('[::1]:8080'), null],
  [null, asked('canvass.example.org', 'https'), null],
  [null, asked('localhost.evil.example'), null],
  [null, asked('a b'), null],
  [
    'https://canvass.example.org',
    asked('evil.example', 'https'),
    { id: 'canvass.example.org', origin: 'https://canvass.example.org' },
  ],
  [
    'https://canvass.example.org',
    asked('localhost:8080'),
    { id: 'canvass.example.org', origin: 'https://canvass.example.org' },
  ],
  ['http://canvass.example.org', asked('canvass.example.org'), null],
  ['https://192.0.2.7', asked('192.0.2.7', 'https'), null],
  ['http://localhost:9', asked('x'), { id: 'localhost', origin: 'http://localhost:9' }],
])('PUBLIC_URL %s, asked as %o', (publicUrl, request, party) => {
  expect(findRelyingParty({ publicUrl }, request)).toEqual(party);
});
