/**
 * How far it is on foot between the stops of a cut. Whoever knows the streets makes one
 * (`network-metric.ts`); where nobody does, `straight-metric.ts` estimates. All metres are
 * metre-equivalents: what one walks, and the price of each crossing.
 */
export interface StopMetric {
  /** How many neighbours each stop has room for. */
  readonly k: number;
  /** n × k: the nearest stops of each, nearest first; -1 where there are no more. */
  readonly near: Int32Array;
  /** n × k: metres to each of `near`. */
  readonly metres: Float32Array;
  /** Which part of the network each stop lies on: no walk leads from one to another. -1: on none. */
  readonly island: Int32Array;
  /** The face of a block, one side of one street between corners; -1 when not known. */
  readonly face: Int32Array;
  /** Exact metres from one stop to some others, Infinity where no walk leads. */
  metresTo(from: number, to: readonly number[]): number[];
  /**
   * What a walk along stops crosses, as codes in the order of the alphabet, and how many of the
   * metre-equivalents of each stretch are the price of that.
   */
  crossings(order: readonly number[]): {
    readonly kinds: readonly string[];
    readonly prices: readonly number[];
  };
}
