import { expect, test } from "vitest";
import { holdsAll } from "./search.ts";

test("an empty search holds for everything", () => {
  expect(holdsAll("не світить ліхтар", "  ")).toBe(true);
});

test("every word must be there, whatever their order and size", () => {
  expect(holdsAll("не світить ліхтар", "Ліхтар СВІТ")).toBe(true);
  expect(holdsAll("не світить ліхтар", "ліхтар яма")).toBe(false);
});
