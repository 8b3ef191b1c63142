/** `<work-canned>`: puts the chosen sentence after what is written, without sending the form. */

import { withSentence } from "../lib/sentences.ts";

class WorkCanned extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", (event) => this.#insert(event));
  }

  #insert(event: Event): void {
    const field = document.getElementById(this.dataset["field"] ?? "");
    const select = this.querySelector("select");
    if (!(field instanceof HTMLTextAreaElement) || !select) return;
    event.preventDefault();
    field.value = withSentence(field.value, select.selectedOptions[0]?.dataset["text"] ?? "");
    select.value = "";
    field.focus();
  }
}

customElements.define("work-canned", WorkCanned);
