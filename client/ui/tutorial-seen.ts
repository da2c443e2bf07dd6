const KEPT = 'homeground.tutorial';

/** Whether this device has shown how the app works; where nothing is kept: no. */
export function isTutorialSeen(): boolean {
  try {
    return localStorage.getItem(KEPT) !== null;
  } catch {
    return false;
  }
}

export function noteTutorialSeen(): void {
  try {
    localStorage.setItem(KEPT, 'seen');
  } catch {
    // It is offered again, then.
    return;
  }
}
