import { describe, expect, it } from "vitest";
import { heatSums } from "./heat.ts";

describe("the legend of the heat map", () => {
  it("counts reports by the weight of their cell, a bound belonging to the class it begins", () => {
    const cells = [{ count: 1, weight: 1 }, { count: 2, weight: 4.99 }, { count: 3, weight: 5 }, { count: 7, weight: 900 }];
    expect(heatSums([1, 5, 20, 50, 100], cells)).toEqual({ classes: [3, 3, 0, 0, 7], total: 13 });
  });

  it("counts what weighs nothing in the total only", () => {
    expect(heatSums([1, 2, 3, 4, 5], [{ count: 600, weight: 0 }, { count: 2, weight: 3 }])).toEqual({ classes: [0, 0, 2, 0, 0], total: 602 });
  });

  it("puts what is lighter than the first bound into the first class", () => {
    expect(heatSums([1, 2, 3, 4, 5], [{ count: 4, weight: 0.5 }]).classes).toEqual([4, 0, 0, 0, 0]);
  });
});
