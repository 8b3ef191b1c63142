/** `<place-picker>`: a map that writes the chosen place into the form's `lon` and `lat` inputs. */

import type { MapPick, OpenMap } from "../map.ts";
import { common, openMap } from "./opening.ts";
import { crosshair, pin } from "./pin.ts";
import { PLACE_FOUND, type FoundPlace } from "./place-search.ts";

interface Place {
  lon: number;
  lat: number;
}

/** The zoom at which houses can be told apart. */
const CLOSE = 16;

class PlacePicker extends HTMLElement {
  #map: OpenMap | null = null;

  async connectedCallback(): Promise<void> {
    const container = this.querySelector<HTMLElement>("[data-map]");
    if (!container) return;
    this.hidden = false;
    const place = this.#known();
    this.#map = await openMap(container, {
      ...common(this),
      view: this.#firstView(place),
      pickable: [],
      overlay: () => ({ sources: {}, layers: [] }),
    });
    if (!this.#map) this.#withdraw(container);
    else this.#start(this.#map, container, place);
  }

  #start(map: OpenMap, container: HTMLElement, place: Place | null): void {
    if (place) map.pin("place", place, pin());
    if (this.#readonly) return;
    container.append(crosshair());
    map.surface.setAttribute("aria-describedby", "place-picker-hint");
    container.addEventListener("map:pick", (event) => this.#choose((event as CustomEvent<MapPick>).detail));
    map.surface.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      map.pickCentre();
    });
    this.querySelector("[data-locate]")?.addEventListener("click", () => this.#locate());
    this.querySelector("[data-map-start]")?.addEventListener("click", (event) => {
      event.preventDefault();
      map.surface.focus();
    });
    this.closest("form")?.addEventListener(PLACE_FOUND, (event) => this.#found((event as CustomEvent<FoundPlace>).detail));
    for (const input of this.#inputs()) input.addEventListener("change", () => this.#typed());
  }

  #choose({ lon, lat }: Place): void {
    const [lonInput, latInput] = this.#inputs();
    if (!lonInput || !latInput) return;
    lonInput.value = lon.toFixed(6);
    latInput.value = lat.toFixed(6);
    this.#map?.pin("place", { lon, lat }, pin());
    this.#say(`${this.dataset["placed"] ?? ""} ${lat.toFixed(5)}, ${lon.toFixed(5)}`);
    this.dispatchEvent(new CustomEvent<Place>("place:chosen", { detail: { lon, lat }, bubbles: true }));
  }

  /** The map follows what was typed into the form. */
  #typed(): void {
    const place = this.#inForm();
    if (!place) return;
    this.#map?.pin("place", place, pin());
    this.#map?.look({ ...place, zoom: CLOSE });
  }

  /** A house is the place; a street is only looked at, for the problem is somewhere on it. */
  #found({ lon, lat, zoom, exact }: FoundPlace): void {
    if (exact) this.#choose({ lon, lat });
    else this.#say(this.dataset["street"] ?? "");
    this.#map?.look({ lon, lat, zoom });
  }

  #locate(): void {
    const failed = (): void => this.#say(this.dataset["noLocation"] ?? "");
    if (!navigator.geolocation) return failed();
    navigator.geolocation.getCurrentPosition(({ coords }) => this.#located(coords.longitude, coords.latitude), failed, {
      enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000,
    });
  }

  #located(lon: number, lat: number): void {
    const [west, south, east, north] = common(this).bounds;
    if (lon < west || lon > east || lat < south || lat > north) return this.#say(this.dataset["far"] ?? "");
    this.#choose({ lon, lat });
    this.#map?.look({ lon, lat, zoom: CLOSE });
  }

  #withdraw(container: HTMLElement): void {
    container.hidden = true;
    this.querySelector<HTMLElement>(".place-picker__bar")?.remove();
    this.#say(this.dataset["unavailable"] ?? "");
  }

  #say(words: string): void {
    const status = this.querySelector<HTMLElement>("[data-status]");
    if (status) status.textContent = words;
  }

  /** At the place, else at what the page wants looked at first, such as a street. */
  #firstView(place: Place | null): (Place & { zoom: number }) | null {
    const { lookLon, lookLat } = this.dataset;
    const first = place ?? asPlace(lookLon, lookLat);
    return first && { ...first, zoom: CLOSE };
  }

  /** The place in the form, else the one the page knew. */
  #known(): Place | null {
    const { lon, lat } = this.dataset;
    return (this.#readonly ? null : this.#inForm()) ?? asPlace(lon, lat);
  }

  #inForm(): Place | null {
    const [lon, lat] = this.#inputs();
    return asPlace(lon?.value, lat?.value);
  }

  /** The form's two inputs, longitude first; none where it lacks one. */
  #inputs(): HTMLInputElement[] {
    const form = this.closest("form");
    const found = ["lon", "lat"].map((name) => form?.elements.namedItem(name));
    const inputs = found.filter((input) => input instanceof HTMLInputElement);
    return inputs.length === 2 ? inputs : [];
  }

  get #readonly(): boolean {
    return "readonly" in this.dataset;
  }
}

function asPlace(lon: string | undefined, lat: string | undefined): Place | null {
  if (!lon?.trim() || !lat?.trim()) return null;
  const place = { lon: Number(lon.replace(",", ".")), lat: Number(lat.replace(",", ".")) };
  const sane = Math.abs(place.lon) <= 180 && Math.abs(place.lat) <= 85;
  return sane ? place : null;
}

customElements.define("place-picker", PlacePicker);
