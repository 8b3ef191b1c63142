/** Marks drawn over a map: the pin of a place, and the cross under which the keyboard places one. */

const SVG = "http://www.w3.org/2000/svg";

export function pin(): HTMLElement {
  const holder = document.createElement("div");
  holder.className = "map-pin";
  holder.append(
    drawing("0 0 32 32", [
      ["logo__pin", "M16 1.5A11.5 11.5 0 0 0 4.5 13c0 8 11.5 17.5 11.5 17.5S27.5 21 27.5 13A11.5 11.5 0 0 0 16 1.5z"],
      ["logo__sash", "M16 8a5 5 0 1 0 0 10 5 5 0 1 0 0-10z"],
    ]),
  );
  return holder;
}

export function crosshair(): HTMLElement {
  const holder = document.createElement("div");
  holder.className = "map-crosshair";
  holder.append(drawing("0 0 44 44", [["map-crosshair__line", "M22 2v16M22 26v16M2 22h16M26 22h16"]]));
  return holder;
}

function drawing(viewBox: string, paths: [className: string, path: string][]): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox);
  svg.setAttribute("aria-hidden", "true");
  for (const [className, path] of paths) {
    const drawn = document.createElementNS(SVG, "path");
    drawn.setAttribute("class", className);
    drawn.setAttribute("d", path);
    svg.append(drawn);
  }
  return svg;
}
