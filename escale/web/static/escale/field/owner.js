/* Whose device this is now: the last person who opened a page of the field on it, known by an opaque key. */

import { clear, read, write } from "./database.js";
import { forgetAll } from "./queue.js";
import { forgetKey } from "./vault.js";

const STATIC = "escale-static-";

/** @returns {Promise<string>} the key of the person, empty when nobody is */
export const currentOwner = async () => (await read("facts", (facts) => facts.get("owner"))) ?? "";

/** @param {string} owner */
const forgetFacts = (owner) =>
  write("facts", (facts) => {
    facts.delete(`day ${owner}`);
    facts.delete(`fetched ${owner}`);
  });

/**
 * Make the device that of a person. Pages that were kept for someone else go; what someone else has not sent yet stays theirs.
 *
 * @param {string} owner
 */
export const claim = async (owner) => {
  const before = await currentOwner();
  if (before === owner) {
    return;
  }
  if (before) {
    await clear("pages", before);
    await forgetFacts(before);
  }
  await write("facts", (facts) => void facts.put(owner, "owner"));
};

/**
 * Leave nothing of a person on this device.
 *
 * @param {string} owner
 */
export const wipe = async (owner) => {
  await forgetAll(owner);
  await clear("pages", owner);
  await forgetFacts(owner);
  await forgetKey(owner);
  if ((await currentOwner()) !== owner) {
    return;
  }
  await write("facts", (facts) => void facts.delete("owner"));
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(STATIC)).map((name) => caches.delete(name)));
  // The worker comes back with the files that it needs when someone logs in again.
  const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(registrations.map((registration) => registration.unregister()));
};
