import { around } from './make-town.ts';

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

/** Texts for the patterns that we have; the first that fits is taken. */
const TEXTS = ['xxx', '1', 'A'.repeat(43), '2025-10-04', 'US-MA', 'x@example.org'];

const isIdName = (name: string): boolean => name === 'id' || /Ids?$/.test(name);

function makeText(schema: Schema, name: string, id: string): string {
  const pattern = typeof schema['pattern'] === 'string' ? new RegExp(schema['pattern'], 'u') : null;
  const [least, most] = [Number(schema['minLength'] ?? 0), Number(schema['maxLength'] ?? 200)];
  const fits = (text: string): boolean =>
    text.length >= least && text.length <= most && (pattern?.test(text) ?? true);
  if (isIdName(name) && fits(id)) return id;
  // One that takes any words is of no id.
  if (pattern?.test(id) === true && !pattern.test('any words') && most <= 64) return id;
  return TEXTS.find(fits) ?? 'x'.repeat(Math.max(least, 1));
}

/**
 * Something that a schema takes, all its fields given, with `id` wherever an id belongs. Good enough
 * to come past the form of a request and to what it names.
 */
export function makeValid(schema: unknown, id: string, name = ''): unknown {
  if (!isSchema(schema)) return null;
  if (name === 'outline') return around(0, 1);
  if ('const' in schema) return schema['const'];
  const words: unknown = schema['enum'];
  if (Array.isArray(words)) return words[0];
  const choices: unknown = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) return makeValid(choices[0], id, name);
  switch (schema['type']) {
    case 'string':
      return makeText(schema, name, id);
    case 'integer':
    case 'number':
      return Number(schema['minimum'] ?? 0);
    case 'boolean':
      return false;
    case 'array': {
      const { items } = schema;
      if (Array.isArray(items)) return items.map((item) => makeValid(item, id, name));
      const least = Math.max(Number(schema['minItems'] ?? 0), isIdName(name) ? 1 : 0);
      return Array.from({ length: least }, () => makeValid(items, id, name));
    }
    case 'object': {
      const fields = Object.entries((schema['properties'] ?? {}) as Schema);
      return Object.fromEntries(fields.map(([key, member]) => [key, makeValid(member, id, key)]));
    }
    default:
      return null;
  }
}
