import { describe, expect, it } from "vitest";
import {
  listQuery, queryText, readBounds, readFilters, readReport, readView, withFilters, withReport, withView, writeBounds, writeView, type Filters,
} from "./address.ts";

const query = (text: string): URLSearchParams => new URLSearchParams(text);

describe("filters in the address bar", () => {
  it("are read from repeated and from comma-separated parameters alike", () => {
    expect(readFilters(query("status=closed&status=published,in_work")).asked).toEqual({ status: ["closed", "published", "in_work"] });
  });

  it("keep a place and words whole, whatever commas they hold", () => {
    expect(readFilters(query("near=50.1,30.2,500&q=яма,+світло")).asked).toEqual({ near: ["50.1,30.2,500"], q: ["яма, світло"] });
  });

  it("ask nothing where a parameter is empty", () => {
    expect(readFilters(query("status=&q=+&service=")).asked).toEqual({});
  });

  it("survive being written and read again", () => {
    const filters: Filters = {
      asked: { status: ["reopened"], service: ["pothole", "lamp"], from: ["2026-03"], near: ["50.1,30.2,500"], mine: ["1"] },
      sort: "waiting", heat: true, show: ["announcements"],
    };
    expect(readFilters(withFilters(query(""), filters))).toEqual(filters);
  });

  it("start paging anew and leave what they don't know", () => {
    const none: Filters = { asked: {}, sort: "", heat: false, show: ["announcements"] };
    expect(withFilters(query("after=x&status=closed&from=2026-03&utm=1"), none).toString()).toBe("utm=1");
  });
});

describe("what else stands on the map", () => {
  const shown = (text: string): string[] => readFilters(query(text)).show;

  it("is the news, where the address says nothing", () => {
    expect(shown("")).toEqual(["announcements"]);
  });

  it("is what the address names, and nothing that could be no name", () => {
    expect([shown("show=places,lighting"), shown("show=none"), shown("show=A<b")]).toEqual([["places", "lighting"], [], []]);
  });

  it("can be nothing at all", () => {
    const filters = { ...readFilters(query("")), show: [] };
    expect(withFilters(query(""), filters).toString()).toBe("show=none");
  });
});

describe("the chosen report in the address bar", () => {
  it("is a number", () => {
    expect([readReport(query("report=12")), readReport(query("report=x")), readReport(query(""))]).toEqual(["12", null, null]);
  });

  it("is replaced and taken away", () => {
    expect(withReport(query("report=12&q=a"), "13").toString()).toBe("report=13&q=a");
    expect(withReport(query("report=12&q=a"), null).toString()).toBe("q=a");
  });
});

describe("the view in the address bar", () => {
  it("is zoom, latitude and longitude, a metre exact", () => {
    expect(writeView({ zoom: 13.126, lat: 50.1774321, lon: 30.3 })).toBe("13.13/50.17743/30.30000");
  });

  it("is read back", () => {
    expect(readView(query("map=13.13/50.17743/30.3"))).toEqual({ zoom: 13.13, lat: 50.17743, lon: 30.3 });
  });

  it.each(["", "13/50", "13/91/30", "13/50/181", "a/b/c", "-1/50/30", "23/50/30"])("is none where it says %s", (text) => {
    expect(readView(new URLSearchParams({ map: text }))).toBeNull();
  });

  it("starts paging anew", () => {
    expect(withView(query("after=x"), { zoom: 1, lat: 2, lon: 3 }).has("after")).toBe(false);
  });
});

describe("a box of degrees", () => {
  it("is rounded outwards", () => {
    expect(writeBounds([30.1234567, 50.1234567, 30.2000001, 50.2000001])).toBe("30.12345,50.12345,30.20001,50.20001");
  });

  it("never leaves the world", () => {
    expect(writeBounds([-181, -95, 190, 91])).toBe("-180,-90,180,90");
  });

  it.each([null, "", "1,2,3", "1,2,3,", "1,2,3,x"])("is none where it says %s", (text) => {
    expect(readBounds(text)).toBeNull();
  });
});

it("the list asks for the map's box and the filters, but not for what only the map shows", () => {
  const filters: Filters = { asked: { status: ["closed"], help: ["1"] }, sort: "nearest", heat: true, show: ["places"] };
  expect(queryText(listQuery(filters, [1, 2, 3, 4]))).toBe("?fragment=1&status=closed&help=1&sort=nearest&bbox=1,2,3,4");
});

it("an empty query has no question mark", () => {
  expect(queryText(query(""))).toBe("");
});
