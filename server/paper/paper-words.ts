import type { Asked } from '#shared/model/asked-words.ts';
import type { Channel } from '#shared/model/consent.ts';
import type { PaperLanguage } from '#shared/model/paper.ts';
import type { ResultCode } from '#shared/model/results.ts';
import type { NotKnown, Purpose } from '#shared/model/rules.ts';

/** Everything that is printed and not the chapter's own. */
export interface PaperWords {
  /** For numbers and days. */
  readonly locale: string;
  readonly doors: (n: number) => string;
  readonly people: (n: number) => string;
  readonly paths: (metres: number) => string;
  readonly time: (minutes: number) => string;
  /** Before the number by which the turf is found again. */
  readonly turf: string;
  readonly page: (page: number, pages: number) => string;
  readonly ownUse: (purpose: string, day: string) => string;
  readonly purposes: Readonly<Record<Purpose | NotKnown, string>>;
  readonly rules: readonly string[];
  readonly rulesTitle: string;
  readonly legend: {
    readonly stop: string;
    readonly outline: string;
    readonly way: string;
    readonly noMap: string;
    readonly unplaced: (n: number) => string;
  };
  readonly blanks: readonly string[];
  readonly entry: (turf: string, number: string) => string;
  readonly entryTitle: string;
  readonly noCode: string;
  readonly noCodeTitle: string;
  readonly door: string;
  readonly talked: string;
  readonly results: Readonly<Record<ResultCode, string>>;
  readonly leaveAlone: string;
  readonly leaveSome: (n: number) => string;
  readonly noVisit: string;
  readonly noVisits: (n: number) => string;
  readonly nobodyKnown: string;
  /** Before a line for somebody who is on no list. */
  readonly newHere: string;
  /** Before what a person may allow, each with a yes and a no to circle. */
  readonly mayWe: string;
  readonly ways: Readonly<Record<Channel | 'campaigns', string>>;
  readonly yesNo: readonly [string, string];
  readonly mayWeTitle: string;
  /** Read to a person where the chapter has no words of its own: those of the phone. */
  readonly askedWords: Readonly<Record<Asked, string>>;
  readonly asked: string;
  readonly notes: string;
  /** A box beside the results. */
  readonly leaflet: string;
  /** Before lines for a promise, who keeps it, and by which day. */
  readonly promise: readonly [string, string, string];
  readonly tags: string;
  readonly tagsTitle: string;
  /** Before a line for a unit of this building that is not on the list. */
  readonly otherUnit: string;
  readonly otherDoors: string;
  /** Of a door that is not on the list: its address, and who is there. */
  readonly otherDoor: readonly [string, string];
  readonly goesOn: string;
  readonly before: (what: string, day: string) => string;
  readonly contact: string;
  readonly script: (name: string, version: number) => string;
  readonly noScript: string;
  readonly say: string;
  readonly ask: string;
  readonly toEnd: string;
  readonly levels: readonly [string, string, string, string, string];
  readonly anyOf: string;
  readonly oneOf: string;
  /** What to write down after a question that has no choices. */
  readonly write: Readonly<Record<'text' | 'number' | 'date', string>>;
  /** A question that follows another one's answers, by their numbers and letters. */
  readonly onlyAfter: (question: number, answers: string) => string;
  readonly noAnswer: Readonly<Record<'skipped' | 'refused' | 'unknown', string>>;
  readonly anyAnswer: string;
}

const miles = (metres: number, locale: string): string =>
  (metres / 1609.344).toLocaleString(locale, { maximumFractionDigits: 1 });
const kilometres = (metres: number, locale: string): string =>
  (metres / 1000).toLocaleString(locale, { maximumFractionDigits: 1 });

function hours(minutes: number): { readonly h: number; readonly min: number } {
  // To five minutes: nobody knows it better.
  const rounded = Math.max(5, Math.round(minutes / 5) * 5);
  return { h: Math.floor(rounded / 60), min: rounded % 60 };
}

