/** What stands around reports on the public map, as the switches say: districts, a department's territory, things of the city. */

import type { Filters } from "../lib/address.ts";
import type { Theme } from "../lib/palette.ts";
import { DISTRICTS, surroundings, switchedBy, TERRITORY } from "../lib/surroundings.ts";
import { tileAddress } from "../lib/tiles.ts";
import type { OpenMap, Overlay } from "../map.ts";

export class Around {
  readonly #element: HTMLElement;
  #territories = "";

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Sources and layers, of which nothing is fetched that is switched off. */
  overlay(theme: Theme, filters: Filters): Overlay {
    this.#territories = this.#territoriesOf(filters);
    return surroundings(theme, {
      districts: this.#tiles("districts"),
      names: this.#tiles("place-name"),
      territories: this.#territories,
      assets: Object.fromEntries(this.#kinds.map((kind) => [kind, this.#tiles(kind)])),
      show: shown(filters),
      colour: colourOf,
    });
  }

  /** Shows what the filters ask for now. */
  follow(map: OpenMap, filters: Filters): void {
    const territories = this.#territoriesOf(filters);
    if (territories !== this.#territories) map.setTiles("territories", territories);
    this.#territories = territories;
    for (const name of [DISTRICTS, TERRITORY, ...this.#kinds]) map.setVisible(switchedBy(name), shown(filters).includes(name));
  }

  #territoriesOf({ asked }: Filters): string {
    return this.#tiles("territories", { department: asked.department?.[0] ?? "" });
  }

  #tiles(layer: string, more: Record<string, string> = {}): string {
    return tileAddress(location.origin, layer, { city: this.#element.dataset["city"] ?? "", ...more });
  }

  /** The kinds of things that the city shows. */
  get #kinds(): string[] {
    return (this.#element.dataset["kinds"] ?? "").split(" ").filter(Boolean);
  }
}

/** A territory is one department's. */
function shown({ show, asked }: Filters): string[] {
  return asked.department?.length === 1 ? show : show.filter((name) => name !== TERRITORY);
}

/** The colour that the legend gives a kind of things. */
function colourOf(kind: string): string {
  const named = getComputedStyle(document.documentElement);
  return named.getPropertyValue(`--on-map-${kind}`).trim() || named.getPropertyValue("--on-map-other").trim();
}
