/** Opening a map for an element: after the page is painted, and only where the device can draw it. */

import type { OpenMap, Settings } from "../map.ts";
import { readBounds, type Bounds } from "../lib/address.ts";
import { styleAddress } from "../lib/tiles.ts";

/** The opened map; null where the device has no WebGL2 or the map's code can't be fetched. */
export async function openMap(container: HTMLElement, settings: Settings): Promise<OpenMap | null> {
  if (!drawsMaps()) return null;
  await painted();
  try {
    const { OpenMap } = await import("../map.ts");
    container.replaceChildren();
    return new OpenMap(container, settings);
  } catch (error) {
    console.warn(error);
    return null;
  }
}

/** The box, the words and the base map of the city that every map's element carries. */
export function common(element: HTMLElement): Pick<Settings, "bounds" | "words" | "style"> {
  const bounds: Bounds = readBounds(element.dataset["bounds"]) ?? [-180, -60, 180, 75];
  const { label = "", zoomIn = "", zoomOut = "", city = "" } = element.dataset;
  const style: Settings["style"] = (theme) => styleAddress(location.origin, city, theme, document.documentElement.lang);
  return { bounds, words: { label, zoomIn, zoomOut }, style };
}

/** Takes away the room that is kept for a map until it is clear that there is none. */
export function withdraw(element: HTMLElement): void {
  element.hidden = true;
  element.dataset["withdrawn"] = "";
}

function drawsMaps(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** Two frames from now: what the server sent is on the screen before the map's code competes with it. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
