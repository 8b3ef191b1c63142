import { expect, test } from "vitest";
import { withSentence } from "./sentences.ts";

test("a sentence stands alone where nothing is written yet", () => {
  expect(withSentence(" \n", "Готово.")).toBe("Готово.");
});

test("a sentence comes after what is written, in a paragraph of its own", () => {
  expect(withSentence("Замінили лампу. ", "Дякуємо!")).toBe("Замінили лампу.\n\nДякуємо!");
});

test("no sentence changes nothing but outer blanks", () => {
  expect(withSentence("Так", "")).toBe("Так");
});
