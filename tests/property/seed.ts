import fc from 'fast-check';

/**
 * The same cases at every run, so that a change is judged by itself. `FC_SEED=12345` tries others;
 * a failure prints the seed and the path that play it again.
 */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
