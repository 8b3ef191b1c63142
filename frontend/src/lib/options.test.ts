import { expect, test } from "vitest";
import { nextOption } from "./options.ts";

test("arrows go round through all options and the text itself", () => {
  const down = [-1, 0, 1, 2].map((active) => nextOption(active, 3, "ArrowDown"));
  const up = [-1, 2, 1, 0].map((active) => nextOption(active, 3, "ArrowUp"));
  expect(down).toEqual([0, 1, 2, -1]);
  expect(up).toEqual([2, 1, 0, -1]);
});

test("without options there is only the text", () => {
  expect(nextOption(-1, 0, "ArrowDown")).toBe(-1);
  expect(nextOption(-1, 0, "ArrowUp")).toBe(-1);
});

test("other keys change nothing", () => {
  expect(nextOption(1, 3, "Home")).toBe(1);
});
