// What cannot be seen in a text.

const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether nothing in it can be seen: the server's rule. */
export function isBlank(text: string): boolean {
  return INVISIBLE.test(text);
}
