/** What the legend of the heat map adds up. */

export interface HeatCell {
  /** How many reports lie there. */
  count: number;
  /** How much they weigh together, in points. */
  weight: number;
}

/** How many reports lie in cells of each class, for classes that begin at these weights; and all, also those that weigh nothing. */
export function heatSums(bounds: number[], cells: HeatCell[]): { classes: number[]; total: number } {
  const classes = bounds.map(() => 0);
  for (const { count, weight } of cells) {
    const index = weight > 0 ? Math.max(bounds.findLastIndex((bound) => weight >= bound), 0) : -1;
    if (index >= 0) classes[index] = (classes[index] ?? 0) + count;
  }
  return { classes, total: cells.reduce((sum, { count }) => sum + count, 0) };
}
