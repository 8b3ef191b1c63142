/** `<status-filter>` around the filter form: each choice applies at once, and the counts follow the list. */

import { isGroup } from "../lib/palette.ts";
import { changeFilters } from "./state.ts";

class StatusFilter extends HTMLElement {
  connectedCallback(): void {
    this.#form()?.addEventListener("change", this.#apply);
    document.addEventListener("results:counts", this.#count);
    for (const button of this.querySelectorAll<HTMLElement>("[data-apply]")) button.hidden = true;
  }

  disconnectedCallback(): void {
    document.removeEventListener("results:counts", this.#count);
  }

  readonly #apply = (event: Event): void => {
    const form = this.#form();
    const name = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement ? event.target.name : "";
    if (!form || !["status", "service", "help"].includes(name)) return;
    const data = new FormData(form);
    const chosen = (field: string): string[] => data.getAll(field).map(String).filter(Boolean);
    changeFilters({ status: chosen("status").filter(isGroup), service: chosen("service"), help: data.has("help") });
  };

  readonly #count = (event: Event): void => {
    const counts = (event as CustomEvent<Record<string, string>>).detail;
    for (const place of this.querySelectorAll<HTMLElement>("[data-count-of]")) {
      place.textContent = counts[place.dataset["countOf"] ?? ""] ?? "";
    }
  };

  #form(): HTMLFormElement | null {
    return this.querySelector("form");
  }
}

customElements.define("status-filter", StatusFilter);
