/** `<near-me>` around a button: asks the browser where one is, only then, and leaves what is reported around. */

import { ask } from "./state.ts";

const RADIUS_M = 500;
/** Five decimals of a degree are about a metre. */
const DECIMALS = 5;
const LONGEST_WAIT_MS = 15_000;

class NearMe extends HTMLElement {
  connectedCallback(): void {
    if (!("geolocation" in navigator)) return;
    this.hidden = false;
    this.querySelector("[data-ask]")?.addEventListener("click", () => this.#locate());
  }

  #locate(): void {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.#say("");
        ask({ near: [[coords.latitude.toFixed(DECIMALS), coords.longitude.toFixed(DECIMALS), RADIUS_M].join(",")] });
        document.dispatchEvent(new CustomEvent("map:look", { detail: { lat: coords.latitude, lon: coords.longitude, zoom: 15 } }));
      },
      () => this.#say(this.dataset["refused"] ?? ""),
      { timeout: LONGEST_WAIT_MS },
    );
  }

  #say(text: string): void {
    const place = this.querySelector("[data-said]");
    if (place) place.textContent = text;
  }
}

customElements.define("near-me", NearMe);
