/** The parts of a browser that the question looks at. */
export interface InstallSurroundings {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
  /** Opened from the Home Screen. */
  readonly standalone: boolean;
}

function surroundings(): InstallSurroundings {
  const { userAgent, maxTouchPoints } = navigator;
  const standalone =
    ('standalone' in navigator && navigator.standalone === true) ||
    globalThis.matchMedia('(display-mode: standalone)').matches;
  return { userAgent, maxTouchPoints, standalone };
}

/**
 * True on an iPhone or iPad in a tab: Safari deletes what a page keeps after seven days without use,
 * unless it was installed, so nothing that must not be lost may be begun there (P15).
 */
export function needsInstall(around: InstallSurroundings = surroundings()): boolean {
  const { userAgent, maxTouchPoints, standalone } = around;
  // An iPad calls itself a Mac; no Mac has a touch screen.
  const isPad = userAgent.includes('Macintosh') && maxTouchPoints > 1;
  return (isPad || /iPhone|iPad|iPod/.test(userAgent)) && !standalone;
}
