/** Light or dark, as the device asks. */

import type { Theme } from "../lib/palette.ts";

const DARK = matchMedia("(prefers-color-scheme: dark)");

/** What the device asks for now. */
export function themeNow(): Theme {
  return DARK.matches ? "dark" : "light";
}

/** Calls back when the device asks for the other theme; what it returns ends that. */
export function onThemeChange(changed: () => void): () => void {
  DARK.addEventListener("change", changed);
  return () => DARK.removeEventListener("change", changed);
}
