import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import type { LayerDraft, LayerList } from '#shared/model/layer.ts';
import type { RollField } from '#shared/model/roll.ts';
import type { TestApp } from './make-app.ts';

/** A file for a layer, and what its columns are. */
export interface LayerWish {
  readonly text: string;
  readonly who: readonly (readonly [number, RollField])[];
  readonly columns?: readonly { column: number; name: string; kind: string }[];
  readonly how?: 'id' | 'name' | 'both';
  readonly members?: boolean;
}
type Headers = Record<'cookie', string>;

export const LAYER_TERMS = {
  source: 'the union',
  obtainedOn: '2025-10-01',
  purpose: 'political',
  agreement: 'by mail',
} as const;

/** Uploads the file and asks to have it matched. */
export async function beginLayer({ app }: TestApp, headers: Headers, wish: LayerWish) {
  const { text, who, columns = [], how = 'id', members = false } = wish;
  const put = await app.inject({
    method: 'PUT',
    url: '/v1/roll/uploads?name=list.csv.gz',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    payload: gzipSync(text),
  });
  const { uploadId } = put.json<{ uploadId: string }>();
  const mapping = {
    encoding: 'utf-8',
    delimiter: ',',
    layout: null,
    headerLine: 1,
    columns: who.map(([column, field]) => ({ column, field })),
  };
  const payload = { uploadId, mapping, how, members, columns };
  return app.inject({ method: 'POST', url: '/v1/roll/layers/drafts', headers, payload });
}

/** The draft once it is matched, or kept. */
export async function layerEnded({ app }: TestApp, headers: Headers, id: string) {
  const draft = async (): Promise<LayerDraft> => {
    const answer = await app.inject({ url: `/v1/roll/layers/drafts/${id}`, headers });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<LayerDraft>();
  };
  await expect
    .poll(async () => (await draft()).state, { timeout: 20_000 })
    .not.toMatch(/^(matching|keeping)$/);
  return draft();
}

export async function matchLayer(
  server: TestApp,
  headers: Headers,
  wish: LayerWish,
): Promise<LayerDraft> {
  const answer = await beginLayer(server, headers, wish);
  expect(answer.statusCode, answer.body).toBe(200);
  return layerEnded(server, headers, answer.json<LayerDraft>().id);
}

/** A layer that is kept and the preview of another: the ids by which each is asked for. */
export async function appendLayer(
  server: TestApp,
  headers: Headers,
  wish: LayerWish,
  name: string,
): Promise<{ readonly layer: string; readonly draft: string }> {
  const first = await matchLayer(server, headers, wish);
  await server.app.inject({
    method: 'POST',
    url: `/v1/roll/layers/drafts/${first.id}/keep`,
    headers,
    payload: { name, terms: LAYER_TERMS, replaces: null },
  });
  expect((await layerEnded(server, headers, first.id)).state).toBe('kept');
  const list = await server.app.inject({ url: '/v1/roll/layers', headers });
  const layer = list.json<LayerList>().layers.find((one) => one.name === name);
  const draft = await matchLayer(server, headers, wish);
  return { layer: layer?.id ?? '', draft: draft.id };
}
