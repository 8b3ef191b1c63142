/** `<photo-first>`: a chosen photo begins the report at once, and the start above opens the camera. */

class PhotoFirst extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=file]");
    const button = this.querySelector<HTMLButtonElement>("button");
    if (!input || !button) return;
    input.addEventListener("change", () => {
      if (input.files?.length) input.form?.requestSubmit(button);
    });
    document.querySelector("[data-photo-start]")?.addEventListener("click", (event) => {
      event.preventDefault();
      input.click();
    });
  }
}

customElements.define("photo-first", PhotoFirst);

export {};
