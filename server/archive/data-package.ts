import type { ArchiveResource } from './resource.ts';
import type { WrittenFile } from './write-text.ts';

export interface PackageOf {
  readonly slug: string;
  readonly name: string;
  readonly at: number;
  readonly version: string;
}

/**
 * The data dictionary: a Tabular Data Package (Frictionless, version 1), so that any program which
 * knows the standard reads the files with their types and keys.
 */
export function dataPackage(
  { slug, name, at, version }: PackageOf,
  files: readonly {
    readonly resource: ArchiveResource;
    readonly file: WrittenFile;
    readonly rows: number;
  }[],
): string {
  const described = {
    profile: 'tabular-data-package',
    name: slug,
    title: `${name}: everything of this chapter`,
    description: 'What README.txt says of each file, for programs.',
    created: new Date(at).toISOString(),
    homegroundVersion: version,
    resources: files.map(({ resource, file, rows }) => ({
      profile: 'tabular-data-resource',
      name: resource.name.replaceAll('_', '-'),
      path: file.name,
      description: resource.description,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      bytes: file.bytes,
      hash: `sha256:${file.sha256}`,
      rows,
      dialect: {
        delimiter: ',',
        lineTerminator: '\r\n',
        quoteChar: '"',
        doubleQuote: true,
        header: true,
      },
      schema: {
        fields: resource.fields.map((one) => ({
          ...one,
          ...(resource.primaryKey.includes(one.name) && { constraints: { required: true } }),
        })),
        missingValues: [''],
        primaryKey: [...resource.primaryKey],
        foreignKeys: resource.foreignKeys.map(({ fields, resource: to, to: names }) => ({
          fields: [...fields],
          reference: { resource: to.replaceAll('_', '-'), fields: [...names] },
        })),
      },
    })),
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}
