{% if wanted %}// Shows one page while there is no connection. It keeps that page and its files, and nothing that anybody was shown.
const { name, kept } = {{ told|safe }};
const [page, ...files] = kept;

self.addEventListener("install", (event) => {
    const asked = kept.map((address) => new Request(address, { cache: "reload", credentials: "omit" }));
    event.waitUntil(caches.open(name).then((shelf) => shelf.addAll(asked)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
    const older = (names) => Promise.all(names.filter((one) => one !== name).map((one) => caches.delete(one)));
    event.waitUntil(Promise.all([caches.keys().then(older), self.registration.navigationPreload?.enable()]));
});
self.addEventListener("fetch", (event) => {
    const { method, mode, url } = event.request;
    if (mode === "navigate" && method === "GET") event.respondWith(asked(event).catch(() => caches.match(page)));
    else if (files.includes(new URL(url).pathname)) event.respondWith(fetch(event.request).catch(() => caches.match(event.request)));
});
async function asked(event) {
    return (await event.preloadResponse) ?? fetch(event.request);
}
{% else %}// Takes itself and what it kept away.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
    const gone = caches.keys().then((names) => Promise.all(names.map((one) => caches.delete(one))));
    event.waitUntil(gone.then(() => self.registration.unregister()));
});
{% endif %}
