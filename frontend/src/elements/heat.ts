/** The heat map's scale and legend: classes of weight follow what is in sight, so that the numbers are true for this view. */

import { HEAT, HEAT_GLOW, heatColour, heatRadius, PILES } from "../lib/overlays.ts";
import { HEAT_COLOURS, heatBounds, type Theme } from "../lib/palette.ts";
import { type HeatCell, heatSums } from "../lib/heat.ts";
import type { OpenMap } from "../map.ts";
import { themeNow } from "./theme.ts";

export class Heat {
  readonly #legend: HTMLElement | null;
  #drawn = "";

  constructor(host: HTMLElement) {
    this.#legend = host.querySelector("[data-legend]");
    // A phone's map is small: there the legend opens when it is asked for.
    if (this.#legend instanceof HTMLDetailsElement) this.#legend.open = matchMedia("(min-width: 56.25rem)").matches;
  }

  /** Shows or hides the legend; `chosen` says whether somebody chose the status groups that are weighed. */
  show(visible: boolean, chosen: boolean): void {
    if (!this.#legend) return;
    this.#legend.hidden = !visible;
    for (const words of this.#all("[data-legend-open]")) words.hidden = chosen;
    for (const words of this.#all("[data-legend-chosen]")) words.hidden = !chosen;
  }

  /** Fits colours, sizes and legend to the cells that are drawn now. */
  measure(map: OpenMap): void {
    const cells: HeatCell[] = map.drawn([HEAT]).map(({ properties }) => ({ count: Number(properties["count"]), weight: Number(properties["weight"]) / 100 }));
    const piled = map.drawn([PILES]).reduce((sum, { properties }) => sum + Number(properties["count"]), 0);
    const bounds = heatBounds(cells.reduce((most, { weight }) => Math.max(most, weight), 0));
    const theme = themeNow();
    const scale = `${theme} ${bounds.join()}`;
    if (scale !== this.#drawn) this.#paint(map, theme, bounds);
    this.#drawn = scale;
    this.#write(theme, bounds, cells, piled);
  }

  #paint(map: OpenMap, theme: Theme, bounds: number[]): void {
    for (const layer of [HEAT, HEAT_GLOW]) map.setPaint(layer, "circle-color", heatColour(theme, bounds));
    map.setPaint(HEAT, "circle-radius", heatRadius(bounds, 1));
    map.setPaint(HEAT_GLOW, "circle-radius", heatRadius(bounds, 2.4));
  }

  #write(theme: Theme, bounds: number[], cells: HeatCell[], piled: number): void {
    const sums = heatSums(bounds, cells);
    const rows = sums.classes.map((count, index) => row(HEAT_COLOURS[theme][index] ?? "", range(bounds, index), count));
    this.#one("[data-legend-scale]")?.replaceChildren(...rows.reverse());
    this.#say("[data-legend-total]", sums.total);
    this.#say("[data-legend-piled]", piled);
    for (const line of this.#all("[data-legend-piles]")) line.hidden = piled === 0;
  }

  #say(selector: string, number: number): void {
    const place = this.#one(selector);
    if (place) place.textContent = written(number);
  }

  #one(selector: string): HTMLElement | null {
    return this.#legend?.querySelector<HTMLElement>(selector) ?? null;
  }

  #all(selector: string): HTMLElement[] {
    return [...(this.#legend?.querySelectorAll<HTMLElement>(selector) ?? [])];
  }
}

function row(colour: string, points: string, count: number): HTMLTableRowElement {
  const made = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  const swatch = document.createElement("span");
  swatch.className = "map-legend__colour";
  swatch.style.backgroundColor = colour;
  head.append(swatch, points);
  const cell = document.createElement("td");
  cell.textContent = written(count);
  made.append(head, cell);
  return made;
}

/** `< 5`, `5 – 20`, and `200 +` for the last class: weights are not whole numbers. */
function range(bounds: number[], index: number): string {
  const [from = 0, to] = bounds.slice(index, index + 2);
  if (to === undefined) return `${written(from)} +`;
  return index === 0 ? `< ${written(to)}` : `${written(from)} – ${written(to)}`;
}

function written(number: number): string {
  return number.toLocaleString(document.documentElement.lang);
}
