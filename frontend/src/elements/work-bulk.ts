/** `<work-bulk>` around the queue: counts what is ticked, ticks a whole page, and shows only the fields a verb needs. */

class WorkBulk extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", () => this.#show());
    const all = this.querySelector<HTMLButtonElement>("[data-all]");
    if (all) {
      all.hidden = false;
      all.addEventListener("click", () => this.#tickAll());
    }
    this.#show();
  }

  #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>("input[name=report]")];
  }

  #tickAll(): void {
    const boxes = this.#boxes();
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
    this.#show();
  }

  #show(): void {
    const number = this.#boxes().filter((box) => box.checked).length;
    const said = this.querySelector("[data-ticked]");
    if (said) said.textContent = number ? `(${number})` : "";
    const verb = this.querySelector<HTMLSelectElement>("select[name=verb]")?.value ?? "";
    for (const part of this.querySelectorAll<HTMLElement>("[data-for]")) {
      part.hidden = !(part.dataset["for"] ?? "").split(" ").includes(verb);
    }
  }
}

customElements.define("work-bulk", WorkBulk);

export {};
