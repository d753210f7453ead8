/* Keeps the last good page, script, style and content of this screen, for when there is no network. */
const STORE = "gongkai-screen-1";
const STATIC = "{{ prefix|escapejs }}";
const PATIENCE = 8000;

self.addEventListener("install", (event) => {
  // the page itself came before the worker was there; content comes with the next question
  event.waitUntil(caches.open(STORE).then((store) => store.add("./")).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim().then(fetchParts)));

/** Take in what the page is made of. */
async function fetchParts() {
  const store = await caches.open(STORE);
  const page = await store.match("./");
  if (!page) return;
  const text = await page.text();
  const parts = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map((found) => found[1]).filter((address) => address.startsWith(STATIC));
  await Promise.all(parts.map((address) => store.add(address).catch(() => {})));
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  event.respondWith(answer(event.request));
});

async function answer(request) {
  const store = await caches.open(STORE);
  try {
    const impatience = new AbortController();
    const timer = setTimeout(() => impatience.abort(), PATIENCE);
    const fresh = await fetch(request, { signal: impatience.signal });
    clearTimeout(timer);
    if (fresh.ok) await store.put(request, fresh.clone());
    if (fresh.status === 404) await store.delete(request);
    if (fresh.status >= 500) throw new Error(fresh.status);
    return fresh;
  } catch (error) {
    const old = await store.match(request, { ignoreVary: true });
    if (!old) throw error;
    const headers = new Headers(old.headers);
    headers.set("X-From-Store", "1");
    return new Response(await old.blob(), { status: old.status, headers });
  }
}
