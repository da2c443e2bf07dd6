/** Says that a commit which was acknowledged would not survive a power cut there. */
export class NotDurableError extends Error {
  /** What is set wrongly, as whoever runs the database would write it. */
  readonly setting: string;

  constructor(where: string, setting: string, wish: string) {
    super(
      `${where} runs with ${setting}: a power cut could take what was acknowledged. Set it to ${wish}`,
    );
    this.setting = setting;
  }
}
