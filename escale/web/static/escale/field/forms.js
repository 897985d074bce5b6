/* Forms that work without a network: what they hold is kept on the device first, then sent at once if that can be. */

import { element, say } from "./parts.js";
import { forget, itemsOf, keep } from "./queue.js";
import { lastOutcome, tryToSend } from "./resending.js";
import { DISK_REFUSES, KEPT_HERE, NOTED_HERE, NOT_WRITTEN } from "./words.js";

const PATIENCE = 5_000;
const TOLD = "escale-said";
/** Fields that are of the page, not of what is told. */
const NOT_VALUES = ["csrfmiddlewaretoken", "key", ""];

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @type {WeakMap<HTMLFormElement, string>} the key of what is being typed in each form */
const keys = new WeakMap();

/**
 * Return the key of what a form tells: that of the record it corrects, else a new one each time, for a kept page is filled many times.
 *
 * @param {HTMLFormElement} form
 */
const keyOf = (form) => {
  const key = form.dataset.key ?? keys.get(form) ?? crypto.randomUUID();
  keys.set(form, key);
  return key;
};

/** @param {HTMLFormElement} form */
const controlsOf = (form) =>
  /** @type {Control[]} */ ([...form.elements].filter((one) => "name" in one && !NOT_VALUES.includes(String(one.name))));

/** @param {Control} control */
const isBox = (control) => control instanceof HTMLInputElement && control.type === "checkbox";

/**
 * Return what a form holds: text, a list for boxes of one name, true or false for a box alone.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
const valuesOf = (form, submitter) => {
  const typed = new FormData(form, submitter);
  /** @type {Record<string, string | boolean | string[]>} */
  const values = {};
  for (const name of new Set(typed.keys())) {
    if (!NOT_VALUES.includes(name)) {
      values[name] = String(typed.get(name));
    }
  }
  const boxes = controlsOf(form).filter(isBox);
  for (const { name } of boxes) {
    const isAlone = boxes.filter((box) => box.name === name).length === 1;
    values[name] = isAlone ? typed.has(name) : typed.getAll(name).map(String);
  }
  return values;
};

/**
 * Write into a form what it held before.
 *
 * @param {HTMLFormElement} form
 * @param {Record<string, string | boolean | string[]>} values
 */
const fill = (form, values) => {
  for (const control of controlsOf(form)) {
    const value = values[control.name];
    if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
      control.checked = value === true || value === control.value || (Array.isArray(value) && value.includes(control.value));
    } else if (value !== undefined && !(control instanceof HTMLInputElement && control.type === "hidden")) {
      control.value = String(value);
    }
  }
};

/**
 * Put each refusal beside its field.
 *
 * @param {HTMLFormElement} form
 * @param {{ reason?: string, errors?: Record<string, string[]> }} refusal
 */
const showRefusal = (form, { reason, errors = {} }) => {
  form.querySelectorAll("[data-refusal]").forEach((old) => old.remove());
  const controls = controlsOf(form);
  const homeless = [];
  for (const [name, words] of Object.entries(errors)) {
    const control = controls.find((one) => one.name === name && !(one instanceof HTMLInputElement && one.type === "hidden"));
    const place = control && (control.closest(".field") ?? control.closest("fieldset") ?? control.parentElement);
    if (place) {
      place.append(element("p", { className: "field-error", "data-refusal": "", text: words.join(" ") }));
    } else {
      homeless.push(...words);
    }
  }
  const isTold = homeless.length === 0 && Object.keys(errors).length > 0;
  say("late", isTold ? NOT_WRITTEN : [...new Set([...homeless, reason ?? ""])].join(" "));
};

/**
 * Go where the form leads, and say there how it went.
 *
 * @param {HTMLFormElement} form
 * @param {"good" | "soon"} tone
 * @param {string} words
 */
const goOn = (form, tone, words) => {
  sessionStorage.setItem(TOLD, JSON.stringify({ tone, words }));
  location.assign(form.dataset.next ?? location.pathname + location.search);
};

/**
 * Stay on the page, ready for the next person.
 *
 * @param {HTMLFormElement} form
 */
const stay = async (form) => {
  keys.delete(form);
  form.reset();
  form.querySelectorAll("[data-refusal]").forEach((old) => old.remove());
  say("soon", KEPT_HERE[lastOutcome()]);
};

/**
 * @param {string} owner
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 */
const take = async (owner, form, submitter) => {
  const key = keyOf(form);
  const { kept: kind = "", about = "", words = "", timeless } = form.dataset;
  const made = new Date();
  if (timeless !== undefined) {
    // Nothing says at what hour somebody answered.
    made.setHours(0, 0, 0, 0);
  }
  const content = {
    kind,
    about,
    words,
    made_at: made.toISOString(),
    values: valuesOf(form, submitter),
    from: location.pathname + location.search,
  };
  try {
    await keep(owner, key, content);
  } catch {
    say("late", DISK_REFUSES);
    return;
  }
  navigator.storage?.persist?.();
  await tryToSend(PATIENCE);
  const item = (await itemsOf(owner)).find((one) => one.key === key);
  if (!item) {
    goOn(form, "good", form.dataset.done ?? "C’est enregistré.");
  } else if (item.status === "refused") {
    // It still stands in the form: there it is corrected, under the same key.
    await forget(item);
    showRefusal(form, item.content);
  } else if (item.status === "conflict") {
    location.assign("/terrain/fiches-gardees/");
  } else if (form.dataset.onward === undefined) {
    await stay(form);
  } else {
    goOn(form, "soon", KEPT_HERE[lastOutcome()]);
  }
};

/**
 * Say beside each form what was told through it and waits here: a page that was kept knows nothing of it.
 *
 * @param {string} owner
 */
export const noteWhatWaits = async (owner) => {
  const items = await itemsOf(owner);
  document.querySelectorAll("[data-noted]").forEach((old) => old.remove());
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-kept]"))) {
    const { kept, about, words } = form.dataset;
    const count = items.filter(({ content }) => content.kind === kept && content.about === about && content.words === words).length;
    // A page that is there for one person after the other says it at its top, or to nobody.
    if (count > 0 && kept !== "record" && form.dataset.timeless === undefined) {
      form.append(element("p", { className: "soft", "data-noted": "", text: (count > 1 ? `${count} × ` : "") + NOTED_HERE }));
    }
  }
};

/** @param {string} owner */
const correctWhatIsNamed = async (owner) => {
  const key = new URLSearchParams(location.hash.slice(1)).get("corriger");
  const item = key && (await itemsOf(owner)).find((one) => one.key === key);
  const form = item && /** @type {HTMLFormElement | null} */ (document.querySelector(`form[data-kept="${item.content.kind}"]`));
  if (form) {
    keys.set(form, item.key);
    fill(form, item.content.values);
    showRefusal(form, item.content);
  }
};

/**
 * Take over the forms of the page for the person whose page it is.
 *
 * @param {string} owner
 */
export const takeForms = async (owner) => {
  document.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (form.dataset.kept && !event.defaultPrevented) {
      event.preventDefault();
      take(owner, form, event.submitter);
    }
  });
  const told = sessionStorage.getItem(TOLD);
  if (told) {
    sessionStorage.removeItem(TOLD);
    const { tone, words } = JSON.parse(told);
    say(tone, words);
  }
  await noteWhatWaits(owner);
  await correctWhatIsNamed(owner);
};
