/** Asks the person for their passkey; true when it was shown and the server took it. */
type Asker = () => Promise<boolean>;

let asker: Asker | null = null;
let asking: Promise<boolean> | null = null;

/** The desk says here who asks; gives what takes it back. */
export function onStepUp(ask: Asker): () => void {
  asker = ask;
  return () => {
    if (asker === ask) asker = null;
  };
}

/** Asks for the passkey once, however many calls want it at this moment; false where nobody asks. */
export async function stepUp(): Promise<boolean> {
  if (asker === null) return false;
  asking ??= asker().finally(() => {
    asking = null;
  });
  return asking;
}
