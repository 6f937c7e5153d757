/** `text` without the characters that XML cannot hold, and without lone halves of others. */
export function xmlText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) => (/[\t\n\r\u0080-\u009f]/.test(character) ? character : ''))
}
