/** `<report-around>`: tells in the report form who would get it and what is there already, as place and category change. */

class ReportAround extends HTMLElement {
  #asked = 0;

  connectedCallback(): void {
    const form = this.closest("form");
    // The button does the same without JavaScript.
    this.querySelector("button")?.setAttribute("hidden", "");
    form?.addEventListener("place:chosen", () => void this.#refresh(form));
    form?.addEventListener("change", (event) => {
      if (event.target instanceof HTMLSelectElement || this.#isCoordinate(event.target)) void this.#refresh(form);
    });
    if (form) void this.#refresh(form);
  }

  #isCoordinate(target: EventTarget | null): boolean {
    return target instanceof HTMLInputElement && ["lon", "lat"].includes(target.name);
  }

  async #refresh(form: HTMLFormElement): Promise<void> {
    const said = new FormData(form);
    const query = new URLSearchParams();
    for (const name of ["lon", "lat", "service"]) query.set(name, String(said.get(name) ?? ""));
    if (!query.get("lon") && !query.get("service")) return;
    const turn = ++this.#asked;
    const answer = await fetch(`${this.dataset["url"] ?? ""}?${query}`).catch(() => null);
    const shown = this.querySelector("[data-around]");
    if (answer?.ok && shown && turn === this.#asked) shown.innerHTML = await answer.text();
  }
}

customElements.define("report-around", ReportAround);

export {};
