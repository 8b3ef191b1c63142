/** `<work-filter>` around a queue's filter form: each choice applies at once, and queue and counts follow. */

/** What the filters change on the page; each of them stands there exactly once. */
const PARTS = [".counters", "work-filter", "[data-set-filters]", ".desk__queue"];

class WorkFilter extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    form?.addEventListener("change", () => void apply(form));
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void apply(form);
    });
  }
}

async function apply(form: HTMLFormElement): Promise<void> {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, String(value));
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    history.pushState(null, "", address);
  } catch {
    // Signed out meanwhile, or no connection: the browser's own page says so.
    location.assign(address);
  }
}

function show(page: Document): void {
  const focused = document.activeElement?.id;
  const wasOpen = document.querySelector<HTMLDetailsElement>("work-filter details")?.open ?? false;
  for (const part of PARTS) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceWith(fresh);
  }
  const details = document.querySelector<HTMLDetailsElement>("work-filter details");
  if (details) details.open ||= wasOpen;
  if (focused) document.getElementById(focused)?.focus();
  const said = document.querySelector("[data-said]");
  if (said) said.textContent = document.querySelector("#queue-title")?.textContent ?? "";
}

addEventListener("popstate", () => location.reload());
customElements.define("work-filter", WorkFilter);

export {};
