/** `<pass-key>`: asks the device for a passkey or security key and sends what it says in the form inside. */

import { answer, toCreate, toUse, type Options } from "../lib/keys-json.ts";

/** A key belongs to a name: a site that is reached by number can have none. */
const reachedByNumber = () => /^[\d.]+$|:/.test(location.hostname);

export class PassKey extends HTMLElement {
  connectedCallback(): void {
    if (!("PublicKeyCredential" in window) || !isSecureContext || reachedByNumber()) return;
    this.hidden = false;
    for (const words of document.querySelectorAll<HTMLElement>("[data-no-keys]")) words.hidden = true;
    this.querySelector("[data-use]")?.addEventListener("click", () => void this.#use());
  }

  async #use(): Promise<void> {
    this.#failed(false);
    try {
      const credential = await this.#ask(await this.#options());
      const form = this.querySelector("form");
      const field = form?.elements.namedItem("credential");
      if (!form || !(field instanceof HTMLInputElement) || !credential) throw new Error("no form or no key");
      field.value = JSON.stringify(answer(credential as PublicKeyCredential));
      form.submit();
    } catch {
      // The browser says why in its own window: refused, timed out, unknown here.
      this.#failed(true);
    }
  }

  async #options(): Promise<Options> {
    const id = this.dataset["json"];
    if (id) return JSON.parse(document.getElementById(id)?.textContent ?? "{}") as Options;
    const got = await fetch(this.dataset["options"] ?? "", {
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    });
    if (!got.ok) throw new Error(String(got.status));
    return (await got.json()) as Options;
  }

  #ask(options: Options): Promise<Credential | null> {
    const alone = this.querySelector<HTMLInputElement>("[name=passwordless]")?.checked ?? false;
    if (options.creation_options) {
      return navigator.credentials.create({ publicKey: toCreate(options.creation_options.publicKey, alone) });
    }
    if (options.request_options) {
      return navigator.credentials.get({ publicKey: toUse(options.request_options.publicKey) });
    }
    throw new Error("no options");
  }

  #failed(yes: boolean): void {
    const words = this.querySelector<HTMLElement>("[data-failed]");
    if (words) words.hidden = !yes;
  }
}

customElements.define("pass-key", PassKey);
