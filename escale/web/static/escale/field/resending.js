/* Tries again to send, when the network is back, when the page is looked at again, and at growing intervals in between. */

import { currentOwner } from "./owner.js";
import { countsOf } from "./queue.js";
import { send } from "./sending.js";

const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 300_000;

let wait = FIRST_WAIT;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let next;
/** @type {import("./sending.js").Outcome} */
let outcome = navigator.onLine ? "sent" : "offline";

/** How the last try went. */
export const lastOutcome = () => outcome;

/** @param {import("./sending.js").Outcome} found */
const note = (found) => {
  outcome = found;
  globalThis.dispatchEvent(new Event("queuechange"));
};

const plan = async () => {
  clearTimeout(next);
  const { waiting } = await countsOf(await currentOwner());
  // Whoever has to log in again, or is refused, is not helped by another try.
  if (waiting > 0 && outcome === "offline" && navigator.onLine) {
    next = setTimeout(tryToSend, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
};

/** Ask the browser to wake us when the network is back, where it can. */
const askToBeWoken = async () => {
  const registration = /** @type {any} */ (await navigator.serviceWorker?.getRegistration());
  await registration?.sync?.register("escale-envoi").catch(() => undefined);
};

/**
 * Send what waits, and answer how that went after some time at the latest; the sending itself goes on.
 *
 * @param {number} [patience] milliseconds
 */
export const tryToSend = async (patience = LONGEST_WAIT) => {
  if (!navigator.onLine) {
    note("offline");
    await askToBeWoken();
    return;
  }
  const sending = send().then(async (found) => {
    wait = found === "sent" ? FIRST_WAIT : wait;
    note(found);
    await plan();
  });
  await Promise.race([sending, new Promise((resolve) => setTimeout(resolve, patience))]);
};

const tryIfSomethingWaits = async () => {
  const { waiting, contested } = await countsOf(await currentOwner());
  if (waiting + contested > 0) {
    wait = FIRST_WAIT;
    await tryToSend();
  } else {
    note(navigator.onLine ? "sent" : "offline");
  }
};

/** Watch for the moments at which sending may work again. */
export const watch = () => {
  globalThis.addEventListener("online", tryIfSomethingWaits);
  globalThis.addEventListener("offline", () => note("offline"));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && tryIfSomethingWaits());
  return tryIfSomethingWaits();
};
