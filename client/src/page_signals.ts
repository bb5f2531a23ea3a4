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
  return () => {
    window.removeEventListener("online", nudge);
    window.removeEventListener("offline", nudge);
    window.removeEventListener("pageshow", nudge);
    document.removeEventListener("visibilitychange", seen);
  };
}
