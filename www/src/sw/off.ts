// The service worker of `make serve`: takes away one that an earlier build left at this address, and itself.
declare const self: ServiceWorkerGlobalScope;
export {};

self.addEventListener("install", () => void self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(retire()));

async function retire(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith("cellscope-")) await caches.delete(name);
  }
  await self.registration.unregister();
  // The pages that the earlier one controlled still show its files.
  for (const client of await self.clients.matchAll({ type: "window" })) await client.navigate(client.url);
}