function sayTime(minutes: number): string {
  const { h, min } = hours(minutes);
  return [h > 0 ? `${h} h` : '', min > 0 ? `${min} min` : ''].filter((part) => part).join(' ');
}

const EN: PaperWords = {
  locale: 'en-US',
  doors: (n) => `${n} ${n === 1 ? 'door' : 'doors'}`,
  people: (n) => `${n} ${n === 1 ? 'person' : 'people'}`,
  paths: (m) => `${miles(m, 'en-US')} mi (${kilometres(m, 'en-US')} km) on foot`,
  time: (minutes) => `about ${sayTime(minutes)}`,
  turf: 'No.',
  page: (page, pages) => `Page ${page} of ${pages}`,
  ownUse: (purpose, day) => `For the chapter’s own use · ${purpose} · ${day}`,
  purposes: {
    election: 'an election',
    political: 'political work',
    scholarly: 'research',
    journalistic: 'journalism',
    governmental: 'government',
    membership: 'finding members',
    other: 'something else',
    'not-known': 'purpose not known',
  },
  rulesTitle: 'Rules for the doors',
  rules: [
    'Say who you are and for whom. A no is a no: thank them and go.',
    'Whoever wants no visit: tick “Do not contact”, and hand this in today.',
    'The list is for this walk alone. No photos of it, no copies, no other use.',
    'No notes on health, immigration or religion, and no pictures of people.',
    'Bring every sheet back. A sheet is lost? Call your coordinator at once.',
  ],
  legend: {
    stop: 'a building, with the number of its first door on the list',
    outline: 'edge of the turf',
    way: 'the way',
    noMap: 'The chapter has no streets for this place yet: go by the addresses.',
    unplaced: (n) =>
      n === 1 ? '1 building is not on the map' : `${n} buildings are not on the map`,
  },
  blanks: ['Who walked', 'Date', 'From', 'To'],
  entryTitle: 'When it comes back',
  entry: (turf, number) =>
    `At the desk: scan this, or open “Paper” and type ${number} (${turf}). The lines there are in this order, with these numbers.`,
  noCodeTitle: 'With a phone instead',
  noCode:
    'There is no code on this sheet: a code lives ten minutes and opens the turf for one phone. Ask at the table for a fresh one.',
  door: 'Door',
  talked: 'Talked',
  results: {
    'not-home': 'Not home',
    refused: 'Refused',
    'come-back': 'Come back',
    inaccessible: 'Inaccessible',
    'language-barrier': 'Language barrier',
    moved: 'Moved',
    deceased: 'Deceased',
    'wrong-address': 'Wrong address',
    'already-voted': 'Already voted',
    'do-not-contact': 'Do not contact',
    hostile: 'Hostile',
    voicemail: 'Voicemail',
    'wrong-number': 'Wrong number',
  },
  leaveAlone: 'DO NOT CONTACT. Walk past this door.',
  leaveSome: (n) =>
    n === 1
      ? 'One more person here asked not to be contacted. Ask only for those above.'
      : `${n} more people here asked not to be contacted. Ask only for those above.`,
  noVisit: 'ASKED FOR NO VISITS. Walk past this door.',
  noVisits: (n) =>
    n === 1
      ? 'One more person here asked for no visits. Ask only for those above.'
      : `${n} more people here asked for no visits. Ask only for those above.`,
  nobodyKnown: 'No name on the list',
  newHere: 'New here',
  mayWe: 'May we',
  ways: {
    call: 'call',
    text: 'text',
    email: 'email',
    mail: 'write',
    door: 'come by',
    campaigns: 'tell',
  },
  yesNo: ['Y', 'N'],
  mayWeTitle: 'May we? Read it as it stands, circle Y or N. What nobody asked stays open.',
  askedWords: {
    campaigns: 'May we tell the campaigns that we work with that you support this?',
    partners: 'May we tell groups that we work with what you told us?',
    research: 'May we give what you told us to people who study elections?',
    others: 'May we give what you told us to others?',
    call: 'May we call you?',
    text: 'May we send you text messages?',
    email: 'May we send you email?',
    mail: 'May we write to you by mail?',
    door: 'May we come to your door again?',
  },
  asked: 'Ask for',
  notes: 'Notes',
  leaflet: 'Leaflet left',
  promise: ['Promise', 'who', 'by'],
  tags: 'Tags',
  tagsTitle: 'Tags: circle the letters of those that fit.',
  otherUnit: 'Not on the list: unit',
  otherDoors: 'Doors that are not on this list',
  otherDoor: ['Address, unit', 'Name'],
  goesOn: 'goes on',
  before: (what, day) => `${what}, ${day}`,
  contact: 'Talked',
  script: (name, version) => `Script: ${name}, version ${version}`,
  noScript: 'This turf has no script. Listen, and write a note.',
  say: 'Say',
  ask: 'Ask',
  toEnd: 'To end',
  levels: ['Strong support', 'Leans our way', 'Undecided', 'Leans against', 'Strongly against'],
  anyOf: 'any of these',
  oneOf: 'one of these',
  write: {
    text: 'write what they say',
    number: 'write the number',
    date: 'write the day, with its month and year',
  },
  onlyAfter: (question, answers) => `Only if ${question} was answered: ${answers}`,
  noAnswer: { skipped: 'skipped', refused: 'would not say', unknown: 'does not know' },
  anyAnswer: 'anything',
};

