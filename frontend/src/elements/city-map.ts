/** `<city-map>`: the public map. Reports as shapes or counted cells, heat as coloured cells, a card beside the map. */

import { type Bounds, type Filters, type View, writeView } from "../lib/address.ts";
import { AREA_LINES, AREAS, CELL_COUNTS, CELLS, HEAT, HEAT_GLOW, PILE_LABELS, PILES, PLACE_NAMES, PLACES, POINTS, reportOverlay } from "../lib/overlays.ts";
import { OPEN_GROUPS, type Theme } from "../lib/palette.ts";
import { tileAddress, tileQuery } from "../lib/tiles.ts";
import type { Feature, MapMove, MapPick, OpenMap, Overlay } from "../map.ts";
import { Around } from "./around.ts";
import { MapCard } from "./card.ts";
import { FeatureSteps } from "./feature-steps.ts";
import { Heat } from "./heat.ts";
import { common, openMap } from "./opening.ts";
import { pin } from "./pin.ts";
import { PLACE_FOUND, type FoundPlace } from "./place-search.ts";
import { choose, FILTERS_CHANGE, filtersNow, REPORT_CHANGE, reportNow, rememberView, VIEW_CHANGE, viewNow } from "./state.ts";

const MARKS = [POINTS, CELLS, CELL_COUNTS];
const HEAT_MARKS = [HEAT_GLOW, HEAT, PILES, PILE_LABELS];
/** What draws each thing that may stand on the map besides reports. */
const SHOWN_BY: Record<string, string[]> = { places: [PLACES, PLACE_NAMES], announcements: [AREAS, AREA_LINES] };
/** The attribute of this element that holds the address of a page, by the layer that was clicked. */
const PAGES: Record<string, string> = { [PLACES]: "placeUrl", [AREAS]: "announcementUrl" };
/** How much nearer a click on a cell looks. */
const CELL_STEP = 2;
/** How near the map looks at a report that is chosen out of its sight. */
const CHOSEN_ZOOM = 16;

interface Place {
  lon: number;
  lat: number;
}

class CityMap extends HTMLElement {
  #map: OpenMap | null = null;
  readonly #heat = new Heat(this);
  readonly #around = new Around(this);
  /** Where the thing is whose card is open. */
  #chosen: Place | null = null;
  #drawn = { reports: "", heat: "" };

