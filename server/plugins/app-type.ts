import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../chapter/actor.ts';
import type { AccessRow } from './access-table.ts';
import type { Access } from './access.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call this route, and what they may read: its row of the access table. Routes never set it. */
    access?: Access;
    fields?: AccessRow['fields'];
  }
  interface FastifyRequest {
    /** Null only on routes that anyone may call. */
    actor: Actor | null;
  }
}

/** The app with its schemas' types. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
