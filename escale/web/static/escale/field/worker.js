/* The service worker of the field: shows the kept copy of a page when there is no network, and sends what waits when it is back.

   Only a page that says whose it is (its X-Escale-Owner header) is kept, sealed with the key of that person; nothing else ever is. */

import { currentOwner } from "./owner.js";
import { keepPage, keptPage } from "./pages.js";
import { send } from "./sending.js";

const PREFIX = "escale-static-";
const PATIENCE = 6_000;
const AS_KEPT = { ignoreVary: true };

/** @typedef {{ version: string, statics: string, files: string[], pages: string[], fallback: string }} Shell */

/** @param {Shell} shell */
const cacheName = (shell) => PREFIX + shell.version;

/** @param {Shell} shell */
const fetchShell = async (shell) => {
  const cache = await caches.open(cacheName(shell));
  await cache.addAll([...shell.files, ...shell.pages]);
};

/** @param {Shell} shell */
const dropOlder = async (shell) => {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== cacheName(shell));
  await Promise.all(older.map((name) => caches.delete(name)));
};

/**
 * A file whose name changes with its content is asked for once.
 *
 * @param {Shell} shell
 * @param {Request} request
 */
const staticFile = async (shell, request) => {
  const known = await caches.match(request, AS_KEPT);
  if (known) {
    return known;
  }
  const response = await fetch(request);
  if (response.ok) {
    const cache = await caches.open(cacheName(shell));
    await cache.put(request, response.clone());
  }
  return response;
};

/**
 * The page as the server has it, else the copy that was kept, else a page that says so.
 *
 * @param {Shell} shell
 * @param {FetchEvent} event
 */
const page = async (shell, event) => {
  // A copy that cannot be opened is no copy; it must not stand between the page and the network.
  const kept = await keptPage(event.request.url).catch(() => null);
  // On a line that hardly answers, whoever has a copy does not wait for long.
  const signal = kept ? AbortSignal.timeout(PATIENCE) : undefined;
  try {
    const response = await fetch(event.request, { signal });
    event.waitUntil(keepPage(event.request.url, response.clone()));
    return response;
  } catch {
    return kept ?? (await caches.match(event.request, AS_KEPT)) ?? (await caches.match(shell.fallback, AS_KEPT)) ?? Response.error();
  }
};

/**
 * Return whether all could be asked for.
 *
 * @param {string[]} addresses
 */
const keepPages = async (addresses) => {
  for (const address of addresses) {
    try {
      await keepPage(address, await fetch(address));
    } catch {
      return false;
    }
  }
  return true;
};

/**
 * Begin; called while the worker is first read, as its events ask for.
 *
 * @param {Shell} shell
 */
export const start = (shell) => {
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));

  worker.addEventListener("install", (event) => {
    worker.skipWaiting();
    event.waitUntil(fetchShell(shell));
  });

  worker.addEventListener("activate", (event) => {
    event.waitUntil(dropOlder(shell).then(() => worker.clients.claim()));
  });

  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const address = new URL(request.url);
    if (request.method !== "GET" || address.origin !== worker.location.origin) {
      return;
    }
    if (address.pathname.startsWith(shell.statics)) {
      event.respondWith(staticFile(shell, request));
    } else if (request.mode === "navigate") {
      event.respondWith(page(shell, event));
    }
  });

  worker.addEventListener("message", (event) => {
    if (Array.isArray(event.data?.keep)) {
      event.waitUntil(keepPages(event.data.keep).then((done) => event.ports[0]?.postMessage(done)));
    }
  });

  worker.addEventListener("sync", (/** @type {any} */ event) => {
    event.waitUntil(currentOwner().then((owner) => owner && send()));
  });
};
