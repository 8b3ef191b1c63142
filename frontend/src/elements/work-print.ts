/** `<work-print>`: a button that prints the page, where a browser can. */

class WorkPrint extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.querySelector("button")?.addEventListener("click", () => print());
  }
}

customElements.define("work-print", WorkPrint);

export {};
