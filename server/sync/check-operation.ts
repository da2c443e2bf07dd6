import { type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type {
  ChapterId,
  DeviceId,
  DoorId,
  MemberId,
  OpId,
  ScriptVersionId,
  TurfId,
} from '#shared/kernel/ids.ts';
import {
  BuildingNote,
  Consent,
  ContactConsent,
  Correct,
  FollowUp,
  FoundDoor,
  Knock,
  LitDrop,
  Note,
  Resident,
  Signature,
  SignUp,
  Tagged,
  TurfReport,
  Withdraw,
} from '#shared/model/fact.ts';
import { OPERATION_TYPES, type Operation, type OperationType } from '#shared/model/operation.ts';
import { id, orNull, strict } from '#shared/model/schema.ts';
import { newestVersion, upcast } from '#shared/sync/upcast.ts';

/** Far enough for a phone a thousand years off, near enough for a number of SQLite's. */
const MOST_MS = 2 ** 48;
const instantMs = Type.Number({ minimum: -MOST_MS, maximum: MOST_MS });

function envelopeOf(type: OperationType, payload: TSchema): TSchema {
  return Type.Object(
    {
      opId: id<OpId>(),
      chapterId: id<ChapterId>(),
      actorId: id<MemberId>(),
      deviceId: id<DeviceId>(),
      dbEpoch: Type.String({ minLength: 1, maxLength: 64 }),
      localSeq: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
      type: Type.Literal(type),
      v: Type.Literal(1),
      entityId: id<DoorId>(),
      scopeId: id<TurfId>(),
      scriptVersionId: orNull<ScriptVersionId>(id<ScriptVersionId>()),
      hlc: Type.String({ pattern: '^[0-9a-f]{12}-[0-9a-f]{4}$' }),
      at: Type.Object(
        { ms: instantMs, offset: Type.Integer({ minimum: -1440, maximum: 1440 }) },
        strict,
      ),
      clockOffsetMs: orNull<number>(instantMs),
      supersedes: orNull<OpId>(id<OpId>()),
      payload,
    },
    strict,
  );
}

/** AJV's `nullable` in the words of JSON Schema, which is what TypeBox compiles. */
function withoutNullable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutNullable);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, ...rest } = schema as Record<string, unknown>;
  const plain = Object.fromEntries(
    Object.entries(rest).map(([key, member]) => [key, withoutNullable(member)]),
  );
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}

const PAYLOADS: Readonly<Record<OperationType, TSchema>> = {
  knock: Knock,
  note: Note,
  resident: Resident,
  'lit-drop': LitDrop,
  withdraw: Withdraw,
  consent: Consent,
  'contact-consent': ContactConsent,
  correct: Correct,
  tag: Tagged,
  'follow-up': FollowUp,
  signature: Signature,
  door: FoundDoor,
  building: BuildingNote,
  'turf-report': TurfReport,
  'sign-up': SignUp,
};

/** Compiled once; nothing is ever stripped or put right. */
const CHECKS = new Map<string, ReturnType<typeof Compile>>(
  OPERATION_TYPES.map((type) => {
    const schema = withoutNullable(envelopeOf(type, PAYLOADS[type])) as TSchema;
    return [type, Compile(schema)] as const;
  }),
);

/** Why a body is not an operation that this version can apply. */
export type NotAnOperation = 'corrupt' | 'future';

/** The operation that a body holds, checked in full, or why it is none. */
export function checkOperation(body: string): Operation | NotAnOperation {
  let sent: unknown;
  try {
    sent = JSON.parse(body);
  } catch {
    return 'corrupt';
  }
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return 'corrupt';
  const value = upcast(sent as Readonly<Record<string, unknown>>);
  if (!('type' in value) || typeof value.type !== 'string' || !('v' in value)) return 'corrupt';
  const check = CHECKS.get(value.type);
  if (check === undefined || value.v !== newestVersion(value.type)) return 'future';
  if (!check.Check(value)) return 'corrupt';
  const operation = value as unknown as Operation;
  return operation.payload.doorId === operation.entityId ? operation : 'corrupt';
}
