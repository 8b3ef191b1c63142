/** `<overlay-switches>` around checkboxes: shown once there is a map on which places and announcements can stand. */

import { SHOWN } from "../lib/address.ts";
import { changeFilters, FILTERS_CHANGE, filtersNow } from "./state.ts";

class OverlaySwitches extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("map:styled", () => this.#offer(), { once: true });
    document.addEventListener(FILTERS_CHANGE, () => this.#read());
    this.addEventListener("change", () => {
      const chosen = this.#boxes().filter((box) => box.checked).map((box) => box.value);
      changeFilters({ show: SHOWN.filter((name) => chosen.includes(name)) });
    });
  }

  #offer(): void {
    this.#read();
    this.hidden = false;
  }

  #read(): void {
    const { show } = filtersNow();
    for (const box of this.#boxes()) box.checked = show.some((name) => name === box.value);
  }

  #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll("input")];
  }
}

customElements.define("overlay-switches", OverlaySwitches);
