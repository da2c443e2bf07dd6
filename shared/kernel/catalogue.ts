import { type CatalogueEntry, phoneCatalogue } from './phone-catalogue.ts';

/**
 * Every expected failure of phone and server, once. `status` is the HTTP status that carries it.
 * The sentences say what happened, what was kept and what to do. Kept in alphabetical order; those
 * that a phone can meet are in phone-catalogue.ts.
 */
export const catalogue = {
  ...phoneCatalogue,
  'already-merged': {
    status: 409,
    en: 'These two are one person already. Nothing was changed.',
    es: 'Estas dos ya son una misma persona. No se cambió nada.',
  },
  'archive-running': {
    status: 409,
    en: 'An archive of this chapter is being made by another server or a command. Nothing was changed. Wait until it has ended.',
    es: 'Otro servidor u otra orden está creando un archivo completo de este capítulo. No se cambió nada. Espera a que termine.',
  },
  'backup-failed': {
    status: 500,
    en: 'The backup was not made. The ones before it stay as they are. The list says why; if it is the disk, tell whoever runs the server.',
    es: 'La copia de seguridad no se hizo. Las anteriores quedan como están. La lista dice por qué; si es el disco, avisa a quien administra el servidor.',
  },
  'backup-key-first': {
    status: 409,
    en: 'The chapter has no backup key yet, and a backup without one would be open to whoever gets it. Nothing was written. Make the key first.',
    es: 'El capítulo aún no tiene llave de copias, y una copia sin ella la podría abrir cualquiera. No se escribió nada. Crea primero la llave.',
  },
  'backup-key-missing': {
    status: 400,
    en: 'This backup is sealed, and only the chapter’s secret key opens it. Nothing was changed. Give the key that is kept on paper.',
    es: 'Esta copia está sellada y solo la abre la llave secreta del capítulo. No se cambió nada. Da la llave que se guarda en papel.',
  },
  'backup-key-wrong': {
    status: 400,
    en: 'This key does not open the backup: a letter is wrong, or it was sealed to another key. Nothing was changed. Read it once more from the paper.',
    es: 'Esta llave no abre la copia: hay una letra mal o se selló para otra. No se cambió nada. Léela otra vez del papel.',
  },
  'backup-refused': {
    status: 400,
    en: 'This file cannot take the chapter’s place: {reason}. The chapter stays as it is. Choose another backup.',
    es: 'Este archivo no puede ocupar el lugar del capítulo: {reason}. El capítulo queda como está. Elige otra copia.',
  },
  'backup-running': {
    status: 409,
    en: 'A backup or a drill of this chapter is under way. Nothing was changed. Wait until it has ended.',
    es: 'Hay una copia o un simulacro de este capítulo en marcha. No se cambió nada. Espera a que termine.',
  },
  'basemap-too-large': {
    status: 413,
    en: 'The map file covers {tiles} tiles, and a chapter’s map at most {limit}. Nothing was changed. Cut it to your county, for example with “pmtiles extract”.',
    es: 'El archivo del mapa abarca {tiles} teselas, y el mapa de un capítulo a lo sumo {limit}. No se cambió nada. Recórtalo a tu condado, por ejemplo con «pmtiles extract».',
  },
  'basemap-unreadable': {
    status: 400,
    en: '{path} is no PMTiles file with vector tiles, or a part of it is missing. Nothing was changed. Copy or make it again.',
    es: '{path} no es un archivo PMTiles con teselas vectoriales, o le falta una parte. No se cambió nada. Cópialo o créalo otra vez.',
  },
  'building-in-two-turfs': {
    status: 409,
    en: 'Every building inside this outline is in another turf already: {turfs}. Nothing was changed. To take doors from there, use Move doors.',
    es: 'Todos los edificios de este contorno ya están en otra zona: {turfs}. No se cambió nada. Para traer puertas de ahí, usa Mover puertas.',
  },
  'cut-cancelled': {
    status: 409,
    en: 'The cut was stopped before it was done. Nothing was kept of it. Start it again when you like.',
    es: 'El reparto se detuvo antes de terminar. No se guardó nada. Puedes empezarlo otra vez.',
  },
  'cut-double-id': {
    status: 400,
    en: 'Two doors have the same id, {id}, so nobody could say which of them is in a turf. Nothing was cut. Give each door an id of its own.',
    es: 'Dos puertas tienen el mismo identificador, {id}, y no se sabría cuál está en una zona. No se cortó nada. Da a cada puerta el suyo.',
  },
  'cut-empty': {
    status: 400,
    en: 'There is no door to cut turf from. Nothing was cut. Choose a universe with doors, or a file that has some.',
    es: 'No hay ninguna puerta para cortar zonas. No se cortó nada. Elige un universo con puertas o un archivo que las tenga.',
  },
  'cut-failed': {
    status: 500,
    en: 'The cut ended before it was done: this device may be short of memory. Your plan is as it was. Close what else is open and cut again, or cut fewer doors at a time.',
    es: 'El reparto se cortó antes de terminar: quizá a este equipo le falte memoria. Tu plan está como estaba. Cierra lo demás y repite, o reparte menos puertas cada vez.',
  },
  'cut-households': {
    status: 400,
    en: 'The door {id} has a number of households or people that is none. Nothing was cut. Give a number from 0 to 100,000.',
    es: 'La puerta {id} tiene un número de hogares o de personas que no es válido. No se cortó nada. Da un número de 0 a 100,000.',
  },
  'cut-size': {
    status: 400,
    en: '“{size}” is no size for a turf. Nothing was cut. Give a number of doors or minutes from 1 to 100,000.',
    es: '«{size}» no es un tamaño de zona. No se cortó nada. Da un número de puertas o de minutos de 1 a 100,000.',
  },
  'cut-tolerance': {
    status: 400,
    en: '“{tolerance}” is no tolerance. Nothing was cut. Give a share from 0 to 1, such as 0.1 for ten per cent either way.',
    es: '«{tolerance}» no es una tolerancia. No se cortó nada. Da una parte de 0 a 1, como 0.1 para un diez por ciento de más o de menos.',
  },
  'cut-too-many': {
    status: 413,
    en: 'That is {doors} doors, and one cut takes at most {most}. Nothing was cut. Cut them in parts.',
    es: 'Son {doors} puertas y un reparto admite como mucho {most}. No se cortó nada. Repártelas por partes.',
  },
  'cut-turfs': {
    status: 400,
    en: '“{turfs}” is no number of turfs. Nothing was cut. Give a whole number from 1 to 100,000.',
    es: '«{turfs}» no es un número de zonas. No se cortó nada. Da un número entero de 1 a 100,000.',
  },
  'hold-over': {
    status: 409,
    en: 'This phone does not hold the turf any more, and deletes it the next time it is heard of. Nothing was changed. Open a code and let it join anew; what it has not sent still comes.',
    es: 'Este teléfono ya no tiene la zona y la borra la próxima vez que se sepa de él. No se cambió nada. Abre un código y que entre de nuevo; lo que no ha enviado llega igual.',
  },
  'hold-until': {
    status: 400,
    en: 'A phone keeps a turf for 30 days at most, and until a time that is still to come. Nothing was changed. Choose another time.',
    es: 'Un teléfono conserva una zona 30 días como máximo, y hasta un momento que aún no ha pasado. No se cambió nada. Elige otro momento.',
  },
  'import-failed': {
    status: 500,
    en: 'The import stopped through a fault of the server. The roll is as it was before. Start it again; if it stops again, tell whoever runs the server.',
    es: 'La importación se detuvo por un fallo del servidor. El padrón queda como antes. Iníciala otra vez; si vuelve a detenerse, avisa a quien administra el servidor.',
  },
  'import-interrupted': {
    status: 409,
    en: 'The server was stopped while this import ran. The roll is as it was before. Start the import again.',
    es: 'El servidor se apagó durante esta importación. El padrón queda como antes. Inicia la importación otra vez.',
  },
  'import-running': {
    status: 409,
    en: 'Another import of this chapter is still running. Nothing was changed. Wait until it ends, or cancel it first.',
    es: 'Otra importación de este capítulo sigue en marcha. No se cambió nada. Espera a que termine o cancélala primero.',
  },
  'import-waiting': {
    status: 409,
    en: 'A roll that was read before still waits beside the one that stands. Nothing was changed. Apply it or throw it away, then import the next one.',
    es: 'Un padrón leído antes todavía espera junto al vigente. No se cambió nada. Aplícalo o deséchalo y después importa el siguiente.',
  },
  'kept-apart': {
    status: 409,
    en: 'Somebody has said that these are two people. Nothing was changed. Take that back first if they are one.',
    es: 'Alguien dijo que son dos personas. No se cambió nada. Si son una, deshaz eso primero.',
  },
  'last-admin': {
    status: 409,
    en: 'The chapter would be left without an admin. Nothing was changed. Make somebody else an admin first.',
    es: 'El capítulo se quedaría sin nadie que lo administre. No se cambió nada. Nombra antes a otra persona.',
  },
  'last-passkey': {
    status: 409,
    en: 'This is your only passkey and you have no recovery codes left, so it stays. Make another passkey or print codes first.',
    es: 'Es tu única llave de acceso y no te quedan códigos de recuperación, así que se queda. Crea antes otra llave o imprime códigos.',
  },
  'layer-column-refused': {
    status: 400,
    en: 'The column {column} is not taken: {reason}. Nothing was kept. Leave it out.',
    es: 'La columna {column} no se toma: {reason}. No se guardó nada. Déjala fuera.',
  },
  'layer-columns-missing': {
    status: 400,
    en: 'To find people this way the file must say: {missing}. Nothing was changed. Say which columns hold it, or choose another way.',
    es: 'Para encontrar personas así, el archivo debe decir: {missing}. No se cambió nada. Di qué columnas lo tienen o elige otra manera.',
  },
  'layer-draft-gone': {
    status: 404,
    en: 'What was found in this file is no longer on the server: previews stay for a day. Nothing was kept. Choose the file once more.',
    es: 'Lo que se encontró en este archivo ya no está en el servidor: las vistas previas duran un día. No se guardó nada. Elige el archivo otra vez.',
  },
  'layer-in-use': {
    status: 409,
    en: 'The universe {universe} asks for this layer. Nothing was deleted. Delete that universe first.',
    es: 'El universo {universe} pregunta por esta capa. No se borró nada. Borra primero ese universo.',
  },
  'layer-interrupted': {
    status: 500,
    en: 'The server stopped, or met a fault, before this was done. Nothing of the file was kept, and what was there stays. Try again.',
    es: 'El servidor se detuvo o encontró un fallo antes de terminar. No se guardó nada del archivo y lo que había sigue. Intenta de nuevo.',
  },
  'layer-match-again': {
    status: 409,
    en: 'Somebody was erased since the people of this file were looked for. Nothing was kept. Look for them once more.',
    es: 'Se borró a alguien desde que se buscó a las personas de este archivo. No se guardó nada. Búscalas otra vez.',
  },
  'layer-name-taken': {
    status: 409,
    en: 'There is a layer {name} already. Nothing was kept. Replace that one, or choose another name.',
    es: 'Ya hay una capa {name}. No se guardó nada. Reemplaza esa o elige otro nombre.',
  },
  'layer-not-yours': {
    status: 403,
    en: 'This question asks for a list that only admins and research leads may read. Nothing was changed. Ask one of them.',
    es: 'Esta pregunta usa una lista que solo pueden leer administración y dirección de investigación. No se cambió nada. Pídeselo a una de esas personas.',
  },
  'layer-running': {
    status: 409,
    en: 'A file is being worked on for this chapter already. Nothing was changed. Wait until it ends, or cancel it first.',
    es: 'Ya se está trabajando en un archivo para este capítulo. No se cambió nada. Espera a que termine o cancélalo primero.',
  },
  'layer-too-many-words': {
    status: 400,
    en: 'The column {column} holds more than {most} different words. Nothing was kept. Take it as a text or a number.',
    es: 'La columna {column} tiene más de {most} palabras distintas. No se guardó nada. Tómala como texto o número.',
  },
  'merge-needs-two': {
    status: 400,
    en: 'Merging takes two turfs or more. Nothing was changed. Choose another one too.',
    es: 'Para unir hacen falta dos zonas o más. No se cambió nada. Elige otra más.',
  },
  'no-voter-file': {
    status: 400,
    en: 'The folder {path} holds no voter file that we know. Nothing was imported. Put one there, with its header.',
    es: 'La carpeta {path} no tiene un padrón que conozcamos. No se importó nada. Pon ahí uno, con su encabezado.',
  },
  'nobody-to-call': {
    status: 409,
    en: 'Nobody of {universe} can be put on a call list: no telephone is known, or they are on an open one already. Nothing was made. Choose another universe, or end the lists that are done.',
    es: 'A nadie de {universe} se le puede poner en una lista de llamadas: no se conoce su teléfono, o ya están en una abierta. No se hizo nada. Elige otro universo, o termina las listas que ya están hechas.',
  },
  'not-merged': {
    status: 404,
    en: 'This person is not merged with anybody. Nothing was changed.',
    es: 'Esta persona no está unida con ninguna otra. No se cambió nada.',
  },
  'opt-out-of-door': {
    status: 409,
    en: 'Everybody at this door asked not to be contacted, not this person alone. Nothing was changed. Clear the door if all of them want it.',
    es: 'Todas las personas de esta puerta pidieron que no las contactemos, no solo esta. No se cambió nada. Levanta la marca de la puerta si todas lo quieren.',
  },
  'outline-crosses': {
    status: 400,
    en: 'This outline crosses itself, so it is not clear what lies inside. Your turf was not saved. Move the corner that crosses, or draw it again.',
    es: 'El contorno se cruza a sí mismo y no queda claro qué hay dentro. La zona no se guardó. Mueve la esquina que se cruza o dibújalo otra vez.',
  },
  'outline-holes': {
    status: 400,
    en: 'This outline has a hole in it. A turf is one outline without holes. Nothing was saved. Draw it again.',
    es: 'El contorno tiene un hueco. Una zona es un solo contorno sin huecos. No se guardó nada. Dibújalo otra vez.',
  },
  'outline-off-map': {
    status: 400,
    en: 'A corner of this outline is not on the map. Nothing was saved. Draw it again.',
    es: 'Una esquina del contorno está fuera del mapa. No se guardó nada. Dibújalo otra vez.',
  },
  'outline-open': {
    status: 400,
    en: 'This outline is not closed. Nothing was saved. Press its first corner to close it.',
    es: 'El contorno no está cerrado. No se guardó nada. Pulsa su primera esquina para cerrarlo.',
  },
  'outline-too-few': {
    status: 400,
    en: 'An outline needs at least three corners. Nothing was saved. Add a corner.',
    es: 'Un contorno necesita al menos tres esquinas. No se guardó nada. Agrega una esquina.',
  },
  'outline-too-many': {
    status: 400,
    en: 'This outline has {corners} corners; {most} are the most. Nothing was saved. Draw it with fewer.',
    es: 'El contorno tiene {corners} esquinas y el máximo es {most}. No se guardó nada. Dibújalo con menos.',
  },
  'outline-too-small': {
    status: 400,
    en: 'This outline is smaller than one house. Nothing was saved. Draw it around some doors.',
    es: 'El contorno es más pequeño que una casa. No se guardó nada. Dibújalo alrededor de algunas puertas.',
  },
  'paper-refused': {
    status: 422,
    en: 'This line could not be saved: {reason}. It is kept in this browser and nothing else was changed. Set it right and save it again, or throw it away.',
    es: 'Esta línea no se pudo guardar: {reason}. Se conserva en este navegador y no se cambió nada más. Corrígela y guárdala otra vez, o descártala.',
  },
  'passkey-refused': {
    status: 404,
    en: 'This passkey opens no chapter here. Nothing was changed. Try another one, use a recovery code, or ask an admin of your chapter for a link.',
    es: 'Esta llave de acceso no abre ningún capítulo aquí. No se cambió nada. Prueba con otra, usa un código de recuperación o pide un enlace a quien administra tu capítulo.',
  },
  'petition-empty': {
    status: 409,
    en: 'A petition without words cannot be signed. It stays a draft. Write what people sign, then open it.',
    es: 'Una petición sin texto no se puede firmar. Sigue en borrador. Escribe lo que la gente firma y luego ábrela.',
  },
  'petition-open': {
    status: 409,
    en: 'People may have signed these words already, so they stay as they are. Nothing was changed. Close it and make a new one.',
    es: 'Puede que ya haya quien firmó este texto, así que se queda como está. No se cambió nada. Ciérrala y haz otra.',
  },
  'points-no-columns': {
    status: 400,
    en: 'The list of addresses has no column for the house number and the street. Nothing was changed. Name them number and street, or give the list as OpenAddresses or the county has it.',
    es: 'La lista de direcciones no tiene columnas para el número y la calle. No se cambió nada. Llámalas number y street, o da la lista como la tiene OpenAddresses o el condado.',
  },
  'points-projected': {
    status: 400,
    en: 'The list’s coordinates are no longitude and latitude: they are in feet or metres of a map’s own grid, or changed round. Nothing was changed. Have it written in WGS84 (EPSG:4326) and load it again.',
    es: 'Las coordenadas de la lista no son longitud y latitud: están en pies o metros de una cuadrícula propia, o cambiadas de lugar. No se cambió nada. Pídela en WGS84 (EPSG:4326) y cárgala otra vez.',
  },
  'purpose-refused': {
    status: 409,
    en: 'The rules for {state} do not allow a voter file for this purpose. Nothing was imported. Choose the purpose that is in your agreement, or ask counsel.',
    es: 'Las reglas de {state} no permiten usar un padrón para este fin. No se importó nada. Elige el fin que dice tu acuerdo o consulta a una persona abogada.',
  },
  'recovery-refused': {
    status: 404,
    en: 'This recovery code does not work. Each code works once, for one member of one chapter. Check both lines, or try the next code.',
    es: 'Este código de recuperación no sirve. Cada código sirve una vez, para una persona de un capítulo. Revisa las dos líneas o prueba el siguiente código.',
  },
  'roll-archive-many': {
    status: 400,
    en: 'The ZIP archive holds {count} files, and nobody can tell which is the roll. Nothing was changed. Unpack it and choose the file with the people.',
    es: 'El archivo ZIP contiene {count} archivos y no se sabe cuál es el padrón. No se cambió nada. Descomprímelo y elige el archivo con las personas.',
  },
  'roll-archive-odd': {
    status: 400,
    en: 'This archive cannot be opened: it is damaged, locked with a password, or packed in an uncommon way. Nothing was changed. Unpack it yourself and choose the file in it.',
    es: 'Este archivo comprimido no se puede abrir: está dañado, tiene contraseña o está comprimido de forma poco común. No se cambió nada. Descomprímelo y elige el archivo que contiene.',
  },
  'roll-bomb': {
    status: 413,
    en: 'Unpacked, this archive is far larger than a voter file can be. Nothing was kept of it. Unpack it yourself and look at what is in it.',
    es: 'Descomprimido, este archivo es mucho más grande de lo que puede ser un padrón. No se guardó nada. Descomprímelo tú y mira qué contiene.',
  },
  'roll-columns-missing': {
    status: 400,
    en: 'A roll needs a column for: {missing}. Nothing was changed. Choose which columns these are, then start again.',
    es: 'Un padrón necesita una columna para: {missing}. No se cambió nada. Elige qué columnas son e inicia otra vez.',
  },
  'roll-duplicate-header': {
    status: 400,
    en: 'Two columns are called “{name}”. The first one is used; the other is left out unless you choose it.',
    es: 'Dos columnas se llaman «{name}». Se usa la primera; la otra queda fuera si no la eliges.',
  },
  'roll-empty': {
    status: 400,
    en: 'The file is empty. Nothing was changed. Export it again and check that it has rows.',
    es: 'El archivo está vacío. No se cambió nada. Expórtalo otra vez y comprueba que tenga filas.',
  },
  'roll-forbidden-column': {
    status: 400,
    en: 'The column “{name}” holds what no chapter may keep, such as numbers of social security or licences. It is left out and stored nowhere; the rest is read. Better still, export the file without it.',
    es: 'La columna «{name}» contiene lo que ningún capítulo puede guardar, como números de seguro social o de licencias. Se deja fuera y no se guarda en ninguna parte; lo demás se lee. Mejor aún, exporta el archivo sin ella.',
  },
  'roll-has-nul': {
    status: 400,
    en: 'The file holds a NUL byte on line {line}, so it was damaged on its way. Nothing was changed. Export or download it again.',
    es: 'El archivo tiene un byte NUL en la línea {line}, así que se dañó por el camino. No se cambió nada. Expórtalo o descárgalo otra vez.',
  },
  'roll-kept-elsewhere': {
    status: 409,
    en: 'A voter file of {state} may not be kept outside the United States, and nobody has said that this server is in it. Nothing was imported. Say where the server is under Rules, or use one that is there.',
    es: 'Un padrón de {state} no se puede guardar fuera de Estados Unidos, y nadie ha dicho que este servidor esté allí. No se importó nada. Di en Reglas dónde está el servidor o usa uno que esté allí.',
  },
  'roll-mapping-unfit': {
    status: 400,
    en: 'No column of the file is among the meanings that were given. Nothing was changed. Take meanings that were saved for a file of this kind.',
    es: 'Ninguna columna del archivo está entre los significados que se dieron. No se cambió nada. Usa significados guardados para un archivo de este tipo.',
  },
  'roll-no-header': {
    status: 400,
    en: 'No row of this file names its columns, and it is none of the files that are known by their places. Say for each column what it means, or add a row with their names on top.',
    es: 'Ninguna fila de este archivo da nombre a sus columnas, y no es de los que se conocen por su orden. Di qué significa cada columna o agrega arriba una fila con sus nombres.',
  },
  'roll-no-old': {
    status: 409,
    en: 'The roll before this one is not kept any more, so that it cannot come back. Nothing was changed. Import its file again.',
    es: 'El padrón anterior a este ya no se guarda y no puede volver. No se cambió nada. Vuelve a importar su archivo.',
  },
  'roll-no-people': {
    status: 400,
    en: 'None of the {rows} rows of this file could be taken. The roll is as it was before. Look at the list of rejected rows and at how the columns are mapped.',
    es: 'No se pudo tomar ninguna de las {rows} filas de este archivo. El padrón queda como antes. Mira la lista de filas rechazadas y cómo se asignaron las columnas.',
  },
  'roll-not-ready': {
    status: 409,
    en: 'No roll waits under this import. Nothing was changed. Look at the list of imports for the one that waits.',
    es: 'Ningún padrón espera en esta importación. No se cambió nada. Busca en la lista de importaciones el que espera.',
  },
  'roll-not-text': {
    status: 400,
    en: 'This is no text file with rows ({kind}). Nothing was changed. Save it as CSV or as tab-separated text and try again.',
    es: 'No es un archivo de texto con filas ({kind}). No se cambió nada. Guárdalo como CSV o como texto separado por tabuladores e intenta de nuevo.',
  },
  'roll-quote-open': {
    status: 400,
    en: 'A quotation mark after row {line} never closes, so the rows behind it cannot be told apart. The roll is as it was before. Mend that row and try again.',
    es: 'Unas comillas después de la fila {line} no se cierran, y las filas siguientes no se distinguen. El padrón queda como antes. Corrige esa fila e intenta de nuevo.',
  },
  'roll-row-too-long': {
    status: 400,
    en: 'Row {line} has no end in a quarter of a million letters, so this is no file with one row a person. The roll is as it was before. Export it again as CSV.',
    es: 'La fila {line} no termina en un cuarto de millón de letras, así que no es un archivo con una fila por persona. El padrón queda como antes. Expórtalo otra vez como CSV.',
  },
  'roll-terms-missing': {
    status: 409,
    en: 'Nobody has said under which terms this voter file came. Nothing was imported. Say its state, purpose, place, date and agreement, or that they are not known.',
    es: 'Nadie ha dicho bajo qué condiciones vino este padrón. No se importó nada. Di su estado, fin, lugar, fecha y acuerdo, o que no se saben.',
  },
  'roll-stage-gone': {
    status: 409,
    en: 'The roll that waited is not here any more: the chapter came from a copy or an archive, which has only the roll that stands. Import the file again.',
    es: 'El padrón que esperaba ya no está: el capítulo viene de una copia o de un archivo, que solo tienen el padrón vigente. Vuelve a importar el archivo.',
  },
  'roll-too-large': {
    status: 413,
    en: 'The file is larger than this server takes ({limit}). Nothing was kept of it. Export fewer columns, or ask whoever runs the server to import it there.',
    es: 'El archivo es más grande de lo que este servidor acepta ({limit}). No se guardó nada. Exporta menos columnas o pide a quien administra el servidor que lo importe allí.',
  },
  'script-not-ready': {
    status: 409,
    en: 'This script cannot be published yet: {reason}. Your draft is saved.',
    es: 'Este guion aún no se puede publicar: {reason}. Tu borrador está guardado.',
  },
  'search-running': {
    status: 409,
    en: 'Duplicates are being looked for already. Nothing was changed. Wait until the search has ended, or stop it.',
    es: 'Ya se están buscando duplicados. No se cambió nada. Espera a que termine la búsqueda o párala.',
  },
  'share-closed': {
    status: 409,
    en: 'This share is not approved, or it was decided or taken already. Nothing was changed. Load the page again.',
    es: 'Esta entrega no está aprobada, o ya se decidió o se retiró. No se cambió nada. Carga la página otra vez.',
  },
  'share-own': {
    status: 403,
    en: 'You asked for this share, so somebody else has to decide it. Nothing was changed.',
    es: 'Tú pediste esta entrega, así que otra persona tiene que decidirla. No se cambió nada.',
  },
  'slug-taken': {
    status: 409,
    en: 'Another chapter has the short name {slug}. Choose another. Nothing was changed.',
    es: 'Otro capítulo ya tiene el nombre corto {slug}. Elige otro. No se cambió nada.',
  },
  'split-misses': {
    status: 400,
    en: 'All doors of {turf} are on one side of this line, so nothing was split. Draw the line between its doors.',
    es: 'Todas las puertas de {turf} quedan a un lado de esta línea, así que no se dividió nada. Traza la línea entre sus puertas.',
  },
  'tag-exists': {
    status: 409,
    en: 'There is a tag {name} already. Nothing was changed. Use that one, offer it again, or choose another name.',
    es: 'Ya hay una etiqueta {name}. No se cambió nada. Usa esa, vuelve a ofrecerla o elige otro nombre.',
  },
  'tags-full': {
    status: 409,
    en: 'Sixty tags are offered at doors, and nobody finds one among more. Nothing was changed. Retire those that nobody uses.',
    es: 'En las puertas se ofrecen sesenta etiquetas, y entre más no se encuentra ninguna. No se cambió nada. Retira las que nadie usa.',
  },
  'turf-empty': {
    status: 409,
    en: 'No door lies inside, so there is nothing to walk. Nothing was changed. Draw the outline around some doors.',
    es: 'No hay ninguna puerta dentro, así que no hay nada que recorrer. No se cambió nada. Dibuja el contorno alrededor de algunas puertas.',
  },
  'turf-fixed': {
    status: 409,
    en: '{turf} is published, so its doors stay as they are: somebody may be walking it. Nothing was changed. Choose a turf that is still a draft.',
    es: '{turf} ya está publicada, así que sus puertas se quedan como están: puede que alguien la esté recorriendo. No se cambió nada. Elige una que aún sea borrador.',
  },
  'turf-handed-out': {
    status: 409,
    en: 'This turf was handed out, and a phone may still bring knocks from it, so it stays. Nothing was changed. Under Launch, the doors left make its next pass.',
    es: 'Esta zona ya se repartió y un teléfono aún puede traer visitas de ella, así que se queda. No se cambió nada. En Salida, las puertas que quedan forman su siguiente vuelta.',
  },
  'turf-name': {
    status: 400,
    en: 'A turf needs a name of 1 to {most} letters. The name is as it was. Write another one.',
    es: 'Una zona necesita un nombre de 1 a {most} letras. El nombre sigue como estaba. Escribe otro.',
  },
  'turf-nothing-left': {
    status: 409,
    en: 'No door of this turf is left for another pass. Nothing was changed.',
    es: 'No queda ninguna puerta de esta zona para otra vuelta. No se cambió nada.',
  },
  'turf-taken-over': {
    status: 409,
    en: 'Somebody changed {turf} while you worked on it. Nothing of this was saved. Load the plan again; the turf is as they left it.',
    es: 'Alguien cambió {turf} mientras trabajabas. Nada de esto se guardó. Carga el plan otra vez; la zona está como la dejaron.',
  },
  'turf-published': {
    status: 409,
    en: 'This turf is published: phones and paper have its numbers, so that they stay. Nothing was changed. Cut its doors anew to walk them in another order.',
    es: 'Esta zona está publicada: los teléfonos y el papel tienen sus números, así que no cambian. No se cambió nada. Corta sus puertas de nuevo para recorrerlas en otro orden.',
  },
  'turf-set-named': {
    status: 409,
    en: 'The library has turfs under the name “{name}” already. Nothing was kept. Choose another name.',
    es: 'La biblioteca ya tiene zonas con el nombre «{name}». No se guardó nada. Elige otro nombre.',
  },
  'turf-too-large': {
    status: 409,
    en: 'That would be {doors} doors in one turf, and a turf takes at most {limit}. Nothing was changed. Draw around fewer, or choose fewer turfs.',
    es: 'Serían {doors} puertas en una zona, y una zona admite {limit} como máximo. No se cambió nada. Rodea menos puertas o elige menos zonas.',
  },
  'turf-twice': {
    status: 400,
    en: 'This plan names one turf twice, so nothing was saved. Load the plan again.',
    es: 'Este plan nombra una zona dos veces, así que no se guardó nada. Carga el plan otra vez.',
  },
  'turf-walked': {
    status: 409,
    en: 'This turf holds knocks, so it stays. Nothing was changed. Under Launch, the doors left make its next pass.',
    es: 'En esta zona ya se tocaron puertas, así que se queda. No se cambió nada. En Salida, las puertas que quedan forman su siguiente vuelta.',
  },
  'turfs-apart': {
    status: 409,
    en: '{turf} lies more than {metres} m from the others: nobody walks from one to the other. Nothing was merged. Choose neighbours.',
    es: '{turf} está a más de {metres} m de las otras: nadie camina de una a otra. No se unió nada. Elige zonas vecinas.',
  },
  'universe-asked': {
    status: 409,
    en: 'The universe {universe} asks for this one. Nothing was deleted. Change that universe first.',
    es: 'El universo {universe} pregunta por este. No se borró nada. Cambia primero ese universo.',
  },
  'universe-circle': {
    status: 409,
    en: 'A universe cannot ask for itself, nor by way of others: {name} comes round again. Nothing was saved. Take out the step that asks for it.',
    es: 'Un universo no puede preguntar por sí mismo, tampoco a través de otros: {name} vuelve a aparecer. No se guardó nada. Quita el paso que pregunta por él.',
  },
  'universe-frozen': {
    status: 409,
    en: 'This universe is frozen: its people are kept as they were. Nothing was changed. Make it live again to change its steps, or duplicate it.',
    es: 'Este universo está congelado: su gente se guarda como era. No se cambió nada. Ponlo en vivo para cambiar sus pasos, o duplícalo.',
  },
  'universe-gone': {
    status: 409,
    en: 'A step asks for a universe that is not there any more. Nothing was changed. Take the step out.',
    es: 'Un paso pregunta por un universo que ya no existe. No se cambió nada. Quita ese paso.',
  },
  'universe-in-use': {
    status: 409,
    en: 'Turfs are cut from this universe, so it stays. Delete its turfs first.',
    es: 'Hay zonas cortadas de este universo, así que se queda. Borra primero sus zonas.',
  },
  'universe-steps': {
    status: 400,
    en: 'These are {count} steps with those of the universes that they ask for, long lists of elections or districts counted as several; {limit} can be asked at once. Nothing was changed. Ask for fewer, or freeze one of those universes and ask for its people.',
    es: 'Son {count} pasos con los de los universos por los que preguntan; las listas largas de elecciones o distritos cuentan como varios, y se pueden preguntar {limit} a la vez. No se cambió nada. Pregunta por menos, o congela uno de esos universos y pregunta por su gente.',
  },
  'upload-broken': {
    status: 400,
    en: 'The upload broke off, and what had come of it was removed. The roll is as it was before. Try again.',
    es: 'La subida se cortó y lo que había llegado se borró. El padrón queda como antes. Intenta de nuevo.',
  },
  'upload-busy': {
    status: 409,
    en: 'This file is being sent from another window just now. What has come is kept. Wait a moment; it goes on from there.',
    es: 'Este archivo se está enviando ahora mismo desde otra ventana. Lo que llegó se conserva. Espera un momento; sigue desde ahí.',
  },
  'upload-elsewhere': {
    status: 404,
    en: 'This upload is not where this server process looks: it was used up, or it lies with another process of this installation. Nothing was changed. Choose the file again. If this comes back, let all processes share one upload folder, or send each person to the same process each time.',
    es: 'Esta subida no está donde la busca este proceso del servidor: ya se usó, o la tiene otro proceso de esta instalación. No se cambió nada. Elige el archivo otra vez. Si se repite, haz que todos los procesos compartan una carpeta de subidas, o dirige a cada persona siempre al mismo proceso.',
  },
  'upload-gone': {
    status: 404,
    en: 'This upload is no longer here. Uploads are kept for a day. Nothing was changed. Choose the file again.',
    es: 'Esta subida ya no está aquí. Las subidas se guardan un día. No se cambió nada. Elige el archivo otra vez.',
  },
  'upload-mixed': {
    status: 422,
    en: 'What has come is not the file that was announced: it was changed while it was sent, or two files of one name were mixed. It was removed, and the roll is as it was. Choose the file again.',
    es: 'Lo que llegó no es el archivo anunciado: cambió durante el envío o se mezclaron dos archivos con el mismo nombre. Se borró y el padrón queda como estaba. Elige el archivo otra vez.',
  },
  'upload-offset': {
    status: 409,
    en: 'The file goes on at byte {offset}: so much of it is here. Nothing of this part was kept. Send it from there.',
    es: 'El archivo sigue en el byte {offset}: eso es lo que ya está aquí. De esta parte no se guardó nada. Envíalo desde ahí.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ProblemCode = keyof typeof catalogue;
