/* Sends what waits, in batches, one tab at a time. Nothing leaves the device's list before the server has said that it has it. */

import { itemsOf, settle } from "./queue.js";

/** @typedef {"sent" | "offline" | "login" | "removed"} Outcome */

const TOKEN = "/terrain/donnees/jeton.json";
const GOAL = "/terrain/donnees/envoi";
const MOST_ITEMS = 200;
const MOST_LETTERS = 200_000;
const PATIENCE = 20_000;

/** @param {Response} response */
const isJson = (response) => (response.headers.get("Content-Type") ?? "").startsWith("application/json");

/**
 * Ask our server; null when it is not it that answers: no network, the door of a hotspot, a fault.
 *
 * @param {string} address
 * @param {RequestInit} [init]
 */
const ask = async (address, init = {}) => {
  try {
    const response = await fetch(address, { ...init, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return isJson(response) ? { status: response.status, body: await response.json() } : null;
  } catch {
    return null;
  }
};

/** @param {{ status: number } | null} answer */
const outcomeOf = (answer) => {
  if (answer?.status === 401) {
    return "login";
  }
  return answer?.status === 403 ? "removed" : "offline";
};

/** @param {import("./queue.js").Item} item */
const written = ({ key, content: { kind, made_at, values } }) => ({ ...values, sort: kind, key, entered_at: made_at });

/**
 * Return the first things that fit in one batch.
 *
 * @param {import("./queue.js").Item[]} items
 */
const batchOf = (items) => {
  const batch = [];
  let letters = 0;
  for (const item of items.slice(0, MOST_ITEMS)) {
    letters += JSON.stringify(written(item)).length;
    if (batch.length > 0 && letters > MOST_LETTERS) {
      break;
    }
    batch.push(item);
  }
  return batch;
};

/**
 * @param {string} owner
 * @param {string} token
 * @param {import("./queue.js").Item[]} batch
 */
const sendBatch = async (owner, token, batch) => {
  // The server compares this clock with its own, and so learns how wrong the times of the batch are.
  const body = { owner, key: crypto.randomUUID(), sent_at: new Date().toISOString(), items: batch.map(written) };
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await ask(GOAL, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer?.status !== 200) {
    return answer?.status === 400 ? refuseAll(batch, answer.body.reason) : outcomeOf(answer);
  }
  const byKey = new Map(answer.body.items.map((/** @type {any} */ row) => [row.key, row]));
  for (const item of batch) {
    const row = byKey.get(item.key);
    if (row) {
      await settle(item, row);
    }
  }
  return byKey.size > 0 ? "sent" : "offline";
};

/**
 * A batch that the server cannot read is not sent again and again.
 *
 * @param {import("./queue.js").Item[]} batch
 * @param {string} reason
 */
const refuseAll = async (batch, reason) => {
  for (const item of batch) {
    await settle(item, { status: "refused", reason });
  }
  return "sent";
};

/** @returns {Promise<Outcome>} */
const sendEverything = async () => {
  const known = await ask(TOKEN);
  if (known?.status !== 200) {
    return outcomeOf(known);
  }
  const { owner, token } = known.body;
  // Between two versions their author may have chosen elsewhere: the server is asked again, once.
  const contested = (await itemsOf(owner)).filter((item) => item.status === "conflict");
  if (contested.length > 0) {
    await sendBatch(owner, token, batchOf(contested));
  }
  for (;;) {
    const waiting = (await itemsOf(owner)).filter((item) => item.status === "waiting");
    if (waiting.length === 0) {
      return "sent";
    }
    const outcome = await sendBatch(owner, token, batchOf(waiting));
    if (outcome !== "sent") {
      return /** @type {Outcome} */ (outcome);
    }
  }
};

/**
 * Send all that waits for the person who is logged in, and nothing of anybody else.
 *
 * @returns {Promise<Outcome>}
 */
export const send = () => navigator.locks.request("escale-envoi", sendEverything);
