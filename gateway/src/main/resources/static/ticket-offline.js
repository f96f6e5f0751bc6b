/**
 * Service worker of the ticket page alone: where the phone has no network at the door, the page still opens and shows
 * the code it kept. The network always comes first; nothing of the API is kept here. The page itself fills the cache.
 */
const CACHE = 'ticket-page';
const PATIENCE = 4_000;

addEventListener('install', () => self.skipWaiting());
addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method === 'GET' && origin === location.origin && !pathname.startsWith('/api/')) {
    event.respondWith(freshOrKept(event.request));
  }
});

/** @param {Request} request @returns {Promise<Response>} */
async function freshOrKept(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  const fresh = fetch(request).then((response) => {
    if (response.ok) {
      cache.put(request, response.clone());
    }
    return response;
  });
  if (!kept) {
    return fresh;
  }
  const tooLong = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([fresh.catch(() => kept), tooLong]);
}
