// The service worker: keeps the build's listed files, whole and checked, so that the page works offline.
// One cache a build, named by the hash of its list; a new build fills its own before it takes over.
declare const self: ServiceWorkerGlobalScope;
export {};

/** Replaced by the build with the hash of its list. */
const BUILD = "__BUILD__";
/** Sites on one origin share its caches: the scope keeps this build's apart. */
const PREFIX = `cellscope-${self.registration.scope}-`;
const CACHE = PREFIX + BUILD;

interface FileList {
  build: string;
  files: { path: string; size: number; sha256: string }[];
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const path = listedPath(event.request);
  if (path !== null) event.respondWith(answer(path, event.request));
});
self.addEventListener("message", (event) => {
  if (event.data === "take-over") event.waitUntil(takeOver());
});

/** Fetches every listed file. Throws, and so leaves the old build in place, if one is missing or of another build. */
async function install(): Promise<void> {
  const response = await fetch(new URL("files.json", self.registration.scope), { cache: "no-store" });
  if (!response.ok) throw new Error(`files.json: ${response.status}`);
  const list = (await response.clone().json()) as FileList;
  if (list.build !== BUILD) throw new Error(`files.json is of build ${list.build}, not ${BUILD}`);
  const cache = await caches.open(CACHE);
  await Promise.all(
    list.files.filter((file) => file.path !== "sw.js").map((file) => keep(cache, file.path, file.sha256)),
  );
  // Last: its presence says that the cache is whole.
  await cache.put(address("files.json"), response);
}

async function keep(cache: Cache, path: string, sha256: string): Promise<void> {
  const response = await fetch(address(path), { cache: "no-cache" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  const found = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256) throw new Error(`${path} is not the file that the list names`);
  await cache.put(address(path), response);
}

async function activate(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

/** Replaces the old build, but only under a single page: two open pages must not run on two builds' files. */
async function takeOver(): Promise<void> {
  // The page that a reload replaces may still be counted for a moment.
  for (let attempt = 0; attempt < 4; attempt++) {
    const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (pages.length <= 1) return self.skipWaiting();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function address(path: string): string {
  return new URL(path, self.registration.scope).href;
}

/** Path below the scope of a request that the list may answer, or null for all others. */
function listedPath(request: Request): string | null {
  if (request.method !== "GET") return null;
  const url = new URL(request.url);
  url.search = "";
  url.hash = "";
  if (!url.href.startsWith(self.registration.scope)) return null;
  return url.href.slice(self.registration.scope.length) || "index.html";
}

/** The kept copy; what is not in the list goes to the network as if there were no service worker. */
async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(address(path))) ?? fetch(request);
}
