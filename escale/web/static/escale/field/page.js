/* What every page of someone who is logged in does with this device: on those of the field it keeps and sends, on all it signs out well. */

import { renewDay } from "./day.js";
import { noteWhatWaits, takeForms } from "./forms.js";
import { watchLeaving } from "./leaving.js";
import { claim } from "./owner.js";
import { watchPill } from "./pill.js";
import { watch } from "./resending.js";

const WORKER = "/terrain/service-worker.js";
const SCOPE = "/terrain/";

/** @param {string} owner */
const beginField = async (owner) => {
  await claim(owner);
  watchPill();
  await takeForms(owner);
  globalThis.addEventListener("queuechange", () => noteWhatWaits(owner));
  // An older browser without modules in workers still keeps what is typed in an open page.
  await navigator.serviceWorker?.register(WORKER, { scope: SCOPE, type: "module" }).catch(() => undefined);
  await watch();
  await renewDay(owner);
};

const device = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=escale-device]"));
const owner = device?.content ?? "";

if (!isSecureContext) {
  // Over plain HTTP a browser offers none of this: the forms are sent as they always were, and the page says so.
  document.querySelector("[data-insecure]")?.removeAttribute("hidden");
} else if (owner) {
  watchLeaving(owner);
  if (device?.dataset.field !== undefined) {
    beginField(owner);
  }
}