  async connectedCallback(): Promise<void> {
    const container = this.querySelector<HTMLElement>("[data-map]");
    if (!container) return;
    this.#map = await openMap(container, {
      ...common(this),
      view: viewNow(),
      pickable: [PLACES, POINTS, CELLS, PILES, HEAT, AREAS],
      overlay: (theme) => this.#overlay(theme, filtersNow()),
    });
    if (this.#map) this.#listen(this.#map, container);
    else this.#apologise(container);
  }

  #listen(map: OpenMap, container: HTMLElement): void {
    const card = new MapCard(this, (heldKeyboard) => {
      this.#chosen = null;
      this.#ring(null);
      if (reportNow() !== null) choose(null);
      if (heldKeyboard) map.surface.focus();
    });
    const steps = new FeatureSteps(this, {
      drawn: () => map.drawn([POINTS, PLACES]),
      point: (feature) => this.#ring(feature),
      open: (feature) => this.#open(feature, card),
    });
    container.addEventListener("map:move", (event) => rememberView((event as CustomEvent<MapMove>).detail.view));
    container.addEventListener("map:pick", (event) => this.#picked((event as CustomEvent<MapPick>).detail, card));
    container.addEventListener("map:idle", () => {
      if (filtersNow().heat) this.#heat.measure(map);
      steps.refresh();
    });
    map.surface.addEventListener("keydown", (event) => event.key === "Enter" && map.pickCentre());
    document.addEventListener(FILTERS_CHANGE, (event) => this.#filter((event as CustomEvent<Filters>).detail));
    document.addEventListener(PLACE_FOUND, (event) => this.#show((event as CustomEvent<FoundPlace>).detail, card));
    document.addEventListener("results:point", (event) => this.#ring((event as CustomEvent<Place | null>).detail));
    document.addEventListener(VIEW_CHANGE, (event) => this.#look((event as CustomEvent<View | null>).detail));
    document.addEventListener("map:look", (event) => this.#look((event as CustomEvent<View>).detail));
    document.addEventListener(REPORT_CHANGE, (event) => void this.#choose((event as CustomEvent<string | null>).detail, card));
    if (reportNow() !== null) void this.#choose(reportNow(), card);
    this.#showLegend(filtersNow());
  }

  #filter(filters: Filters): void {
    const { reports, heat, piles } = this.#tiles(filters);
    if (reports !== this.#drawn.reports) this.#map?.setTiles("reports", reports);
    if (heat !== this.#drawn.heat) {
      this.#map?.setTiles("heat", heat);
      this.#map?.setTiles("piles", piles);
    }
    this.#drawn = { reports, heat };
    this.#map?.setVisible(MARKS, !filters.heat);
    this.#map?.setVisible(HEAT_MARKS, filters.heat);
    for (const [name, marks] of Object.entries(SHOWN_BY)) this.#map?.setVisible(marks, filters.show.includes(name));
    if (this.#map) this.#around.follow(this.#map, filters);
    this.#showLegend(filters);
  }

  /** What is around reports lies below them. */
  #overlay(theme: Theme, filters: Filters): Overlay {
    const around = this.#around.overlay(theme, filters);
    const words = this.dataset["pileWords"] ?? "";
    const reports = reportOverlay(theme, { ...this.#tiles(filters), pileWords: words, showHeat: filters.heat, show: filters.show });
    return { sources: { ...around.sources, ...reports.sources }, layers: [...around.layers, ...reports.layers] };
  }

  #showLegend({ heat, asked }: Filters): void {
    this.#heat.show(heat, asked.status !== undefined);
  }

  #picked({ feature }: MapPick, card: MapCard): void {
    if (feature?.properties["count"] !== undefined) this.#approach(feature);
    else if (feature) this.#open(feature, card);
    else card.close();
  }

  #approach({ lon, lat }: Feature): void {
    const zoom = (this.#map?.state().view.zoom ?? 0) + CELL_STEP;
    this.#map?.look({ lon, lat, zoom });
  }

  #open(feature: Feature, card: MapCard): void {
    const id = String(feature.properties["id"]);
    const page = PAGES[feature.layer];
    if (page === undefined) choose(id);
    else {
      if (reportNow() !== null) choose(null);
      this.#chosen = feature;
      this.#ring(feature);
      void card.show(this.#page(page, id));
    }
  }

  /** Opens the card of a report and brings it into sight; without one, closes the card. */
  async #choose(report: string | null, card: MapCard): Promise<void> {
    if (report === null) {
      card.close();
      return;
    }
    const place = await card.show(this.#page("reportUrl", report));
    if (!place || report !== reportNow()) return;
    this.#chosen = place;
    this.#ring(place);
    const state = this.#map?.state();
    if (state && !within(state.bounds, place)) this.#look({ ...place, zoom: Math.max(state.view.zoom, CHOSEN_ZOOM) });
  }

  #page(attribute: string, id: string): string {
    return (this.dataset[attribute] ?? "").replace(/\/0\/$/, `/${id}/`);
  }

  #look(view: View | null): void {
    if (view) this.#map?.look(view);
  }

  /** Looks at what the search found; what has a page of its own shows its card. */
  #show({ lon, lat, zoom, exact, page, report }: FoundPlace, card: MapCard): void {
    this.#look({ lon, lat, zoom });
    this.#map?.pin("found", exact && !page ? { lon, lat } : null, pin());
    if (report) choose(report);
    else if (page) {
      if (reportNow() !== null) choose(null);
      this.#chosen = { lon, lat };
      this.#ring(this.#chosen);
      void card.show(page);
    }
  }

  #ring(place: Place | null): void {
    this.#map?.pin("ring", place ?? this.#chosen);
  }

  #apologise(container: HTMLElement): void {
    const notice = document.createElement("p");
    notice.className = "map-notice";
    notice.textContent = this.dataset["unavailable"] ?? "";
    const [without, picture] = [document.createElement("div"), document.createElement("div")];
    without.className = "map-without";
    without.append(notice, picture);
    container.replaceChildren(without);
    void this.#drawDistricts(picture);
    document.addEventListener(FILTERS_CHANGE, () => void this.#drawDistricts(picture));
    document.addEventListener(PLACE_FOUND, (event) => this.#listNear((event as CustomEvent<FoundPlace>).detail));
  }

  /** The server's picture of the districts, with their numbers under the filters of the address. */
  async #drawDistricts(picture: HTMLElement): Promise<void> {
    try {
      const answer = await fetch(`${this.dataset["districtMapUrl"] ?? ""}${location.search}`);
      if (answer.ok) picture.innerHTML = await answer.text();
    } catch {
      // Offline: the notice stays, and so does the list.
    }
  }

  /** Without a map to look at, the search leads to the page of what it found, or to the list from there on. */
  #listNear({ lon, lat, zoom, page }: FoundPlace): void {
    const query = new URLSearchParams(location.search);
    query.set("map", writeView({ zoom, lat, lon }));
    query.set("sort", "nearest");
    location.assign(page || `${location.pathname}?${query}`);
  }

  #tiles(filters: Filters): { reports: string; heat: string; piles: string; places: string; announcements: string } {
    const query: Record<string, string> = { ...tileQuery(this.#city, filters), seen: this.dataset["seen"] ?? "" };
    // What is done hurts nobody any more: heat weighs what is open, unless somebody asks for other groups.
    const weighed = { ...query, status: query["status"] || OPEN_GROUPS.join(",") };
    return {
      reports: tileAddress(location.origin, "reports", query),
      heat: tileAddress(location.origin, "report-heat", weighed),
      piles: tileAddress(location.origin, "report-piles", weighed),
      places: tileAddress(location.origin, "places", { city: this.#city }),
      announcements: tileAddress(location.origin, "announcements", { city: this.#city }),
    };
  }

  get #city(): string {
    return this.dataset["city"] ?? "";
  }
}

function within([west, south, east, north]: Bounds, { lon, lat }: Place): boolean {
  return west <= lon && lon <= east && south <= lat && lat <= north;
}

customElements.define("city-map", CityMap);
