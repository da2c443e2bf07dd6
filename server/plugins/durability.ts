import type { NotDurableError } from '../store/not-durable.ts';

/** Whether what the server confirms would survive a power cut, as far as its requests have found. */
export class Durability {
  #setting: string | null = null;

  /** The setting that stands against it; null while all is well. */
  get setting(): string | null {
    return this.#setting;
  }

  /** True the first time, and again after it had been well: then it is worth a line of the log. */
  note({ setting }: NotDurableError): boolean {
    const isNew = this.#setting !== setting;
    this.#setting = setting;
    return isNew;
  }

  /** Asks again, where something was wrong; whoever runs the server may have set it right. */
  async look(find: () => Promise<string | null>): Promise<string | null> {
    if (this.#setting !== null) this.#setting = await find();
    return this.#setting;
  }
}
