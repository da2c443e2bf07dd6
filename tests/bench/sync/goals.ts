/** What a phone's push may take in ms, by batch: the 99th of a hundred, and the one in the middle. */
export const PUSH_GOALS = {
  /** A phone at a door, with 49 others: 150 ms at the most. */
  5: { p50: 60, p99: 150 },
  /** Phones that come home: as long as the bare HTTP server with a group commit takes. */
  100: { p50: 250, p99: 650 },
} as const;

/** Of one knock in a push of a hundred, in bytes on the wire. */
export const WIRE_GOAL = 80;

/** A fresh phone has its turf after so many ms. */
export const TURF_GOALS = { 60: 100, 5000: 1500 } as const;

/** Of the server's process, in MiB: one busy chapter; a thousand of which fifty are busy. */
export const MEMORY_GOALS = { few: 200, many: 350 } as const;

/** 10,000 knocks of 80 bytes are so long on a line of 1 Mbit/s, in ms. */
export const LINE_MS_A_KNOCK = (WIRE_GOAL * 8) / 1000;
