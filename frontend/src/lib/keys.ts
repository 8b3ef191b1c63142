/** Which key of the Latin keyboard was meant, whatever the layout: `о` on the Ukrainian one is where `j` is. */
export function meant(event: { key: string; code: string }): string {
  if (event.key === "?" || /^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key;
}
