import { expect, it } from "vitest";
import { between, onPicture } from "./rectangle.ts";

it("a rectangle drawn from the right lower corner is the one drawn from the left upper one", () => {
  const drawn = { x: 10, y: 20, width: 30, height: 40 };
  expect(between({ x: 10, y: 20 }, { x: 40, y: 60 }, 100, 80)).toEqual(drawn);
  expect(between({ x: 40, y: 60 }, { x: 10, y: 20 }, 100, 80)).toEqual(drawn);
});

it("what is drawn beyond the picture ends at its edges", () => {
  expect(between({ x: -5, y: 70 }, { x: 20, y: 200 }, 100, 80)).toEqual({ x: 0, y: 70, width: 20, height: 10 });
});

it("a click without a drag is no rectangle", () => {
  expect(between({ x: 7, y: 7 }, { x: 7.2, y: 7.3 }, 100, 80)).toBeNull();
});

it("a place on a picture shown at half its size is twice as far in its pixels", () => {
  expect(onPicture(15, 4, 2)).toEqual({ x: 30, y: 8 });
});
