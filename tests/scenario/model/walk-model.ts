// What a walk is to somebody who knows nothing of our code: facts on phones and on a server, turfs
// that are held or not. Written out of the promises, not out of the core; no import from it.

/** What is learnt, signed or promised leaves a door as it stands. */
export const ASIDE = [
  'contact-consent',
  'correct',
  'tag',
  'follow-up',
  'signature',
  'building',
  'turf-report',
  'sign-up',
] as const;
export type FactKind =
  | 'not-home'
  | 'voicemail'
  | 'come-back'
  | 'refused'
  | 'language-barrier'
  | 'contact'
  | 'do-not-contact'
  | 'lit-drop'
  | (typeof ASIDE)[number];
export type Standing = 'to-do' | 'not-home' | 'done' | 'contact' | 'do-not-contact';

export interface ModelFact {
  readonly id: string;
  /** The order of recording: clocks are right here. */
  readonly order: number;
  readonly door: string;
  readonly turf: string;
  readonly kind: FactKind | 'withdraw';
  /** What a withdrawal takes back. */
  readonly of: string | null;
}

export type PhoneState = 'walking' | 'ended' | 'empty';

/** One phone as its owner sees it. */
export class ModelPhone {
  online = true;
  running = true;
  /** The turf on the screen; null when there is none. */
  shows: string | null = null;
  /** What the server thinks; differs from the screen until the next contact. */
  holds: string | null = null;
  /** Reported lost: what it says counts no more. */
  mistrusted = false;
  /** Everything that was told "saved" and is still on this phone. */
  readonly own: ModelFact[] = [];
  /** Of these, what it gave up with a turf: still there, but for the chapter alone to read. */
  readonly sealed = new Set<string>();
  readonly unsent = new Set<string>();
  /** What has come by pull at the last contact. */
  seen = new Set<string>();
}

const TRY_AGAIN: readonly string[] = ['not-home', 'voicemail', 'come-back'];
const SAYS_NOTHING: readonly string[] = ['withdraw', ...ASIDE];

/** The server's log, the phones, and what each of them must show. */
export class WalkModel {
  readonly phones = [new ModelPhone(), new ModelPhone()];
  readonly facts = new Map<string, ModelFact>();
  /** On the server: applied. */
  readonly log = new Set<string>();
  /** On the server: kept aside. */
  readonly aside = new Set<string>();
  /** Gone with a storage that was deleted. */
  readonly gone = new Set<string>();
  /** The doors of each turf as it is cut now. */
  readonly doors = new Map<string, readonly string[]>();
  backup: { readonly log: Set<string>; readonly aside: Set<string> } | null = null;
  #order = 0;

  record(phone: ModelPhone, fact: Omit<ModelFact, 'order'>): void {
    this.#order += 1;
    const whole = { ...fact, order: this.#order };
    this.facts.set(fact.id, whole);
    phone.own.push(whole);
    phone.unsent.add(fact.id);
    this.contact(phone);
  }

  /** Whatever happens when a phone that runs has a network: it says all, then hears all. */
  contact(phone: ModelPhone, hears = false): void {
    if (!phone.online || !phone.running) return;
    for (const id of phone.unsent) this.#take(phone, id);
    phone.unsent.clear();
    if (hears) this.#hear(phone);
  }

  /** The server has forgotten everything since its backup, and says so at each contact. */
  restore(): void {
    const { backup } = this;
    if (backup === null) return;
    for (const set of ['log', 'aside'] as const) {
      for (const id of this[set]) if (!backup[set].has(id)) this[set].delete(id);
    }
    for (const phone of this.phones) {
      for (const { id } of phone.own) {
        if (!this.log.has(id) && !this.aside.has(id)) phone.unsent.add(id);
      }
    }
    // What only a phone without its storage knew is gone.
    for (const id of this.facts.keys()) {
      const kept = this.phones.some((phone) => phone.own.some((fact) => fact.id === id));
      if (!kept && !this.log.has(id) && !this.aside.has(id)) this.gone.add(id);
    }
  }

  wipe(phone: ModelPhone): void {
    for (const id of phone.unsent) if (!this.#isThere(id)) this.gone.add(id);
    phone.own.length = 0;
    phone.sealed.clear();
    phone.unsent.clear();
    phone.seen = new Set();
    phone.shows = null;
    phone.holds = null;
    phone.mistrusted = false;
  }

  /** The facts that a phone's screen counts. */
  counted(phone: ModelPhone): ModelFact[] {
    const readable = phone.own.filter((fact) => !phone.sealed.has(fact.id));
    const ids = new Set([...readable.map((fact) => fact.id), ...phone.seen]);
    return [...this.facts.values()]
      .filter((fact) => ids.has(fact.id))
      .sort((a, b) => a.order - b.order);
  }

  /** How a door stands on a phone's screen. */
  standing(phone: ModelPhone, door: string): Standing {
    const facts = this.counted(phone).filter((fact) => fact.door === door);
    if (facts.some((fact) => fact.kind === 'do-not-contact')) return 'do-not-contact';
    const back = new Set<string | null>();
    for (const fact of facts.toReversed()) {
      if (fact.kind === 'withdraw' && !back.has(fact.id)) back.add(fact.of);
    }
    const here = facts.filter(
      (fact) =>
        !back.has(fact.id) && !SAYS_NOTHING.includes(fact.kind) && fact.turf === phone.shows,
    );
    if (here.some((fact) => fact.kind === 'contact')) return 'contact';
    const last = here.findLast((fact) => fact.kind !== 'lit-drop');
    if (last !== undefined) return TRY_AGAIN.includes(last.kind) ? 'not-home' : 'done';
    return here.length > 0 ? 'done' : 'to-do';
  }

  #isThere(id: string): boolean {
    return this.log.has(id) || this.aside.has(id);
  }

  #take(phone: ModelPhone, id: string): void {
    if (this.#isThere(id)) return;
    const wish = this.facts.get(id)?.kind === 'do-not-contact';
    // Recorded while it was held, or so soon after that it still counts: everything here is.
    if (phone.mistrusted && !wish) this.aside.add(id);
    else this.log.add(id);
  }

  #hear(phone: ModelPhone): void {
    if (phone.shows !== phone.holds) {
      phone.shows = null;
      phone.seen = new Set();
      for (const { id } of phone.own) phone.sealed.add(id);
      return;
    }
    const doors = this.doors.get(phone.shows ?? '') ?? [];
    phone.seen = new Set(
      [...this.log].filter((id) => doors.includes(this.facts.get(id)?.door ?? '')),
    );
  }
}
