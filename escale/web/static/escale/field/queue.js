/* What was typed and is not sent yet. Each thing belongs to one person, and leaves only once the server has it or its owner says so. */

import { clear, read, write } from "./database.js";
import { seal, unseal } from "./vault.js";

/**
 * @typedef {object} Content
 * @property {string} kind record, tally, ease, mark or closing
 * @property {string} made_at when it was typed, by the clock of the device
 * @property {Record<string, string | boolean | string[]>} values the fields of its form
 * @property {string} about the visit or the appointment
 * @property {string} words what the list of kept things says of it
 * @property {string} from the page of its form
 * @property {string} [reason] why the server refused it
 * @property {Record<string, string[]>} [errors] what is wrong with which field
 * @property {Record<string, string>} [kept] in a conflict, what the server has
 * @property {Record<string, string>} [given] in a conflict, what was sent
 */

/** @typedef {"waiting" | "refused" | "conflict"} Status */
/** @typedef {{ number: number, key: string, owner: string, status: Status, content: Content }} Item */

const news = new BroadcastChannel("escale-terrain");

/** Tell every open page, this one too, that something changed. */
const tell = () => {
  news.postMessage("queue");
  globalThis.dispatchEvent(new Event("queuechange"));
};
news.onmessage = () => globalThis.dispatchEvent(new Event("queuechange"));

/** @param {any} row */
const opened = async (row) => {
  const { sealed, ...plain } = row;
  return /** @type {Item} */ ({ ...plain, content: await unseal(row.owner, sealed) });
};

/**
 * Keep something until it is sent; the same key again is the same thing.
 *
 * @param {string} owner
 * @param {string} key
 * @param {Content} content
 */
export const keep = async (owner, key, content) => {
  const sealed = await seal(owner, content);
  await write("items", (items) => {
    const known = items.index("key").getKey(key);
    known.onsuccess = () => {
      const number = known.result;
      items.put({ ...(number === undefined ? {} : { number }), key, owner, status: "waiting", sealed });
    };
  });
  tell();
};

/**
 * @param {string} owner
 * @returns {Promise<Item[]>} the oldest first
 */
export const itemsOf = async (owner) => {
  const rows = await read("items", (items) => items.index("owner").getAll(owner));
  rows.sort((one, other) => one.number - other.number);
  return Promise.all(rows.map(opened));
};

/**
 * Count without opening anything.
 *
 * @param {string} owner
 */
export const countsOf = async (owner) => {
  const rows = await read("items", (items) => items.getAll());
  const mine = rows.filter((row) => row.owner === owner);
  return {
    waiting: mine.filter((row) => row.status === "waiting").length,
    stopped: mine.filter((row) => row.status !== "waiting").length,
    contested: mine.filter((row) => row.status === "conflict").length,
    others: rows.length - mine.length,
  };
};

/** @param {Item} item */
export const forget = async (item) => {
  await write("items", (items) => void items.delete(item.number));
  tell();
};

/**
 * Write what the server answered, unless the thing was changed or sent meanwhile by another tab.
 *
 * @param {Item} item
 * @param {{ status: string, reason?: string, errors?: Record<string, string[]>, kept?: object, given?: object }} answer
 */
export const settle = async (item, { status, reason, errors, kept, given }) => {
  const isDone = status === "accepted" || status === "duplicate";
  const content = { ...item.content, reason, errors, kept, given };
  const sealed = isDone ? null : await seal(item.owner, content);
  await write("items", (items) => {
    const known = items.get(item.number);
    known.onsuccess = () => {
      // Whoever chose between two versions meanwhile has told something else since: that leaves next.
      if (known.result?.status !== item.status) {
        return;
      }
      if (isDone) {
        items.delete(item.number);
      } else {
        items.put({ ...known.result, status, sealed });
      }
    };
  });
  tell();
};

/** @param {string} owner */
export const forgetAll = async (owner) => {
  await clear("items", owner);
  tell();
};
