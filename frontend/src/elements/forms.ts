/** How long a second press of the same button is taken for a slip, in milliseconds. */
const SLIP_MS = 1500;

/** A form sent twice by a double click is sent once. */
export function ignoreDoubleClicks(page: Document): void {
  let sentAt = -Infinity;
  let sent: EventTarget | null = null;
  page.addEventListener("submit", (event) => {
    if (event.target === sent && event.timeStamp - sentAt < SLIP_MS) event.preventDefault();
    else [sent, sentAt] = [event.target, event.timeStamp];
  });
}
