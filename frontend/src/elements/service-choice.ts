/** `<service-choice>`: the categories filtered as one types, and suggested by the description. */

import { holdsAll } from "../lib/search.ts";

/** How long the writer must pause before the description is asked about, in milliseconds. */
const PAUSE_MS = 350;

class ServiceChoice extends HTMLElement {
  #asked = 0;
  #waiting = 0;

  connectedCallback(): void {
    const search = this.querySelector<HTMLInputElement>("[data-search]");
    search?.addEventListener("input", () => this.#filter(search.value));
    search?.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    // The button does the same without JavaScript.
    search?.parentElement?.querySelector("button")?.setAttribute("hidden", "");
    this.addEventListener("change", (event) => this.#choose(event.target));
    const text = this.closest("form")?.querySelector<HTMLTextAreaElement>("textarea[name=text]");
    text?.addEventListener("input", () => {
      clearTimeout(this.#waiting);
      this.#waiting = window.setTimeout(() => void this.#suggest(text.value), PAUSE_MS);
    });
  }

  #filter(searched: string): void {
    let found = 0;
    for (const group of this.querySelectorAll<HTMLDetailsElement>("[data-group]")) {
      const shown = [...group.querySelectorAll<HTMLElement>("[data-card]")].filter((card) => {
        card.hidden = !holdsAll(card.dataset["words"] ?? "", searched);
        return !card.hidden;
      });
      group.hidden = shown.length === 0;
      group.open = shown.length > 0 && (searched.trim() !== "" || group.querySelector(":checked") !== null);
      found += shown.length;
    }
    const nothing = this.querySelector<HTMLElement>("[data-nothing]");
    if (nothing) nothing.textContent = found === 0 ? (this.dataset["none"] ?? "") : "";
    // Rather all categories than none: the sentence above says why.
    if (found === 0) for (const hidden of this.querySelectorAll<HTMLElement>("[data-group], [data-card]")) hidden.hidden = false;
  }

  #choose(chosen: EventTarget | null): void {
    if (!(chosen instanceof HTMLInputElement) || chosen.name !== "service") return;
    const said = this.querySelector("[data-chosen]");
    const name = document.createElement("strong");
    name.textContent = chosen.labels?.[0]?.textContent?.trim() ?? "";
    said?.replaceChildren(`${this.dataset["chosenWord"] ?? ""} `, name);
    this.querySelector("[data-suggested]")?.setAttribute("hidden", "");
  }

  async #suggest(text: string): Promise<void> {
    const turn = ++this.#asked;
    const query = new URLSearchParams({ text: text.slice(0, 1000) });
    const answer = await fetch(`${this.dataset["url"] ?? ""}?${query}`).catch(() => null);
    if (!answer?.ok || turn !== this.#asked || this.querySelector("input:checked")) return;
    const { services } = (await answer.json()) as { services: string[] };
    this.#offer(services);
  }

  /** Buttons that choose a category and go on, as the page has them without JavaScript. */
  #offer(codes: string[]): void {
    const box = this.querySelector<HTMLElement>("[data-suggested]");
    const buttons = codes.map((code) => this.#button(code)).filter((button) => button !== null);
    box?.querySelector(".suggested__list")?.replaceChildren(...buttons);
    if (box) box.hidden = buttons.length === 0;
  }

  #button(code: string): HTMLButtonElement | null {
    const radio = this.querySelector<HTMLInputElement>(`input[value="${CSS.escape(code)}"]`);
    const label = radio?.labels?.[0];
    if (!label) return null;
    const button = document.createElement("button");
    button.className = "suggested__one";
    button.name = "service";
    button.value = code;
    button.append(...label.cloneNode(true).childNodes);
    return button;
  }
}

customElements.define("service-choice", ServiceChoice);

export {};
