/** What an answer of each peer means, said wherever a figure stands against one. */
export const POUCHDB = 'PouchDB 9 into express-pouchdb 4.2 (written, not on the disk)';
export const HOCUSPOCUS = 'Yjs over Hocuspocus 4.7 (merged in memory, stored later)';
