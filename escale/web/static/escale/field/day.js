/* Fetches what the coming days need, and has their pages kept on this device. */

import { read, write } from "./database.js";
import { seal } from "./vault.js";

const ADDRESS = "/terrain/donnees/jour.json";
const FRESH = 30 * 60_000;

/**
 * Have the worker keep pages; return whether it could, on this line, before the page was left.
 *
 * @param {string[]} pages
 * @returns {Promise<boolean>}
 */
const keepPages = async (pages) => {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    active?.postMessage({ keep: pages }, [port2]);
  });
};

/**
 * Renew what is kept for a person, if the last time is some minutes ago.
 *
 * @param {string} owner
 */
export const renewDay = async (owner) => {
  const fact = `fetched ${owner}`;
  const last = await read("facts", (facts) => facts.get(fact));
  if (!navigator.onLine || (last && Math.abs(Date.now() - last) < FRESH)) {
    return;
  }
  const response = await fetch(ADDRESS, { cache: "no-store" }).catch(() => null);
  const day = response?.ok ? await response.json().catch(() => null) : null;
  if (day?.owner !== owner) {
    return;
  }
  const sealed = await seal(owner, day);
  await write("facts", (facts) => void facts.put(sealed, `day ${owner}`));
  if (await keepPages(day.pages)) {
    await write("facts", (facts) => void facts.put(Date.now(), fact));
  }
};
