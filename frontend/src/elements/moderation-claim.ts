/** `<moderation-claim>`: holds the report for who looks at it, and gives it back when the page is left. */

export class ModerationClaim extends HTMLElement {
  #held = false;

  async connectedCallback(): Promise<void> {
    addEventListener("pagehide", () => this.#giveBack());
    try {
      const answer = await this.#send(this.dataset["claim"] ?? "");
      this.#held = answer.status === 204;
      this.#say(this.#held ? (this.dataset["said"] ?? "") : answer.status === 409 ? await answer.text() : "");
    } catch {
      // Without a connection nobody can be told; the page's own buttons still say what goes wrong.
    }
  }

  #giveBack(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#send(this.dataset["release"] ?? "").catch(() => undefined);
  }

  #send(address: string): Promise<Response> {
    const body = new FormData();
    body.set("quiet", "1");
    const token = document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value;
    return fetch(address, {
      method: "POST", body, headers: { "X-CSRFToken": token ?? "" }, keepalive: true, redirect: "error",
    });
  }

  #say(words: string): void {
    const status = this.querySelector("[data-status]");
    if (status) status.textContent = words;
  }
}

customElements.define("moderation-claim", ModerationClaim);
