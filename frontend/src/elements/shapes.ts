/** The shapes of reports and places as pictures for the map's canvas. */

import { imageName, PLACE_IMAGE } from "../lib/overlays.ts";
import { GROUPS, HALO, INK, PLACE_SHAPE, STATUS_COLOURS, STATUS_SHAPES, type Theme } from "../lib/palette.ts";

export interface ShapeImage {
  data: ImageData;
  /** Picture pixels per screen pixel. */
  ratio: number;
}

const RATIO = 3;
const SIZE_PX = 22;

/** One picture per group and theme, named `group-…`, and one for places, drawn with a halo that lifts it off the streets. */
export function shapeImages(theme: Theme): Record<string, ShapeImage> {
  const groups = GROUPS.map((group) => [
    imageName(group, theme),
    { data: draw(STATUS_SHAPES[group], STATUS_COLOURS[theme][group], HALO[theme]), ratio: RATIO },
  ]);
  const place = { data: draw(PLACE_SHAPE, INK[theme].accent, HALO[theme]), ratio: RATIO };
  return { ...Object.fromEntries(groups), [`${PLACE_IMAGE}-${theme}`]: place };
}

function draw(path: string, colour: string, halo: string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE_PX * RATIO;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser draws no pictures");
  context.scale(RATIO, RATIO);
  context.translate((SIZE_PX - 16) / 2, (SIZE_PX - 16) / 2);
  const shape = new Path2D(path);
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = halo;
  context.stroke(shape);
  context.fillStyle = colour;
  context.fill(shape);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
