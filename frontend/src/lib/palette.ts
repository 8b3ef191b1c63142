/** The five public groups of reports and the scale of heat: one colour, one shape and one order for lists and maps. */

export type Theme = "light" | "dark";

export const GROUPS = ["published", "in_work", "resolved", "reopened", "closed"] as const;
export type Group = (typeof GROUPS)[number];
/** What a department still has to answer. */
export const OPEN_GROUPS: readonly Group[] = ["published", "in_work", "reopened"];

/** Found by search for colour-blind safety: any two differ by ΔE >= 30 in four kinds of vision. */
export const STATUS_COLOURS: Record<Theme, Record<Group, string>> = {
  light: { published: "#006AFF", in_work: "#8E7110", resolved: "#00552B", reopened: "#B33489", closed: "#14141A" },
  dark: { published: "#0095FF", in_work: "#FF7700", resolved: "#1BFF8D", reopened: "#F6DFEE", closed: "#84848A" },
};

/** SVG paths on a 16 x 16 grid: circle, triangle, square, diamond, cross. Colour is never the only difference. */
export const STATUS_SHAPES: Record<Group, string> = {
  published: "M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2z",
  in_work: "M8 1.5 15 14H1z",
  resolved: "M2.5 2.5h11v11h-11z",
  reopened: "M8 .8 15.2 8 8 15.2.8 8z",
  closed: "M4 1.5 8 5.5l4-4L14.5 4l-4 4 4 4L12 14.5l-4-4-4 4L1.5 12l4-4-4-4z",
};

/** What surrounds a shape on the map, so that it stands out from streets and buildings. */
export const HALO: Record<Theme, string> = { light: "#FFFFFF", dark: "#14181D" };

/** Lines and text of the map's own overlays. */
export const INK: Record<Theme, { accent: string; line: string; text: string; cell: string }> = {
  light: { accent: "#0B5563", line: "#0B5563", text: "#FFFFFF", cell: "#0B5563" },
  dark: { accent: "#7CCBD6", line: "#7CCBD6", text: "#10171B", cell: "#9BD8E0" },
};

/** Areas for which the city tells something: a danger, or anything else. */
export const NEWS_COLOURS: Record<Theme, { danger: string; other: string }> = {
  light: { danger: "#B3261E", other: "#8A5A00" },
  dark: { danger: "#FF8A80", other: "#F2C14E" },
};

/** A star, as no status has it. */
export const PLACE_SHAPE = "M8 .8l2.2 4.7 5.1.6-3.8 3.5 1 5.1L8 12.2l-4.5 2.5 1-5.1L.7 6.1l5.1-.6z";

/** Cividis (Nuñez, Anderton, Renslow 2018) in five steps from few to many: readable without red and green. */
export const HEAT_COLOURS: Record<Theme, readonly [string, string, string, string, string]> = {
  // Many stand out most: dark on a light ground, bright on a dark one.
  light: ["#E6D793", "#C3AE6F", "#8A8678", "#4A5A80", "#00336F"],
  dark: ["#3B6FB5", "#6F7F9A", "#9A9790", "#C8B272", "#FDE737"],
};
export const HEAT_CLASSES = 5;

export function isGroup(value: string): value is Group {
  return (GROUPS as readonly string[]).includes(value);
}

/**
 * The lower bounds of the five heat classes, ascending from 1, for weights up to `largest`.
 *
 * Each class is about as many times the last one, in round numbers that a legend can be read in.
 */
export function heatBounds(largest: number): number[] {
  const ratio = Math.max(Math.max(largest, 5) ** (1 / HEAT_CLASSES), 1.5);
  const bounds = [1];
  while (bounds.length < HEAT_CLASSES) bounds.push(roundNumber(ratio ** bounds.length, bounds.at(-1) ?? 0));
  return bounds;
}

/** The least of 1, 2, 3, 5, 7, 10, 20 … that isn't less than `value` and is more than `last`. */
function roundNumber(value: number, last: number): number {
  for (let power = 1; ; power *= 10) {
    const found = [1, 2, 3, 5, 7].find((step) => step * power >= value && step * power > last);
    if (found !== undefined) return found * power;
  }
}
