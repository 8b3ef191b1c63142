/** `<overlay-switches>` around checkboxes: shown once there is a map on which something besides reports can stand. */

import type { Filters } from "../lib/address.ts";
import { changeFilters, FILTERS_CHANGE, filtersNow } from "./state.ts";

class OverlaySwitches extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("map:styled", () => this.#offer(), { once: true });
    document.addEventListener(FILTERS_CHANGE, (event) => this.#follow((event as CustomEvent<Filters>).detail));
    this.addEventListener("change", () => {
      changeFilters({ show: this.#boxes().filter((box) => box.checked).map((box) => box.value) });
    });
  }

  #offer(): void {
    this.#follow(filtersNow());
    this.hidden = false;
  }

  #follow({ show, asked }: Filters): void {
    for (const box of this.#boxes()) box.checked = show.includes(box.value);
    // A territory is one department's.
    for (const one of this.querySelectorAll<HTMLElement>("[data-needs-department]")) one.hidden = asked.department?.length !== 1;
  }

  #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll("input")];
  }
}

customElements.define("overlay-switches", OverlaySwitches);