const ES: PaperWords = {
  locale: 'es',
  doors: (n) => `${n} ${n === 1 ? 'puerta' : 'puertas'}`,
  people: (n) => `${n} ${n === 1 ? 'persona' : 'personas'}`,
  paths: (m) => `${miles(m, 'es')} mi (${kilometres(m, 'es')} km) a pie`,
  time: (minutes) => `unos ${sayTime(minutes)}`,
  turf: 'N.º',
  page: (page, pages) => `Página ${page} de ${pages}`,
  ownUse: (purpose, day) => `Para uso propio del capítulo · ${purpose} · ${day}`,
  purposes: {
    election: 'una elección',
    political: 'trabajo político',
    scholarly: 'investigación',
    journalistic: 'periodismo',
    governmental: 'gobierno',
    membership: 'buscar miembros',
    other: 'otra cosa',
    'not-known': 'finalidad desconocida',
  },
  rulesTitle: 'Reglas para las puertas',
  rules: [
    'Di quién eres y de parte de quién. Un no es un no: da las gracias y vete.',
    'Quien no quiera visitas: marca «No contactar» y entrega esta hoja hoy.',
    'La lista es solo para este recorrido. Sin fotos de ella, sin copias, sin otro uso.',
    'Nada de notas sobre salud, migración o religión, ni fotos de personas.',
    'Devuelve todas las hojas. ¿Se perdió una? Llama enseguida a tu coordinación.',
  ],
  legend: {
    stop: 'un edificio, con el número de su primera puerta en la lista',
    outline: 'borde de la zona',
    way: 'el camino',
    noMap: 'El capítulo aún no tiene calles de este lugar: guíate por las direcciones.',
    unplaced: (n) =>
      n === 1 ? '1 edificio no está en el mapa' : `${n} edificios no están en el mapa`,
  },
  blanks: ['Quién caminó', 'Fecha', 'De', 'A'],
  entryTitle: 'Cuando vuelva',
  entry: (turf, number) =>
    `En la mesa: escanea esto, o abre «Papel» y escribe ${number} (${turf}). Allí las líneas van en este orden y con estos números.`,
  noCodeTitle: 'Con un teléfono',
  noCode:
    'En esta hoja no hay código: un código vive diez minutos y abre la zona a un solo teléfono. Pide uno nuevo en la mesa.',
  door: 'Puerta',
  talked: 'Hablamos',
  results: {
    'not-home': 'No estaba',
    refused: 'Se negó',
    'come-back': 'Volver luego',
    inaccessible: 'Sin acceso',
    'language-barrier': 'Barrera de idioma',
    moved: 'Se mudó',
    deceased: 'Falleció',
    'wrong-address': 'Dirección equivocada',
    'already-voted': 'Ya votó',
    'do-not-contact': 'No contactar',
    hostile: 'Hostil',
    voicemail: 'Buzón de voz',
    'wrong-number': 'Número equivocado',
  },
  leaveAlone: 'NO CONTACTAR. Pasa de largo.',
  leaveSome: (n) =>
    n === 1
      ? 'Otra persona aquí pidió que no la contacten. Pregunta solo por quienes están arriba.'
      : `Otras ${n} personas aquí pidieron que no las contacten. Pregunta solo por quienes están arriba.`,
  noVisit: 'PIDIÓ QUE NO LE VISITEN. Pasa de largo.',
  noVisits: (n) =>
    n === 1
      ? 'Otra persona aquí pidió que no la visiten. Pregunta solo por quienes están arriba.'
      : `Otras ${n} personas aquí pidieron que no las visiten. Pregunta solo por quienes están arriba.`,
  nobodyKnown: 'Sin nombre en la lista',
  newHere: 'Persona nueva',
  mayWe: '¿Podemos…?',
  ways: {
    call: 'llamar',
    text: 'mensaje',
    email: 'correo',
    mail: 'carta',
    door: 'venir',
    campaigns: 'contar',
  },
  yesNo: ['S', 'N'],
  mayWeTitle: '¿Podemos? Léelo tal cual y rodea S o N. Lo que nadie preguntó queda abierto.',
  askedWords: {
    campaigns: '¿Podemos decir a las campañas con las que trabajamos que apoyas esto?',
    partners: '¿Podemos contar lo que nos dijo a grupos con los que trabajamos?',
    research: '¿Podemos dar lo que nos dijo a quienes estudian elecciones?',
    others: '¿Podemos dar a otros lo que nos dijo?',
    call: '¿Podemos llamarle?',
    text: '¿Podemos enviarle mensajes de texto?',
    email: '¿Podemos enviarle correos?',
    mail: '¿Podemos escribirle por carta?',
    door: '¿Podemos volver a su puerta?',
  },
  asked: 'Pregunta por',
  notes: 'Notas',
  leaflet: 'Dejé volante',
  promise: ['Promesa', 'quién', 'para'],
  tags: 'Etiquetas',
  tagsTitle: 'Etiquetas: rodea las letras de las que correspondan.',
  otherUnit: 'No está en la lista: unidad',
  otherDoors: 'Puertas que no están en esta lista',
  otherDoor: ['Dirección, unidad', 'Nombre'],
  goesOn: 'sigue',
  before: (what, day) => `${what}, ${day}`,
  contact: 'Hablamos',
  script: (name, version) => `Guion: ${name}, versión ${version}`,
  noScript: 'Esta zona no tiene guion. Escucha y escribe una nota.',
  say: 'Di',
  ask: 'Pregunta',
  toEnd: 'Para terminar',
  levels: [
    'Apoyo firme',
    'Se inclina a favor',
    'No ha decidido',
    'Se inclina en contra',
    'Muy en contra',
  ],
  anyOf: 'las que sean',
  oneOf: 'una de estas',
  write: {
    text: 'escribe lo que diga',
    number: 'escribe el número',
    date: 'escribe el día, con mes y año',
  },
  onlyAfter: (question, answers) => `Solo si a la ${question} respondió: ${answers}`,
  noAnswer: { skipped: 'se saltó', refused: 'no quiso decir', unknown: 'no sabe' },
  anyAnswer: 'lo que sea',
};

export const PAPER_WORDS: Readonly<Record<PaperLanguage, PaperWords>> = { en: EN, es: ES };
