/** `<moderation-keys>`: single keys for the moderators' desk, with their help; each person can switch them off. */

import { meant } from "../lib/keys.ts";

const SETTING = "moderation-keys";
const STEPS: Record<string, number> = { j: 1, k: -1 };

class ModerationKeys extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.querySelector("[data-open]")?.addEventListener("click", () => this.#dialog?.showModal());
    const on = this.querySelector<HTMLInputElement>("[data-on]");
    if (on) {
      on.checked = switchedOn();
      on.addEventListener("change", () => remember(on.checked));
    }
    document.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
    if (!switchedOn() || this.#dialog?.open) return;
    const key = meant(event);
    if (this.#done(key)) event.preventDefault();
  }

  /** Whether the key does something here. */
  #done(key: string): boolean {
    if (key === "?") return this.#dialog?.showModal(), true;
    const step = STEPS[key];
    if (step !== undefined) return move(step);
    const keyed = /^[aerm]$/.test(key) ? document.querySelector<HTMLElement>(`[data-key="${key}"]`) : null;
    if (keyed instanceof HTMLButtonElement) keyed.click();
    else if (keyed) goTo(keyed);
    return keyed !== null;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }
}

/** Opens the report so many steps further in the queue; at its end, the queue's next or previous page. */
function move(step: number): boolean {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".queue__link")];
  const at = links.findIndex((link) => link.ariaCurrent === "true");
  const next = at < 0 ? links[0] : links[at + step];
  const beyond = document.querySelector<HTMLAnchorElement>(`.desk__queue a[rel="${step > 0 ? "next" : "prev"}"]`);
  (next ?? beyond)?.click();
  return true;
}

/** Opens what hides the form and puts the cursor into its first field. */
function goTo(part: HTMLElement): void {
  const folded = part.closest("details");
  if (folded) folded.open = true;
  const field = part.querySelector<HTMLElement>("textarea, input:not([type=hidden]), select, button");
  field?.focus();
  field?.scrollIntoView({ block: "center" });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const fills = target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
  return fills || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

function switchedOn(): boolean {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true; // A browser that keeps nothing for pages.
  }
}

function remember(on: boolean): void {
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch {
    // The choice lasts as long as the page then.
  }
}

customElements.define("moderation-keys", ModerationKeys);
