/** `<month-brush>` under the map: usual periods apply at once, a bar chooses its month, and the bars follow the list. */

import type { Filters } from "../lib/address.ts";
import { ask, FILTERS_CHANGE } from "./state.ts";

class MonthBrush extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => this.#click(event));
    document.addEventListener("results:bars", (event) => {
      this.querySelector("[data-bars]")?.replaceChildren((event as CustomEvent<DocumentFragment>).detail);
    });
    document.addEventListener(FILTERS_CHANGE, (event) => this.#mark((event as CustomEvent<Filters>).detail));
  }

  #click(event: MouseEvent): void {
    if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const span = event.target.closest<HTMLElement>("[data-from]");
    const month = event.target.closest<SVGElement>("[data-month]")?.dataset["month"];
    if (span) {
      event.preventDefault();
      ask({ from: [span.dataset["from"] ?? ""].filter(Boolean), to: [span.dataset["to"] ?? ""].filter(Boolean) });
    } else if (month) ask({ from: [month], to: [month] });
  }

  #mark({ asked }: Filters): void {
    for (const span of this.querySelectorAll<HTMLElement>("[data-from]")) {
      const is = span.dataset["from"] === (asked.from?.[0] ?? "") && span.dataset["to"] === (asked.to?.[0] ?? "");
      if (is) span.setAttribute("aria-current", "true");
      else span.removeAttribute("aria-current");
    }
  }
}

customElements.define("month-brush", MonthBrush);
