/* The pill at the top of each page of the field: what is sent, what waits here. */

import { currentOwner } from "./owner.js";
import { countsOf } from "./queue.js";
import { lastOutcome } from "./resending.js";
import { pillWords } from "./words.js";

/** @param {HTMLElement} pill */
const show = async (pill) => {
  const { words, tone } = pillWords(await countsOf(await currentOwner()), lastOutcome());
  if (pill.textContent !== words) {
    pill.textContent = words;
  }
  pill.className = `pill ${tone}`;
  pill.hidden = false;
};

/** Keep the pill of the page true. */
export const watchPill = () => {
  const pill = /** @type {HTMLElement | null} */ (document.querySelector("[data-net]"));
  if (pill) {
    globalThis.addEventListener("queuechange", () => show(pill));
    show(pill);
  }
};
