/** Moves the keyboard to what has to be mended, as a screen reader's user needs after a refused form. */
export function focusErrors(page: ParentNode): void {
  page.querySelector<HTMLElement>("[data-error-summary]")?.focus();
}
