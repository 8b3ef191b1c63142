/** A listbox of what the map shows, so that keyboard and screen reader step through it without a pointer. */

import type { Feature } from "../map.ts";

/** More would only slow a reader down; the list beside the map holds all. */
const MOST = 50;

interface Doings {
  drawn: () => Feature[];
  /** Shows where the chosen one is. */
  point: (feature: Feature) => void;
  open: (feature: Feature) => void;
}

export class FeatureSteps {
  readonly #box: HTMLElement | null;
  readonly #words: Record<string, string>;
  readonly #do: Doings;
  #features: Feature[] = [];
  #at = 0;

  constructor(host: HTMLElement, doings: Doings) {
    this.#box = host.querySelector<HTMLElement>("[data-steps]");
    this.#words = JSON.parse(this.#box?.dataset["words"] ?? "{}") as Record<string, string>;
    this.#do = doings;
    this.#box?.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Lists what the map shows now. */
  refresh(): void {
    this.#features = this.#do.drawn().slice(0, MOST);
    this.#at = 0;
    if (this.#box) this.#box.hidden = this.#features.length === 0;
    this.#box?.replaceChildren(...this.#features.map((feature, index) => this.#option(feature, index)));
    this.#select();
  }

  #option({ properties }: Feature, index: number): HTMLElement {
    const option = document.createElement("div");
    option.id = `map-step-${index}`;
    option.role = "option";
    option.setAttribute("aria-posinset", String(index + 1));
    option.setAttribute("aria-setsize", String(this.#features.length));
    option.textContent = properties["name"] === undefined ? this.#report(properties) : String(properties["name"]);
    return option;
  }

  #report(properties: Record<string, unknown>): string {
    const words = [properties["service"], properties["group"]].map((code) => this.#words[String(code)] ?? String(code));
    return `№ ${properties["id"]}: ${words.join(", ")}`;
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const chosen = this.#features[this.#at];
    if (step !== undefined) {
      event.preventDefault();
      this.#at = Math.min(Math.max(this.#at + step, 0), Math.max(this.#features.length - 1, 0));
      this.#select();
      const now = this.#features[this.#at];
      if (now) this.#do.point(now);
    } else if (event.key === "Enter" && chosen) {
      this.#do.open(chosen);
    }
  }

  #select(): void {
    this.#box?.setAttribute("aria-activedescendant", this.#features.length ? `map-step-${this.#at}` : "");
    [...(this.#box?.children ?? [])].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.#at)));
  }
}
