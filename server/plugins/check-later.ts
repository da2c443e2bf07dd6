import AjvCompiler from '@fastify/ajv-compiler';

type BuildValidator = ReturnType<typeof AjvCompiler>;
type Compile = ReturnType<BuildValidator>;
type Check = ReturnType<Compile>;

/** One for all servers of a process: what was compiled once is known by its schema. */
const buildValidator: BuildValidator = AjvCompiler();

/**
 * Schemas become checks at the first request that needs them. All of them together are a third of
 * the processor that a start takes, and a server that is started anew on a Saturday needs a few.
 */
export const buildLaterValidator: BuildValidator = (...given) => {
  const compile = buildValidator(...given);
  return (route) => {
    let made: Check | null = null;
    const check = (value: unknown): unknown => {
      made ??= compile(route);
      const fits = made(value);
      (check as Check).errors = made.errors ?? null;
      return fits;
    };
    return check as Check;
  };
};
