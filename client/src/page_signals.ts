// The browser's hints that the line may have changed. They never decide anything: they nudge.

/** Calls back when the page is shown again, or the network goes or returns; gives the way to stop it. */
export function whenPageWakes(nudge: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === "visible") nudge();
  };
  window.addEventListener("online", nudge);
  window.addEventListener("offline", nudge);
  window.addEventListener("pageshow", nudge);
  document.addEventListener("visibilitychange", seen);
  // A page that was frozen: it may be seen the whole time, on a second screen.
  document.addEventListener("resume", nudge);
  return () => {
    window.removeEventListener("online", nudge);
    window.removeEventListener("offline", nudge);
    window.removeEventListener("pageshow", nudge);
    document.removeEventListener("visibilitychange", seen);
    document.removeEventListener("resume", nudge);
  };
}
