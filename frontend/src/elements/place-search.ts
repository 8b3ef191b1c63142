/**
 * `<place-search>` around a text input: suggests places as one types, by the combobox pattern of ARIA 1.2
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Who chooses one tells so: `place:found`, which bubbles.
 */

import { nextOption } from "../lib/options.ts";
import { viewNow } from "./state.ts";

export const PLACE_FOUND = "place:found";

export interface FoundPlace {
  name: string;
  /** What kind of thing it is, and what tells it from others of its name. */
  more: string;
  lon: number;
  lat: number;
  zoom: number;
  /** Whether the point is the place itself, not somewhere on a street or in a district. */
  exact: boolean;
  /** The address of its own page, empty where it has none. */
  page: string;
  /** The number of a report, empty for anything else. */
  report: string;
}

interface Answer {
  told: string;
  found: FoundPlace[];
}

/** How long after the last letter the server is asked, in milliseconds. */
const PAUSE_MS = 150;
const SHORTEST = 2;

let lists = 0;

class PlaceSearch extends HTMLElement {
  #found: FoundPlace[] = [];
  #active = -1;
  #waiting = 0;
  #request: AbortController | null = null;
  readonly #list = document.createElement("ul");
  readonly #status = document.createElement("p");

  connectedCallback(): void {
    const input = this.#input;
    if (!input) return;
    this.#list.id = `places-found-${(lists += 1)}`;
    this.#list.className = "place-search__list";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", this.dataset["label"] ?? "");
    this.#list.hidden = true;
    this.#status.className = "govuk-visually-hidden";
    this.#status.setAttribute("role", "status");
    (this.querySelector("[data-list-here]") ?? this).append(this.#list, this.#status);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id,
    })) input.setAttribute(name, value);
    this.#listen(input);
  }

  #listen(input: HTMLInputElement): void {
    input.addEventListener("input", () => this.#ask(input.value));
    input.addEventListener("keydown", (event) => this.#key(event));
    if ("eager" in this.dataset) input.addEventListener("focus", () => this.#ask(input.value));
    input.addEventListener("blur", () => this.#close());
    // The list must not take the focus from the text; a click still reaches it.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (option) this.#choose([...this.#list.children].indexOf(option));
    });
  }

  #ask(words: string): void {
    clearTimeout(this.#waiting);
    this.#request?.abort();
    if (words.trim().length < SHORTEST) return this.#close();
    this.#waiting = window.setTimeout(() => void this.#fetch(words), PAUSE_MS);
  }

  async #fetch(words: string): Promise<void> {
    const request = (this.#request = new AbortController());
    const query = new URLSearchParams({ q: words });
    const view = viewNow();
    // Roughly: the same words in the same quarter of the town can come from the browser's own store.
    if (view) query.set("near_to", `${view.lon.toFixed(2)},${view.lat.toFixed(2)}`);
    try {
      const response = await fetch(`${this.dataset["url"] ?? ""}?${query}`, { signal: request.signal });
      if (response.ok) this.#show((await response.json()) as Answer);
    } catch {
      // Overtaken by the next letter, or offline: the form's button still works.
    }
  }

  #show({ told, found }: Answer): void {
    if (document.activeElement !== this.#input) return;
    this.#found = found;
    this.#list.replaceChildren(...found.map((place, index) => this.#option(place, index)));
    this.#activate(-1);
    this.#open(found.length > 0);
    this.#status.textContent = told;
  }

  #option({ name, more }: FoundPlace, index: number): HTMLElement {
    const option = document.createElement("li");
    option.id = `${this.#list.id}-${index}`;
    option.className = "place-search__one";
    option.setAttribute("role", "option");
    const small = document.createElement("span");
    small.className = "place-search__more";
    small.textContent = more;
    option.append(name, " ", small);
    return option;
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape" && !this.#list.hidden) {
      event.preventDefault();
      this.#close();
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active);
    } else if (event.key === "Enter" && !this.#input?.name) {
      // Without a name of its own the text belongs to no form: Enter must not send the one around it.
      event.preventDefault();
    } else if (event.key === "ArrowDown" && this.#found.length === 0) {
      this.#ask(this.#input?.value ?? "");
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && this.#found.length > 0) {
      event.preventDefault();
      this.#open(true);
      this.#activate(nextOption(this.#active, this.#found.length, event.key));
    }
  }

  #activate(index: number): void {
    this.#active = index;
    for (const [number, option] of [...this.#list.children].entries()) {
      option.setAttribute("aria-selected", String(number === index));
      if (number === index) option.scrollIntoView({ block: "nearest" });
    }
    if (index < 0) this.#input?.removeAttribute("aria-activedescendant");
    else this.#input?.setAttribute("aria-activedescendant", `${this.#list.id}-${index}`);
  }

  #choose(index: number): void {
    const place = this.#found[index];
    if (!place || !this.#input) return;
    this.#input.value = place.name;
    this.#found = [];
    this.#close();
    this.#status.textContent = place.name;
    this.dispatchEvent(new CustomEvent<FoundPlace>(PLACE_FOUND, { detail: place, bubbles: true }));
  }

  #open(open: boolean): void {
    this.#list.hidden = !open;
    this.#input?.setAttribute("aria-expanded", String(open));
  }

  #close(): void {
    clearTimeout(this.#waiting);
    this.#request?.abort();
    this.#activate(-1);
    this.#open(false);
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input:not([type=hidden])");
  }
}

customElements.define("place-search", PlaceSearch);
