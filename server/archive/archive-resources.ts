import { BOOK_RESOURCES } from './book-resources.ts';
import { FIELD_RESOURCES } from './field-resources.ts';
import type { ArchiveResource } from './resource.ts';
import { ROLL_RESOURCES } from './roll-resources.ts';
import { WORK_RESOURCES } from './work-resources.ts';

/** Every CSV file of an archive, those that others refer to first. */
export const ARCHIVE_RESOURCES: readonly ArchiveResource[] = [
  ...WORK_RESOURCES.slice(0, 4),
  ...ROLL_RESOURCES,
  ...WORK_RESOURCES.slice(4),
  ...FIELD_RESOURCES,
  ...BOOK_RESOURCES,
];
