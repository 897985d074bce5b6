/* The copies of pages that can be shown without a network, each sealed for the person to whom it was shown. */

import { read, write } from "./database.js";
import { currentOwner } from "./owner.js";
import { seal, unseal } from "./vault.js";

export const OWNER_HEADER = "X-Escale-Owner";
const KEPT_HEADERS = ["Content-Type", "Content-Security-Policy", "Referrer-Policy"];
const HOME = "/terrain/";

/** The civil day of the service, wherever the device thinks it is; Swedish writes dates as ISO does. */
const civilDay = () => new Date().toLocaleDateString("sv-SE", { timeZone: "Europe/Paris" });

/** @param {string} address */
const nameOf = (address) => {
  const { pathname, search } = new URL(address, location.origin);
  return pathname + search;
};

/**
 * Keep a page that says whose it is; any other answer is let go.
 *
 * @param {string} address
 * @param {Response} response
 */
export const keepPage = async (address, response) => {
  const owner = response.headers.get(OWNER_HEADER);
  if (!response.ok || response.redirected || !owner || owner !== (await currentOwner())) {
    return;
  }
  const headers = KEPT_HEADERS.map((name) => [name, response.headers.get(name)]).filter(([, value]) => value);
  const sealed = await seal(owner, { headers, body: await response.text() });
  await write("pages", (pages) => void pages.put({ owner, address: nameOf(address), day: civilDay(), sealed }));
};

/**
 * @param {string} owner
 * @param {string} name
 */
const rowOf = (owner, name) => read("pages", (pages) => pages.get([owner, name]));

/**
 * The first page was perhaps last shown yesterday, when that of today was kept beside it.
 *
 * @param {string} owner
 */
const homeRow = async (owner) => {
  const today = civilDay();
  const shown = await rowOf(owner, HOME);
  const sealed = await read("facts", (facts) => facts.get(`day ${owner}`));
  if (shown?.day === today || !sealed) {
    return shown;
  }
  const { days } = await unseal(owner, sealed);
  const page = days.find((/** @type {{ date: string }} */ day) => day.date === today)?.page;
  return (page && (await rowOf(owner, page))) ?? shown;
};

/**
 * @param {string} address
 * @returns {Promise<Response | null>}
 */
export const keptPage = async (address) => {
  const owner = await currentOwner();
  if (!owner) {
    return null;
  }
  const name = nameOf(address);
  const row = await (name === HOME ? homeRow(owner) : rowOf(owner, name));
  if (!row) {
    return null;
  }
  const { headers, body } = await unseal(owner, row.sealed);
  return new Response(body, { headers });
};
