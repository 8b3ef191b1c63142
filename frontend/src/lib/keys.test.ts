import { expect, it } from "vitest";
import { meant } from "./keys.ts";

it("a Ukrainian letter means the Latin one of its place", () => {
  expect(meant({ key: "о", code: "KeyJ" })).toBe("j");
});

it("a Latin letter means itself, wherever the layout puts it", () => {
  expect(meant({ key: "j", code: "KeyC" })).toBe("j");
});

it("the question mark means itself in every layout", () => {
  expect(meant({ key: "?", code: "Digit7" })).toBe("?");
});
