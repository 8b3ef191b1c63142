/** `<mask-editor>`: draws a rectangle on a photo and writes it into the form's four numbers, and the other way round. */

import { between, onPicture, type Rectangle } from "../lib/rectangle.ts";

const FIELDS = ["x", "y", "width", "height"] as const;

class MaskEditor extends HTMLElement {
  #canvas = document.createElement("canvas");
  #from: { x: number; y: number } | null = null;

  connectedCallback(): void {
    const image = this.querySelector("img");
    if (!image) return;
    this.#canvas.className = "mask-editor__canvas";
    this.#canvas.width = Number(this.dataset["width"]);
    this.#canvas.height = Number(this.dataset["height"]);
    this.#canvas.ariaHidden = "true"; // The numbers below say the same.
    const frame = document.createElement("div");
    frame.className = "mask-editor__frame";
    image.replaceWith(frame);
    frame.append(image, this.#canvas);
    this.querySelector<HTMLElement>("[data-hint]")?.removeAttribute("hidden");
    this.#listen();
  }

  #listen(): void {
    this.#canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.#canvas.setPointerCapture(event.pointerId);
      this.#from = this.#place(event);
    });
    this.#canvas.addEventListener("pointermove", (event) => this.#drag(event));
    this.#canvas.addEventListener("pointerup", (event) => {
      this.#drag(event);
      this.#from = null;
    });
    this.#canvas.addEventListener("pointercancel", () => (this.#from = null));
    for (const input of this.#inputs()) input.addEventListener("input", () => this.#draw(this.#written()));
  }

  #drag(event: PointerEvent): void {
    if (!this.#from) return;
    const drawn = between(this.#from, this.#place(event), this.#canvas.width, this.#canvas.height);
    if (!drawn) return;
    this.#inputs().forEach((input, at) => (input.value = String(drawn[FIELDS[at] ?? "x"])));
    this.#draw(drawn);
  }

  #place(event: PointerEvent): { x: number; y: number } {
    const shown = this.#canvas.getBoundingClientRect();
    return onPicture(event.clientX - shown.left, event.clientY - shown.top, this.#canvas.width / shown.width);
  }

  /** White within black stands out on every photo. */
  #draw(rectangle: Rectangle | null): void {
    const pen = this.#canvas.getContext("2d");
    if (!pen) return;
    pen.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    if (!rectangle) return;
    const { x, y, width, height } = rectangle;
    const thin = Math.max(2, this.#canvas.width / 300);
    pen.fillStyle = "rgb(0 0 0 / 35%)";
    pen.fillRect(x, y, width, height);
    for (const [colour, line] of [["#000", thin * 2], ["#fff", thin]] as const) {
      pen.strokeStyle = colour;
      pen.lineWidth = line;
      pen.strokeRect(x, y, width, height);
    }
  }

  #written(): Rectangle | null {
    const [x = NaN, y = NaN, width = NaN, height = NaN] = this.#inputs().map((input) => input.valueAsNumber);
    return [x, y, width, height].every(Number.isFinite) ? { x, y, width, height } : null;
  }

  #inputs(): HTMLInputElement[] {
    const form = this.closest("form");
    const found = FIELDS.map((name) => form?.elements.namedItem(name));
    return found.filter((input) => input instanceof HTMLInputElement);
  }
}

customElements.define("mask-editor", MaskEditor);
