/* Signing out on purpose: what waits is sent first, the person decides about what cannot be, then nothing of theirs stays here. */

import { wipe } from "./owner.js";
import { button, element, say } from "./parts.js";
import { countsOf } from "./queue.js";
import { send } from "./sending.js";
import { LEAVING_NEEDS_NETWORK, OUTCOMES, sheets, TO_MEND } from "./words.js";

/** @typedef {"retry" | "leave" | "stay"} Choice */

/**
 * @param {string} words
 * @param {number} count
 * @returns {Promise<Choice>}
 */
const ask = (words, count) =>
  new Promise((resolve) => {
    const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { className: "block asked", "aria-labelledby": "depart" }));
    /** @param {Choice} choice */
    const choose = (choice) => () => {
      resolve(choice);
      dialog.remove();
    };
    const erase = `Me déconnecter et effacer ${sheets(count)}`;
    dialog.append(
      element("h2", { text: `${sheets(count)} pas encore envoyée${count > 1 ? "s" : ""}`, id: "depart" }),
      element("p", { text: words }),
      element(
        "p",
        { className: "actions" },
        button("Essayer d’envoyer", choose("retry")),
        button("Rester connecté·e", choose("stay"), { quiet: true }),
        button(erase, choose("leave"), { quiet: true }),
      ),
    );
    dialog.addEventListener("cancel", choose("stay"));
    document.body.append(dialog);
    dialog.showModal();
  });

/**
 * Return whether the person leaves.
 *
 * @param {string} owner
 */
const settle = async (owner) => {
  for (;;) {
    const before = await countsOf(owner);
    if (before.waiting + before.stopped === 0) {
      return true;
    }
    const outcome = await send();
    const { waiting, stopped } = await countsOf(owner);
    if (waiting + stopped === 0) {
      return true;
    }
    const words = stopped > 0 && outcome === "sent" ? TO_MEND : OUTCOMES[outcome];
    const choice = await ask(words, waiting + stopped);
    if (choice !== "retry") {
      return choice === "leave";
    }
  }
};

/**
 * @param {string} owner
 * @param {HTMLFormElement} form
 */
const leave = async (owner, form) => {
  if (!navigator.onLine) {
    say("soon", LEAVING_NEEDS_NETWORK);
    return;
  }
  if (await settle(owner)) {
    await wipe(owner);
    form.submit();
  }
};

/**
 * Stand before the form that signs out.
 *
 * @param {string} owner
 */
export const watchLeaving = (owner) => {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.matches("[data-leaving]")) {
      event.preventDefault();
      leave(owner, form);
    }
  });
};
