/** The card of a report, a place or an announcement beside the map: fetched on demand, closed by its button or Escape. */
export class MapCard {
  readonly #host: HTMLElement;
  readonly #closed: (heldKeyboard: boolean) => void;

  /** `closed` hears that the card is gone, and whether the keyboard was in it. */
  constructor(host: HTMLElement, closed: (heldKeyboard: boolean) => void) {
    this.#host = host;
    this.#closed = closed;
    this.#box.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.#box.querySelector("[data-close]")?.addEventListener("click", () => this.close());
  }

  /** Shows what has its page there, and tells where it is, if the card says so; where it can't be fetched, opens the page. */
  async show(page: string): Promise<{ lon: number; lat: number } | null> {
    try {
      const answer = await fetch(`${page}?fragment=card`);
      if (!answer.ok) throw new Error(`${answer.status}`);
      this.#body.innerHTML = await answer.text();
    } catch {
      location.assign(page);
      return null;
    }
    this.#box.hidden = false;
    this.#box.focus();
    const placed = this.#body.querySelector<HTMLElement>("[data-lon][data-lat]");
    return placed && { lon: Number(placed.dataset["lon"]), lat: Number(placed.dataset["lat"]) };
  }

  close(): void {
    if (this.#box.hidden) return;
    const held = this.#box.contains(document.activeElement);
    this.#box.hidden = true;
    this.#body.replaceChildren();
    this.#closed(held);
  }

  get #box(): HTMLElement {
    return this.#found("[data-card]");
  }

  get #body(): HTMLElement {
    return this.#found("[data-card-body]");
  }

  #found(selector: string): HTMLElement {
    const found = this.#host.querySelector<HTMLElement>(selector);
    if (!found) throw new Error(`the page has no ${selector}`);
    return found;
  }
}
