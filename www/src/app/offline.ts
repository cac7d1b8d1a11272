/**
 * Registers the service worker that makes the page work offline after the first load.
 *
 * Only in a secure context (https, localhost), and not under `make serve`. The scope is the page's own folder, so any
 * sub-path works. A new build is fetched in the background and takes over at the next load of the page; with several
 * pages open, once they are closed.
 *
 * @param onUpdate called when a new build is ready for the next load
 */
export async function registerServiceWorker(onUpdate?: () => void): Promise<void> {
  if (!__SERVICE_WORKER__ || !window.isSecureContext || !("serviceWorker" in navigator)) return;
  const workers = navigator.serviceWorker;
  // An existing controller means that a change of controller is an update, not the first installation.
  const updating = workers.controller !== null;
  // The state is in the address: a reload loses nothing. Heard from the start: the take-over may have been asked for before.
  if (updating) workers.addEventListener("controllerchange", () => location.reload(), { once: true });
  let registration: ServiceWorkerRegistration;
  try {
    registration = await workers.register("./sw.js", { scope: "./", updateViaCache: "none" });
  } catch {
    return; // Blocked by the user or by the browser's mode: the page works without, only not offline.
  }
  if (updating) registration.waiting?.postMessage("take-over");
  registration.addEventListener("updatefound", () => {
    const next = registration.installing;
    next?.addEventListener("statechange", () => {
      if (next.state === "installed" && workers.controller !== null) onUpdate?.();
    });
  });
}
