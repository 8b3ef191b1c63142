/** What is written, with a sentence after it in a paragraph of its own. */
export function withSentence(written: string, sentence: string): string {
  return [written.trim(), sentence].filter(Boolean).join("\n\n");
}
