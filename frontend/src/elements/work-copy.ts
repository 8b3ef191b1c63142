/** `<work-copy>`: a button that copies the address in the field beside it; without it the field can be copied by hand. */

class WorkCopy extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => void this.#copy());
  }

  async #copy(): Promise<void> {
    const field = this.querySelector("input");
    if (!field) return;
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return; // Not allowed here: the address is selected, and the keyboard copies it.
    }
    const said = this.querySelector("[role=status]");
    if (said) said.textContent = this.dataset["copied"] ?? "";
  }
}

customElements.define("work-copy", WorkCopy);

export {};
