/**
 * The map: the only file that knows the map library.
 *
 * An opened map tells its container what happens, as events that bubble: `map:move` (the view came to rest elsewhere) and
 * `map:pick` (a place was chosen by click or Enter, with the report there, if any).
 */

import {
  AttributionControl, Map as Canvas, Marker, NavigationControl, ScaleControl, setWorkerUrl,
  type LayerSpecification, type MapGeoJSONFeature, type MapMouseEvent, type PointLike, type SourceSpecification, type VectorTileSource,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import { onThemeChange, themeNow } from "./elements/theme.ts";
import type { Bounds, View } from "./lib/address.ts";
import type { Theme } from "./lib/palette.ts";
import { shapeImages } from "./elements/shapes.ts";

export type { LayerSpecification, SourceSpecification };

setWorkerUrl(workerUrl);

/** What an element draws over the base map. */
export interface Overlay {
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
}

export interface Settings {
  /** The base map's style, by theme. */
  style: (theme: Theme) => string;
  overlay: (theme: Theme) => Overlay;
  /** Layers whose features may be picked, the first before the others. */
  pickable: string[];
  bounds: Bounds;
  view?: View | null;
  words: { label: string; zoomIn: string; zoomOut: string };
}

export interface MapMove {
  view: View;
  bounds: Bounds;
}

export interface Feature {
  /** The layer that draws it. */
  layer: string;
  lon: number;
  lat: number;
  properties: Record<string, unknown>;
}

export interface MapPick {
  lon: number;
  lat: number;
  feature: Feature | null;
}

/** How far from a feature a finger may land, in pixels. */
const TOUCH_PX = 14;

export class OpenMap {
  readonly #canvas: Canvas;
  readonly #settings: Settings;
  readonly #forgetTheme: () => void;
  readonly #pins = new globalThis.Map<string, Marker>();

  constructor(container: HTMLElement, settings: Settings) {
    this.#settings = settings;
    this.#canvas = createCanvas(container, settings);
    this.#canvas.on("style.load", () => this.#draw());
    if (settings.view) this.#canvas.once("load", () => this.#tell<MapMove>("map:move", this.state()));
    this.#canvas.on("moveend", () => this.#tell<MapMove>("map:move", this.state()));
    this.#canvas.on("click", (event: MapMouseEvent) => this.#pick(event.lngLat.lng, event.lngLat.lat, event.point));
    this.#canvas.on("idle", () => this.#tell("map:idle", null));
    this.#forgetTheme = onThemeChange(() => this.#canvas.setStyle(settings.style(themeNow()), { diff: false }));
  }

  /** Where the map looks: the view, and the box it shows. */
  state(): MapMove {
    const centre = this.#canvas.getCenter();
    const box = this.#canvas.getBounds();
    return {
      view: { zoom: this.#canvas.getZoom(), lat: centre.lat, lon: centre.lng },
      bounds: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()],
    };
  }

  look(view: View): void {
    this.#canvas.easeTo({ center: [view.lon, view.lat], zoom: view.zoom, duration: 400 });
  }

  /** Chooses the place under the map's centre, as Enter does on the keyboard. */
  pickCentre(): void {
    const { lng, lat } = this.#canvas.getCenter();
    this.#pick(lng, lat, this.#canvas.project([lng, lat]));
  }

  /** The element that holds the keyboard's focus. */
  get surface(): HTMLCanvasElement {
    return this.#canvas.getCanvas();
  }

  setTiles(source: string, address: string): void {
    this.#canvas.getSource<VectorTileSource>(source)?.setTiles([address]);
  }

  setPaint(layer: string, property: string, value: unknown): void {
    if (this.#canvas.getLayer(layer)) this.#canvas.setPaintProperty(layer, property as never, value as never);
  }

  setVisible(layers: string[], visible: boolean): void {
    for (const layer of layers) {
      if (this.#canvas.getLayer(layer)) this.#canvas.setLayoutProperty(layer, "visibility", visible ? "visible" : "none");
    }
  }

  /** What is drawn of these layers now, each feature in sight once, from north to south. */
  drawn(layers: string[]): Feature[] {
    const present = layers.filter((layer) => this.#canvas.getLayer(layer));
    if (present.length === 0) return [];
    const once = new globalThis.Map<unknown, Feature>();
    for (const found of this.#canvas.queryRenderedFeatures({ layers: present })) {
      const feature = asFeature(found);
      if (feature) once.set(found.id ?? `${feature.lon},${feature.lat}`, feature);
    }
    const box = this.#canvas.getBounds();
    return [...once.values()].filter(({ lon, lat }) => box.contains([lon, lat])).sort((a, b) => b.lat - a.lat);
  }

  /** Puts a marker on the map, or takes the named one away where there is no place. */
  pin(name: string, place: { lon: number; lat: number } | null, element: HTMLElement | null = null): void {
    if (!place) {
      this.#pins.get(name)?.remove();
      this.#pins.delete(name);
      return;
    }
    const made = element ?? ring();
    const marker = this.#pins.get(name) ?? new Marker({ element: made, anchor: element ? "bottom" : "center" });
    marker.setLngLat([place.lon, place.lat]).addTo(this.#canvas);
    this.#pins.set(name, marker);
  }

  close(): void {
    this.#forgetTheme();
    this.#canvas.remove();
  }

  #draw(): void {
    const theme = themeNow();
    for (const [name, image] of Object.entries(shapeImages(theme))) {
      if (!this.#canvas.hasImage(name)) this.#canvas.addImage(name, image.data, { pixelRatio: image.ratio });
    }
    const { sources, layers } = this.#settings.overlay(theme);
    for (const [name, source] of Object.entries(sources)) this.#canvas.addSource(name, source);
    for (const layer of layers) this.#canvas.addLayer(layer);
    this.#tell("map:styled", null);
  }

  #pick(lon: number, lat: number, at: { x: number; y: number }): void {
    this.#tell<MapPick>("map:pick", { lon, lat, feature: this.#featureNear(at) });
  }

  #featureNear(at: { x: number; y: number }): Feature | null {
    const box: [PointLike, PointLike] = [[at.x - TOUCH_PX, at.y - TOUCH_PX], [at.x + TOUCH_PX, at.y + TOUCH_PX]];
    for (const layer of this.#settings.pickable.filter((name) => this.#canvas.getLayer(name))) {
      const near = this.#canvas.queryRenderedFeatures(box, { layers: [layer] }).map((found) => asFeature(found) ?? this.#underFinger(found, at)).filter((found) => found !== null);
      const distance = (feature: Feature): number => {
        const place = this.#canvas.project([feature.lon, feature.lat]);
        return Math.hypot(place.x - at.x, place.y - at.y);
      };
      const nearest = near.sort((a, b) => distance(a) - distance(b))[0];
      if (nearest) return nearest;
    }
    return null;
  }

  /** An area is picked where the finger is. */
  #underFinger(found: MapGeoJSONFeature, at: { x: number; y: number }): Feature {
    const { lng, lat } = this.#canvas.unproject([at.x, at.y]);
    return { layer: found.layer.id, lon: lng, lat, properties: found.properties };
  }

  #tell<Detail>(name: string, detail: Detail): void {
    this.#canvas.getContainer().dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

/** A ring around a feature that is pointed at. */
function ring(): HTMLElement {
  const made = document.createElement("div");
  made.className = "map-ring";
  return made;
}

function createCanvas(container: HTMLElement, { style, bounds, view, words }: Settings): Canvas {
  const place = view ? { center: [view.lon, view.lat] as [number, number], zoom: view.zoom } : { bounds };
  const canvas = new Canvas({
    container, ...place, style: style(themeNow()), fitBoundsOptions: { padding: 24 },
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 100,
    locale: { "Map.Title": words.label, "NavigationControl.ZoomIn": words.zoomIn, "NavigationControl.ZoomOut": words.zoomOut },
  });
  canvas.touchZoomRotate.disableRotation();
  canvas.keyboard.disableRotation();
  canvas.addControl(new NavigationControl({ showCompass: false }), "top-right");
  canvas.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  canvas.addControl(new AttributionControl({ compact: false }), "bottom-right");
  return canvas;
}

function asFeature(found: MapGeoJSONFeature): Feature | null {
  if (found.geometry.type !== "Point") return null;
  const [lon, lat] = found.geometry.coordinates;
  return lon === undefined || lat === undefined ? null : { layer: found.layer.id, lon, lat, properties: found.properties };
}
