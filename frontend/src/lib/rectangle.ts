/** Rectangles on a picture, in its own whole pixels from the left upper corner. */

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Corner {
  x: number;
  y: number;
}

/** The rectangle between two corners, wherever each lies, cut at the picture's edges; null for less than a pixel. */
export function between(one: Corner, other: Corner, width: number, height: number): Rectangle | null {
  const [left, right] = ordered(one.x, other.x, width);
  const [top, bottom] = ordered(one.y, other.y, height);
  return left < right && top < bottom ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

/** A place on the shown picture, `scale` times smaller than the real one, in the real one's pixels. */
export function onPicture(left: number, top: number, scale: number): Corner {
  return { x: left * scale, y: top * scale };
}

function ordered(one: number, other: number, most: number): [number, number] {
  const within = (value: number): number => Math.min(Math.max(Math.round(value), 0), most);
  return [within(Math.min(one, other)), within(Math.max(one, other))];
}
