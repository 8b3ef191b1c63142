import { expect, it } from "vitest";
import { styleAddress, tileAddress, tileQuery } from "./tiles.ts";

const filters = { asked: { status: ["published", "closed"], service: ["lamp"], help: ["1"] } };

it("a tile's address carries the city and the filters", () => {
  expect(tileAddress("https://city.example", "reports", tileQuery("vasylkiv", filters))).toBe(
    "https://city.example/tiles/reports/{z}/{x}/{y}.mvt?city=vasylkiv&status=published,closed&service=lamp&help=1",
  );
});

it("an empty filter stays out of the address, so that caches hold one copy", () => {
  expect(tileAddress("", "districts", tileQuery("vasylkiv", { asked: {} }))).toBe(
    "/tiles/districts/{z}/{x}/{y}.mvt?city=vasylkiv",
  );
});

it("a style is asked for by city, theme and language", () => {
  expect(styleAddress("", "vasylkiv", "dark", "en")).toBe("/style.json?city=vasylkiv&theme=dark&lang=en");
});
