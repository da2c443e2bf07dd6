import type { Plugin } from 'vite';

const HANDS_ON = /export\{([^}]*)\}from(["'`])\.\/([^"'`]+)\2;?/g;

interface Door {
  readonly from: string;
  /** What the file gives, as its name and what it is called where it is. */
  readonly names: readonly (readonly [given: string, there: string])[];
}

/** What a file of nothing but names hands on, if all of it comes from one other file. */
function readDoor(code: string): Door | null {
  const found = [...code.matchAll(HANDS_ON)];
  const [only] = found;
  if (only === undefined || found.length > 1) return null;
  if (
    code
      .replace(HANDS_ON, '')
      .replace(/import(["'`])\.\/[^"'`]+\1;?/g, '')
      .trim() !== ''
  )
    return null;
  const [, list = '', , from = ''] = only;
  const names = list.split(',').map((each) => {
    const [there = '', given = there] = each.trim().split(' as ');
    return [given, there] as const;
  });
  return { from, names };
}

/**
 * What is opened later lies in a few files (client-parts.ts), and to each page that is opened belongs
 * one more file that does nothing but name it. Phones had to ask for them and keep them, forty of them:
 * here whoever opens a page takes it out of the file where it is.
 */
export function openDirectly(): Plugin {
  return {
    name: 'open-directly',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
        for (const chunk of chunks) {
          if (!chunk.isDynamicEntry || Object.keys(chunk.modules).length > 0) continue;
          const door = readDoor(chunk.code);
          if (door === null) continue;
          const name = chunk.fileName.replace(/^assets\//, '');
          const taken = door.names.map(([given, there]) => `${given}:e.${there}`).join();
          const others = chunks.filter((each) => each !== chunk && each.code.includes(name));
          const rewritten = others.map(({ code }) =>
            ['"', "'", '`'].reduce(
              (now, quote) =>
                now
                  .replaceAll(
                    `import(${quote}./${name}${quote})`,
                    `import(${quote}./${door.from}${quote}).then(e=>({${taken}}))`,
                  )
                  .replaceAll(
                    `${quote}assets/${name}${quote}`,
                    `${quote}assets/${door.from}${quote}`,
                  ),
              code,
            ),
          );
          // Somebody asks for it in a way that we do not know: it stays.
          if (rewritten.some((code) => code.includes(name))) continue;
          others.forEach((each, at) => {
            each.code = rewritten[at] ?? each.code;
          });
          delete bundle[chunk.fileName];
        }
      },
    },
  };
}
