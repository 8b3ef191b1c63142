/** `<heat-switch>` around a checkbox: shown once a map is there to be heated. */

import { changeFilters, filtersNow } from "./state.ts";

class HeatSwitch extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("map:styled", () => this.#offer(), { once: true });
    this.addEventListener("change", () => changeFilters({ heat: this.#box()?.checked ?? false }));
  }

  #offer(): void {
    const box = this.#box();
    if (box) box.checked = filtersNow().heat;
    this.hidden = false;
  }

  #box(): HTMLInputElement | null {
    return this.querySelector("input");
  }
}

customElements.define("heat-switch", HeatSwitch);
