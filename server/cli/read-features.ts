import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from './terminal.ts';

/** A feature of a file that anybody may have written: nothing about it is certain. */
export interface LooseFeature {
  readonly id?: unknown;
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown } | null;
}

/** The features of a GeoJSON file. Ends the command with a sentence when it is none. */
export function readFeatures(path: string): readonly LooseFeature[] {
  const file = resolve(path);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError(`There is no file ${file}. Nothing was cut.`);
  if (found.isDirectory()) {
    throw new CommandError(`${file} is a folder and not a file. Nothing was cut.`);
  }
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    throw new CommandError(`${file} is not JSON. Nothing was cut. Give a GeoJSON file.`);
  }
  const features = (json as { readonly features?: unknown } | null)?.features;
  if (!Array.isArray(features)) {
    throw new CommandError(
      `${file} has no features. Nothing was cut. Give a GeoJSON file with a FeatureCollection.`,
    );
  }
  return features.filter((one) => typeof one === 'object' && one !== null) as LooseFeature[];
}
