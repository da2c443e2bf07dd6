interface Entry {
  readonly status: number;
  readonly en: string;
  readonly es: string;
}

/**
 * Every expected failure of phone and server, once. `status` is the HTTP status that carries it.
 * The sentences say what happened, what was kept and what to do. Kept in alphabetical order.
 */
export const catalogue = {
  'body-too-large': {
    status: 413,
    en: 'That is larger than this server takes ({limit}). Nothing was changed.',
    es: 'Es más grande de lo que este servidor acepta ({limit}). No se cambió nada.',
  },
  'code-refused': {
    status: 404,
    en: 'This code does not open a turf. It may have expired. Ask your coordinator for a new one.',
    es: 'Este código no abre ninguna zona. Puede haber caducado. Pide uno nuevo a tu coordinación.',
  },
  'link-refused': {
    status: 404,
    en: 'This sign-in link does not work. Links work once and expire. Ask for a new one.',
    es: 'Este enlace no sirve. Cada enlace sirve una sola vez y caduca. Pide uno nuevo.',
  },
  'not-found': {
    status: 404,
    en: 'There is nothing here, or it is not yours to see.',
    es: 'Aquí no hay nada, o no te corresponde verlo.',
  },
  'not-signed-in': {
    status: 401,
    en: 'You are not signed in. What is saved on this device stays. Open your link again.',
    es: 'No has iniciado sesión. Lo guardado en este aparato se queda. Abre tu enlace otra vez.',
  },
  'not-valid': {
    status: 400,
    en: 'The server could not take this: {reason}. Nothing was changed.',
    es: 'El servidor no pudo aceptarlo: {reason}. No se cambió nada.',
  },
  'server-fault': {
    status: 500,
    en: 'The server met a fault of its own. What is on your device is safe. Try again.',
    es: 'El servidor tuvo un fallo propio. Lo que está en tu aparato está a salvo. Intenta de nuevo.',
  },
  'too-many-tries': {
    status: 429,
    en: 'Too many tries. Wait {seconds} seconds and try again.',
    es: 'Demasiados intentos. Espera {seconds} segundos e intenta de nuevo.',
  },
  'version-changed': {
    status: 409,
    en: 'Somebody changed this while you worked on it. Yours was not saved. Load it again.',
    es: 'Alguien lo cambió mientras trabajabas. Lo tuyo no se guardó. Cárgalo otra vez.',
  },
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof catalogue;
