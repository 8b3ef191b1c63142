/** Which option of a list a key makes the active one, by the combobox pattern of ARIA 1.2; -1 is none, the text itself. */
export function nextOption(active: number, count: number, key: string): number {
  if (key === "ArrowDown") return active + 1 >= count ? -1 : active + 1;
  if (key === "ArrowUp") return active < 0 ? count - 1 : active - 1;
  return active;
}
