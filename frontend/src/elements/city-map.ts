/** `<city-map>`: the public map. Reports as shapes or counted cells, heat as coloured cells, a card beside the map. */

import { SHOWN, type Bounds, type Filters, type Shown, type View } from "../lib/address.ts";
import { AREA_LINES, AREAS, CELL_COUNTS, CELLS, HEAT, heatColour, PLACE_NAMES, PLACES, POINTS, reportOverlay } from "../lib/overlays.ts";
import { HEAT_COLOURS, heatBounds } from "../lib/palette.ts";
import { styleAddress, tileAddress, tileQuery } from "../lib/tiles.ts";
import type { Feature, MapMove, MapPick, OpenMap } from "../map.ts";
import { MapCard } from "./card.ts";
import { FeatureSteps } from "./feature-steps.ts";
import { common, openMap } from "./opening.ts";
import { choose, FILTERS_CHANGE, filtersNow, REPORT_CHANGE, reportNow, rememberView, VIEW_CHANGE, viewNow } from "./state.ts";
import { themeNow } from "./theme.ts";

const MARKS = [POINTS, CELLS, CELL_COUNTS];
/** What draws each thing that may stand on the map besides reports. */
const SHOWN_BY: Record<Shown, string[]> = { places: [PLACES, PLACE_NAMES], announcements: [AREAS, AREA_LINES] };
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
  #heatScale = "";
  /** Where the thing is whose card is open. */
  #chosen: Place | null = null;
  #drawn = { reports: "", heat: "" };

  async connectedCallback(): Promise<void> {
    const container = this.querySelector<HTMLElement>("[data-map]");
    if (!container) return;
    this.#map = await openMap(container, {
      ...common(this),
      view: viewNow(),
      pickable: [PLACES, POINTS, CELLS, AREAS],
      style: (theme) => styleAddress(location.origin, this.#city, theme),
      overlay: (theme) => reportOverlay(theme, { ...this.#tiles(filtersNow()), showHeat: filtersNow().heat, show: filtersNow().show }),
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
      this.#measureHeat();
      steps.refresh();
    });
    map.surface.addEventListener("keydown", (event) => event.key === "Enter" && map.pickCentre());
    document.addEventListener(FILTERS_CHANGE, (event) => this.#filter((event as CustomEvent<Filters>).detail));
    document.addEventListener("results:point", (event) => this.#ring((event as CustomEvent<Place | null>).detail));
    document.addEventListener(VIEW_CHANGE, (event) => this.#look((event as CustomEvent<View | null>).detail));
    document.addEventListener("map:look", (event) => this.#look((event as CustomEvent<View>).detail));
    document.addEventListener(REPORT_CHANGE, (event) => void this.#choose((event as CustomEvent<string | null>).detail, card));
    if (reportNow() !== null) void this.#choose(reportNow(), card);
    this.#showLegend(filtersNow().heat);
  }

  #filter(filters: Filters): void {
    const { reports, heat } = this.#tiles(filters);
    if (reports !== this.#drawn.reports) this.#map?.setTiles("reports", reports);
    if (heat !== this.#drawn.heat) this.#map?.setTiles("heat", heat);
    this.#drawn = { reports, heat };
    this.#map?.setVisible(MARKS, !filters.heat);
    this.#map?.setVisible([HEAT], filters.heat);
    for (const name of SHOWN) this.#map?.setVisible(SHOWN_BY[name], filters.show.includes(name));
    this.#showLegend(filters.heat);
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

  #ring(place: Place | null): void {
    this.#map?.pin("ring", place ?? this.#chosen);
  }

  /** Classes follow what is in sight, so that the legend's numbers are true for this view. */
  #measureHeat(): void {
    if (!filtersNow().heat || !this.#map) return;
    const counts = this.#map.drawn([HEAT]).map((cell) => Number(cell.properties["count"]));
    const bounds = heatBounds(counts.reduce((most, count) => Math.max(most, count), 0));
    const scale = `${themeNow()} ${bounds.join()}`;
    if (scale === this.#heatScale) return;
    this.#heatScale = scale;
    this.#map.setPaint(HEAT, "circle-color", heatColour(themeNow(), bounds));
    this.#writeLegend(bounds);
  }

  #showLegend(visible: boolean): void {
    const legend = this.querySelector<HTMLElement>("[data-legend]");
    if (legend) legend.hidden = !visible;
  }

  #writeLegend(bounds: number[]): void {
    const items = HEAT_COLOURS[themeNow()].map((colour, index) => {
      const item = document.createElement("li");
      const swatch = document.createElement("span");
      swatch.className = "map-legend__colour";
      swatch.style.backgroundColor = colour;
      item.append(swatch, legendRange(bounds, index));
      return item;
    });
    this.querySelector("[data-legend-scale]")?.replaceChildren(...items);
  }

  #apologise(container: HTMLElement): void {
    const notice = document.createElement("p");
    notice.className = "map-notice";
    notice.textContent = this.dataset["unavailable"] ?? "";
    container.replaceChildren(notice);
  }

  #tiles(filters: Filters): { reports: string; heat: string; districts: string; places: string; announcements: string } {
    const query = { ...tileQuery(this.#city, filters), seen: this.dataset["seen"] ?? "" };
    return {
      reports: tileAddress(location.origin, "reports", query),
      heat: tileAddress(location.origin, "report-heat", query),
      places: tileAddress(location.origin, "places", { city: this.#city }),
      announcements: tileAddress(location.origin, "announcements", { city: this.#city }),
      districts: tileAddress(location.origin, "districts", { city: this.#city }),
    };
  }

  get #city(): string {
    return this.dataset["city"] ?? "";
  }
}

function within([west, south, east, north]: Bounds, { lon, lat }: Place): boolean {
  return west <= lon && lon <= east && south <= lat && lat <= north;
}

/** `5–9`; the last class is open: `50+`. */
function legendRange(bounds: number[], index: number): string {
  const [first = 0, next] = bounds.slice(index, index + 2);
  if (next === undefined) return `${first}+`;
  return next - 1 > first ? `${first}–${next - 1}` : String(first);
}

customElements.define("city-map", CityMap);
