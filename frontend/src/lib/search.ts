/** Whether every word that is searched for is among these words, which are in small letters. */
export function holdsAll(words: string, searched: string): boolean {
  return searched
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => words.includes(word));
}
