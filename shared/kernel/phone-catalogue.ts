/** One expected failure: `status` is the HTTP status that carries it. */
export interface CatalogueEntry {
  readonly status: number;
  readonly en: string;
  readonly es: string;
}

/**
 * Of the catalogue (catalogue.ts) what can happen on a volunteer's phone, with and without a network:
 * phones keep these sentences, and no others. Kept in alphabetical order.
 */
export const phoneCatalogue = {
  'ask-passkey': {
    status: 403,
    en: 'This needs your passkey once more. Nothing was changed. Use your passkey and try again.',
    es: 'Para esto hace falta tu llave de acceso una vez más. No se cambió nada. Usa tu llave e intenta de nuevo.',
  },
  'body-too-large': {
    status: 413,
    en: 'That is larger than this server takes ({limit}). Nothing was changed.',
    es: 'Es más grande de lo que este servidor acepta ({limit}). No se cambió nada.',
  },
  'code-refused': {
    status: 404,
    en: 'This code does not open a turf. It may have expired. Ask your coordinator for a new one.',
    es: 'Este código no abre ninguna zona. Puede que haya caducado. Pide uno nuevo a tu coordinación.',
  },
  'cross-site': {
    status: 403,
    en: 'This request did not come from our own pages. Nothing was changed. Open the app itself and try again.',
    es: 'Esta petición no vino de nuestras páginas. No se cambió nada. Abre la aplicación e intenta de nuevo.',
  },
  'cursor-refused': {
    status: 409,
    en: 'The server cannot go on from where this phone stopped. Nothing on the phone is lost. The phone starts over by itself.',
    es: 'El servidor no puede seguir desde donde quedó este teléfono. Nada se pierde. El teléfono empieza de nuevo por sí solo.',
  },
  'database-away': {
    status: 503,
    en: 'The database is busy or cannot be reached. Nothing of this was kept; what is on your device is safe. Try again in a moment.',
    es: 'La base de datos está ocupada o no se puede alcanzar. De esto no se guardó nada; lo que está en tu aparato sigue ahí. Inténtalo de nuevo en un momento.',
  },
  'device-key-set': {
    status: 409,
    en: 'This phone is known by another key already. Nothing was changed; what is saved on it stays and can still be sent. Ask your coordinator for a new code.',
    es: 'Este teléfono ya se conoce por otra clave. No se cambió nada; lo guardado se queda y aún se puede enviar. Pide un código nuevo a tu coordinación.',
  },
  'disk-full': {
    status: 507,
    en: 'The server has no room left on its disk. Nothing was changed; what is on your device is safe. Tell whoever runs the server.',
    es: 'Al servidor no le queda espacio en disco. No se cambió nada; lo que está en tu dispositivo está a salvo. Avisa a quien lo administra.',
  },
  'encoding-refused': {
    status: 415,
    en: 'The server does not unpack this kind of body here. Nothing was changed; what is on your device is safe. Send it unpacked.',
    es: 'El servidor no desempaqueta aquí este tipo de contenido. No se cambió nada; lo que está en tu dispositivo está a salvo. Envíalo sin comprimir.',
  },
  'file-unreadable': {
    status: 400,
    en: 'The file could not be read: it was moved or changed, or its drive is gone. Nothing was sent. Choose it again.',
    es: 'No se pudo leer el archivo: se movió, cambió o se desconectó su unidad. No se envió nada. Elígelo otra vez.',
  },
  'handed-refused': {
    status: 409,
    en: 'The chapter does not know who handed this turf over. Nothing was lost: what you did stays on this phone. Save it as a file and ask your coordinator for a code.',
    es: 'La organización no reconoce a quien entregó esta zona. No se perdió nada: lo que hiciste sigue en este teléfono. Guárdalo como archivo y pide un código a tu coordinación.',
  },
  'handed-unreadable': {
    status: 400,
    en: 'These ten letters do not open it, or it is no turf. Nothing was changed. Look at the letters on the other screen and type them again.',
    es: 'Estas diez letras no lo abren, o no es una zona. No se cambió nada. Mira las letras en la otra pantalla y escríbelas otra vez.',
  },
  'handed-unready': {
    status: 409,
    en: 'This phone cannot hand its turf over now: its list is locked, or it walks no turf. Nothing was changed. Open the list and try again.',
    es: 'Este teléfono no puede entregar su zona ahora: su lista está bloqueada, o no recorre ninguna. No se cambió nada. Abre la lista y vuelve a intentarlo.',
  },
  'held-decided': {
    status: 409,
    en: 'Somebody has decided this already. Their decision stands and nothing was changed. Load the list again.',
    es: 'Alguien ya decidió esto. Su decisión se mantiene y no se cambió nada. Carga la lista otra vez.',
  },
  'held-not-fit': {
    status: 409,
    en: 'This does not fit like that: its door or its author is not of this chapter, or it cannot be read. It stays held and nothing was changed. Give it another door, or discard it.',
    es: 'Así no encaja: su puerta o su autor no son de este capítulo, o no se puede leer. Sigue retenido y no se cambió nada. Dale otra puerta o descártalo.',
  },
  'insecure-page': {
    status: 400,
    en: 'This page was not opened over a secure connection, so nothing could be kept safely. Open the https link from your coordinator.',
    es: 'Esta página no se abrió por una conexión segura y no se podría guardar nada con seguridad. Abre el enlace https de tu coordinación.',
  },
  'install-first': {
    status: 400,
    en: 'On an iPhone or iPad, turfs are kept only by the installed app: Safari deletes what a page keeps after a week. Nothing was taken yet. Tap Share, then Add to Home Screen, open the app there and type the code.',
    es: 'En un iPhone o iPad solo la aplicación instalada guarda zonas: Safari borra a la semana lo que guarda una página. Aún no se tomó nada. Toca Compartir, luego Añadir a pantalla de inicio, abre ahí la aplicación y escribe el código.',
  },
  'join-overtaken': {
    status: 409,
    en: 'Another code was opened on this phone after this one, and its turf is the one that you walk. What is saved stays. If you want this turf instead, open its code again.',
    es: 'En este teléfono se abrió otro código después de este, y su zona es la que recorres. Lo guardado se queda. Si prefieres esta zona, abre otra vez su código.',
  },
  'link-refused': {
    status: 404,
    en: 'This sign-in link does not work. Links work once and expire. Ask for a new one.',
    es: 'Este enlace no sirve. Cada enlace sirve una sola vez y caduca. Pide uno nuevo.',
  },
  'no-network': {
    status: 503,
    en: 'There is no connection to the server now. Try again when there is. What a phone has saved stays on it and is sent later.',
    es: 'Ahora no hay conexión con el servidor. Intenta de nuevo cuando la haya. Lo que un teléfono guardó se queda en él y se envía después.',
  },
  'no-room': {
    status: 507,
    en: 'This phone has too little free space for the turf: it needs {needed} MB. Nothing was changed and what you saved is here. Delete something, such as videos, and try again.',
    es: 'Este teléfono tiene poco espacio libre para la zona: hacen falta {needed} MB. No se cambió nada y lo guardado sigue aquí. Borra algo, como videos, e intenta de nuevo.',
  },
  'no-turf': {
    status: 404,
    en: 'This phone holds no turf now. What is saved on it stays. Ask your coordinator for a code.',
    es: 'Este teléfono no tiene ninguna zona ahora. Lo guardado se queda. Pide un código a tu coordinación.',
  },
  'not-durable': {
    status: 503,
    en: 'The server’s database does not promise to keep what it confirms ({setting}), so the server takes nothing. Nothing of this was kept; what is on your device is safe and goes by itself later. Tell whoever runs the server.',
    es: 'La base de datos del servidor no promete conservar lo que confirma ({setting}), así que el servidor no acepta nada. De esto no se guardó nada; lo que está en tu aparato está a salvo y se enviará solo más tarde. Avisa a quien administra el servidor.',
  },
  'not-found': {
    status: 404,
    en: 'There is nothing here, or it is not yours to see.',
    es: 'Aquí no hay nada, o no te corresponde verlo.',
  },
  'not-saved': {
    status: 507,
    en: 'NOT saved: this phone could not write it ({reason}). Everything saved before is still here. Write it on paper, free some space, and try again.',
    es: 'NO se guardó: este teléfono no pudo escribirlo ({reason}). Todo lo anterior sigue aquí. Apúntalo en papel, libera espacio e intenta de nuevo.',
  },
  'not-signed-in': {
    status: 401,
    en: 'You are not signed in. What is saved on this device stays. Open your link again.',
    es: 'No has iniciado sesión. Lo guardado en este dispositivo se queda. Abre tu enlace otra vez.',
  },
  'not-valid': {
    status: 400,
    en: 'The server could not take this: {reason}. Nothing was changed.',
    es: 'El servidor no pudo aceptarlo: {reason}. No se cambió nada.',
  },
  'packed-wrongly': {
    status: 415,
    en: 'This was not packed as it says, or it broke off on the way. Nothing was changed; what is on your device is safe. Send it again, unpacked.',
    es: 'Esto no estaba comprimido como dice, o se cortó por el camino. No se cambió nada; lo que está en tu dispositivo está a salvo. Envíalo otra vez sin comprimir.',
  },
  'passkey-first': {
    status: 403,
    en: 'Make your passkey first. It takes half a minute, and then the desk opens.',
    es: 'Primero crea tu llave de acceso. Toma medio minuto y después se abre el escritorio.',
  },
  'passkey-here': {
    status: 409,
    en: 'This device has a passkey of yours already. Nothing was changed. Make the second one on another device, or print recovery codes.',
    es: 'Este dispositivo ya tiene una llave tuya. No se cambió nada. Crea la segunda en otro dispositivo o imprime códigos de recuperación.',
  },
  'passkey-unmade': {
    status: 400,
    en: 'The passkey was not made. Nothing was changed. Try again, or use another device.',
    es: 'No se creó la llave de acceso. No se cambió nada. Intenta de nuevo o usa otro dispositivo.',
  },
  'passkeys-elsewhere': {
    status: 409,
    en: 'Passkeys work at {address} alone. Nothing was changed. Open that address and sign in there.',
    es: 'Las llaves de acceso solo funcionan en {address}. No se cambió nada. Abre esa dirección e inicia sesión ahí.',
  },
  'rescue-refused': {
    status: 400,
    en: 'This rescue file cannot be taken: {reason}. Nothing was changed. Keep the file and the phone, and save the file again from the phone.',
    es: 'Este archivo de rescate no se puede aceptar: {reason}. No se cambió nada. Conserva el archivo y el teléfono y guarda el archivo otra vez desde el teléfono.',
  },
  'rescue-unreadable': {
    status: 400,
    en: 'This is no file that a phone saved, or it was cut short on its way. Nothing was changed. Choose the file again, or save it once more on the phone.',
    es: 'Este no es un archivo que guardó un teléfono, o se cortó por el camino. No se cambió nada. Elige el archivo otra vez o vuelve a guardarlo en el teléfono.',
  },
  'rescue-unready': {
    status: 409,
    en: 'This phone cannot make a rescue file yet: it has to reach the server once with this version of the app. What you saved is here and safe.',
    es: 'Este teléfono aún no puede hacer un archivo de rescate: debe conectar una vez con el servidor con esta versión de la aplicación. Lo guardado está aquí y a salvo.',
  },
  'server-fault': {
    status: 500,
    en: 'The server met a fault of its own. What is on your device is safe. Try again.',
    es: 'El servidor tuvo un fallo propio. Lo que está en tu dispositivo está a salvo. Intenta de nuevo.',
  },
  'storage-blocked': {
    status: 400,
    en: 'This browser does not let the app keep anything, so a walk could be lost. Use another browser or allow site data. Nothing was started.',
    es: 'Este navegador no deja que la aplicación guarde nada y el recorrido podría perderse. Usa otro navegador o permite los datos del sitio. No se empezó nada.',
  },
  'storage-private': {
    status: 400,
    en: 'This is a private window: all you record would be gone when it closes. Open the link in a normal window. Nothing was started.',
    es: 'Esta es una ventana privada: lo que anotes se borraría al cerrarla. Abre el enlace en una ventana normal. No se empezó nada.',
  },
  'too-many-tries': {
    status: 429,
    en: 'Too many tries. Wait {seconds} seconds and try again.',
    es: 'Demasiados intentos. Espera {seconds} segundos e intenta de nuevo.',
  },
  'turf-closed': {
    status: 409,
    en: 'The next pass of this turf was made already, so this one is closed. Nothing was changed. Open the next pass.',
    es: 'Ya se hizo la siguiente vuelta de esta zona, así que esta está cerrada. No se cambió nada. Abre la siguiente vuelta.',
  },
  'turf-draft': {
    status: 409,
    en: 'This turf is still a draft. Publish it first; then it can be handed out.',
    es: 'Esta zona es todavía un borrador. Publícala primero; después se puede repartir.',
  },
  'unknown-problem': {
    status: 500,
    en: 'Something went wrong that this version has no words for ({name}). What was saved before stays. Close the app and open it again to update it; if that does not help, tell your coordinator.',
    es: 'Algo salió mal y esta versión no tiene palabras para decirlo ({name}). Lo guardado antes se queda. Cierra la aplicación y ábrela otra vez para actualizarla; si no ayuda, avisa a tu coordinación.',
  },
  'update-first': {
    status: 426,
    en: 'This app is too old to load from the server. What you saved is still sent. Close the app and open it again to update it.',
    es: 'Esta aplicación es demasiado antigua para cargar datos del servidor. Lo que guardaste se sigue enviando. Ciérrala y ábrela otra vez para actualizarla.',
  },
  'version-changed': {
    status: 409,
    en: 'Somebody changed this while you worked on it. Yours was not saved. Load it again.',
    es: 'Alguien lo cambió mientras trabajabas. Lo tuyo no se guardó. Cárgalo otra vez.',
  },
} as const satisfies Readonly<Record<string, CatalogueEntry>>;
