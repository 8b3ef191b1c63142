/** Opening a map for an element: after the page is painted, and only where the device can draw it. */

import type { OpenMap, Settings } from "../map.ts";
import { readBounds, type Bounds } from "../lib/address.ts";

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

/** The box and the words that every map's element carries. */
export function common(element: HTMLElement): Pick<Settings, "bounds" | "words"> {
  const bounds: Bounds = readBounds(element.dataset["bounds"]) ?? [-180, -60, 180, 75];
  const { label = "", zoomIn = "", zoomOut = "" } = element.dataset;
  return { bounds, words: { label, zoomIn, zoomOut } };
}

function drawsMaps(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

/** Two frames from now: what the server sent is on the screen before the map's code competes with it. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
