/** `<filter-form>` around the filter form: each choice applies at once, and the counts follow the list. */

import { ASKED, type AskedName, type Filters } from "../lib/address.ts";
import { ask, changeFilters, FILTERS_CHANGE, filtersNow } from "./state.ts";

type Control = HTMLInputElement | HTMLSelectElement;

class FilterForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.#form;
    if (!form) return;
    // The months stand beside the map, outside this element, and belong to the form all the same.
    document.addEventListener("change", (event) => this.#changed(event.target));
    form.addEventListener("submit", (event) => this.#submit(event));
    document.addEventListener(FILTERS_CHANGE, (event) => this.#show((event as CustomEvent<Filters>).detail));
    document.addEventListener("results:counts", (event) => this.#count((event as CustomEvent<Record<string, string>>).detail));
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#closeSheet());
    // The browser may have kept what was ticked before it went back to this page.
    this.#show(filtersNow());
  }

  #changed(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement) || target.form !== this.#form) return;
    if (target.name === "sort") changeFilters({ sort: target.value });
    else if (isAsked(target.name)) ask({ [target.name]: this.#values(target.name) });
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.#closeSheet();
    ask({ q: this.#values("q"), near: this.#values("near") });
  }

  #closeSheet(): void {
    const sheet = this.querySelector<HTMLDetailsElement>("details[data-sheet][open]");
    if (!sheet) return;
    sheet.open = false;
    sheet.querySelector("summary")?.focus();
  }

  #values(name: AskedName): string[] {
    const form = this.#form;
    return form ? new FormData(form).getAll(name).map((value) => String(value).trim()).filter(Boolean) : [];
  }

  #show(filters: Filters): void {
    for (const control of this.#form?.elements ?? []) {
      if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) continue;
      if (control.name === "sort") control.value = filters.sort;
      else if (isAsked(control.name)) show(control, filters.asked[control.name] ?? []);
    }
  }

  #count(counts: Record<string, string>): void {
    const written = new Intl.NumberFormat(document.documentElement.lang);
    const number = (key: string | undefined): string => {
      const count = counts[key ?? ""] ?? "";
      return count === "" ? "" : written.format(Number(count));
    };
    for (const place of this.querySelectorAll<HTMLElement>("[data-count-of]")) place.textContent = number(place.dataset["countOf"]);
    for (const option of this.querySelectorAll<HTMLElement>("[data-option-of]")) {
      const count = number(option.dataset["optionOf"]);
      option.textContent = (option.dataset["label"] ?? "") + (count && ` (${count})`);
    }
  }

  get #form(): HTMLFormElement | null {
    return this.querySelector("form");
  }
}

function isAsked(name: string): name is AskedName {
  return ASKED.some((known) => known === name);
}

/** Sets a control to what is asked; a list that doesn't know a value keeps showing that it asks nothing. */
function show(control: Control, values: string[]): void {
  if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = values.includes(control.value);
  else control.value = values[0] ?? "";
  if (control instanceof HTMLSelectElement && control.selectedIndex < 0) control.selectedIndex = 0;
}

customElements.define("filter-form", FilterForm);
