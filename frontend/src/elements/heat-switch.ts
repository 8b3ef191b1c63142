/** `<heat-switch>` around a checkbox: shown once a map is there to be heated. */

import { changeFilters, FILTERS_CHANGE, filtersNow } from "./state.ts";

class HeatSwitch extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("map:styled", () => this.#offer(), { once: true });
    document.addEventListener(FILTERS_CHANGE, () => this.#read());
    this.addEventListener("change", () => changeFilters({ heat: this.#box()?.checked ?? false }));
  }

  #offer(): void {
    this.#read();
    this.hidden = false;
  }

  #read(): void {
    const box = this.#box();
    if (box) box.checked = filtersNow().heat;
  }

  #box(): HTMLInputElement | null {
    return this.querySelector("input");
  }
}

customElements.define("heat-switch", HeatSwitch);
