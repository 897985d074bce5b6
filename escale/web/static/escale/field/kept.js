/* The page of what is kept on this device: send it, correct it, choose between two versions, hand it over as a file, erase it. */

import { currentOwner } from "./owner.js";
import { button, element, say } from "./parts.js";
import { countsOf, forget, itemsOf, keep } from "./queue.js";
import { lastOutcome, tryToSend, watch } from "./resending.js";
import { momentWords, OUTCOMES, sheets } from "./words.js";

const list = /** @type {HTMLElement} */ (document.querySelector("[data-items]"));
const others = /** @type {HTMLElement} */ (document.querySelector("[data-others]"));
const all = /** @type {HTMLElement} */ (document.querySelector("[data-all]"));
const sendButton = /** @type {HTMLElement} */ (document.querySelector("[data-send]"));
const none = /** @type {HTMLElement} */ (document.querySelector("[data-none]"));

/** @typedef {import("./queue.js").Item} Item */

/** @param {Record<string, string>} version */
const facts = (version) =>
  element("dl", { className: "facts" }, ...Object.entries(version).flatMap(([name, value]) => [
    element("dt", { text: name }),
    element("dd", { text: value }),
  ]));

/**
 * Tell the server which of two versions was chosen.
 *
 * @param {Item} item
 * @param {"replaces" | "yields"} choice
 */
const choose = async ({ owner, key, content }, choice) => {
  const { replaces, yields, ...values } = content.values;
  await keep(owner, key, { ...content, values: { ...values, [choice]: true } });
  await tryToSend();
};

/** @param {Item} item */
const leave = (item) => (item.content.kind === "record" ? choose(item, "yields") : forget(item));

/**
 * @param {Item} item
 * @returns {Node[]}
 */
const conflictParts = (item) => [
  element("h2", { text: "Déjà enregistré" }),
  facts(item.content.kept ?? {}),
  element("h2", { text: "Tapé sur cet appareil" }),
  facts(item.content.given ?? {}),
  element(
    "p",
    { className: "actions" },
    button("Garder ce qui est déjà enregistré", () => leave(item)),
    button("Remplacer par ma version", () => choose(item, "replaces"), { quiet: true }),
  ),
];

/**
 * @param {Item} item
 * @returns {Node[]}
 */
const refusedParts = (item) => {
  const { reason = "", errors = {}, from } = item.content;
  const words = [reason, ...Object.values(errors).flat()].filter(Boolean);
  return [
    ...[...new Set(words)].map((text) => element("p", { className: "field-error", text })),
    element(
      "p",
      { className: "actions" },
      element("a", { className: "button", href: `${from}#corriger=${item.key}`, text: "Corriger" }),
      button("Ne pas l’envoyer", () => confirm("Effacer cette fiche ? Elle n’est enregistrée nulle part ailleurs.") && forget(item), { quiet: true }),
    ),
  ];
};

/** @param {Item} item */
const line = (item) => {
  const { words, made_at } = item.content;
  const shown = element("li", { className: "block" }, element("p", {}, element("strong", { text: words }), ` · ${momentWords(made_at)}`));
  if (item.status === "conflict") {
    shown.append(...conflictParts(item));
  } else if (item.status === "refused") {
    shown.append(...refusedParts(item));
  } else {
    shown.append(element("p", { className: "soft", text: "Pas encore envoyée." }));
  }
  return shown;
};

const show = async () => {
  const owner = await currentOwner();
  const mine = owner ? await itemsOf(owner) : [];
  const counts = await countsOf(owner);
  list.replaceChildren(...mine.map(line));
  none.hidden = mine.length > 0;
  all.hidden = mine.length === 0;
  sendButton.hidden = counts.waiting === 0;
  others.hidden = counts.others === 0;
  others.querySelector("[data-count]")?.replaceChildren(sheets(counts.others));
  const login = /** @type {HTMLElement} */ (document.querySelector("[data-login]"));
  login.hidden = !(lastOutcome() === "login" && counts.waiting > 0);
  const removed = /** @type {HTMLElement} */ (document.querySelector("[data-removed]"));
  removed.hidden = !(lastOutcome() === "removed" && mine.length > 0);
};

/** Hand what is kept over as a file, which the coordination can read. */
const save = async () => {
  const items = (await itemsOf(await currentOwner())).map(({ key, content }) => ({ key, ...content }));
  const file = new Blob([JSON.stringify({ fiches: items }, null, 1)], { type: "application/json" });
  const link = /** @type {HTMLAnchorElement} */ (element("a", { href: URL.createObjectURL(file), download: "fiches-gardees.json" }));
  link.click();
  URL.revokeObjectURL(link.href);
};

const sendNow = async () => {
  await tryToSend();
  say(lastOutcome() === "sent" ? "good" : "soon", OUTCOMES[lastOutcome()]);
};

const begin = async () => {
  sendButton.addEventListener("click", sendNow);
  document.querySelector("[data-save]")?.addEventListener("click", save);
  // Whoever asked for another page, which is not kept here, was led to this one.
  const lost = /** @type {HTMLElement} */ (document.querySelector("[data-lost]"));
  lost.hidden = location.pathname === "/terrain/fiches-gardees/";
  globalThis.addEventListener("queuechange", show);
  await show();
  await watch();
};

if (isSecureContext) {
  begin();
} else {
  document.querySelector("[data-insecure]")?.removeAttribute("hidden");
}
