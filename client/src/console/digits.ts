/** Digits as people type them: also the Arabic and the Persian ones. Pure. */

const OTHERS = /[\u0660-\u0669\u06f0-\u06f9\u066a]/g;
/** The sign in those scripts. */
const PERCENT = "\u066a";

/** The same text, as long as before, with the digits that numbers are read from. */
export function plainDigits(typed: string): string {
  return typed.replace(OTHERS, (char) =>
    char === PERCENT ? "%" : String(char.charCodeAt(0) & 0xf),
  );
}

/** What stands in a field for a number. What was typed in other digits is shown in plain ones, with
 * the caret where it was. */
export function typedNumber(input: HTMLInputElement): string {
  const plain = plainDigits(input.value);
  if (plain !== input.value) {
    const caret = input.selectionStart;
    input.value = plain;
    input.setSelectionRange(caret, caret);
  }
  return plain;
}
