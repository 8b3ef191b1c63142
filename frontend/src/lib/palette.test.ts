import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { GROUPS, heatBounds, STATUS_COLOURS, STATUS_SHAPES } from "./palette.ts";

const styles = readFileSync(new URL("../styles/_statuses.scss", import.meta.url), "utf8").toLowerCase();
const shapes = readFileSync(new URL("../../templates/components/status_shape.html", import.meta.url), "utf8");

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each(GROUPS)("the group %s", (group) => {
  it("has the same colours in the style sheet as on the map", () => {
    expect(styles).toContain(`"${group}": (${STATUS_COLOURS.light[group]}, ${STATUS_COLOURS.dark[group]})`.toLowerCase());
  });

  it("has the same shape in pages as on the map", () => {
    expect(shapes).toContain(`"${group}" %}${STATUS_SHAPES[group]}{%`);
  });

  it("stands out from page and map by at least 3 to 1 in both themes", () => {
    for (const ground of ["#FFFFFF", "#F4F1EA"]) expect(contrast(STATUS_COLOURS.light[group], ground)).toBeGreaterThanOrEqual(3);
    for (const ground of ["#14181D", "#20262D"]) expect(contrast(STATUS_COLOURS.dark[group], ground)).toBeGreaterThanOrEqual(3);
  });
});

describe("the legend of heat", () => {
  it("counts in round numbers", () => {
    expect(heatBounds(1000)).toEqual([1, 5, 20, 70, 300]);
  });

  it("tells small weights apart", () => {
    expect(heatBounds(15)).toEqual([1, 2, 3, 7, 10]);
  });

  it.each([0, 1, 5, 7, 50, 1e6])("has five ascending classes from one up, for counts up to %d", (largest) => {
    const bounds = heatBounds(largest);
    expect(bounds).toHaveLength(5);
    expect(bounds[0]).toBe(1);
    for (let i = 1; i < 5; i++) expect(bounds[i]).toBeGreaterThan(bounds[i - 1] ?? 0);
  });
});
