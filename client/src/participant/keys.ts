// The keyboard where no field has the focus: 1 to 9 pick a row, Enter sends.

/** Keys for the question on screen; fields keep theirs. */
export function onKey(event: KeyboardEvent, root: ParentNode = document): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("textarea, input[type=text], [contenteditable]")) return;
  if (/^[1-9]$/.test(event.key)) {
    const row =
      root.querySelectorAll<HTMLInputElement>("#answer input[data-row]")[Number(event.key) - 1];
    if (row === undefined || row.disabled) return;
    event.preventDefault();
    row.focus();
    row.click();
  } else if (event.key === "Enter" && target?.closest("button, a, summary") === null) {
    event.preventDefault();
    root.querySelector<HTMLButtonElement>("button[form=answer]")?.click();
  }
}
