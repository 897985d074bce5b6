/* Seals what this device keeps (AES-GCM), with one key for each person, which scripts may use but never read.

   What it protects: the files of the browser tell nothing at a glance, and once the key is deleted what was sealed is gone.
   What it does not: whoever holds the unlocked telephone opens the pages as its owner does, and whoever copies the whole
   profile of the browser copies the key with it. The lock of the telephone protects from both. */

import { read, write } from "./database.js";

/** @typedef {{ iv: Uint8Array<ArrayBuffer>, data: ArrayBuffer }} Sealed */

const CIPHER = "AES-GCM";

/** @param {string} owner */
const nameOf = (owner) => `key ${owner}`;

/**
 * @param {string} owner
 * @returns {Promise<CryptoKey>}
 */
const keyOf = async (owner) => {
  const kept = await read("facts", (facts) => facts.get(nameOf(owner)));
  if (kept) {
    return kept;
  }
  const made = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
  // Another tab may have been quicker: the first key stays.
  await write("facts", (facts) => {
    const request = facts.get(nameOf(owner));
    request.onsuccess = () => request.result ?? facts.put(made, nameOf(owner));
  });
  return read("facts", (facts) => facts.get(nameOf(owner)));
};

/**
 * @param {string} owner
 * @param {unknown} value anything that JSON can write
 * @returns {Promise<Sealed>}
 */
export const seal = async (owner, value) => {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, data: await crypto.subtle.encrypt({ name: CIPHER, iv }, await keyOf(owner), plain) };
};

/**
 * @param {string} owner
 * @param {Sealed} sealed
 */
export const unseal = async (owner, { iv, data }) => {
  const plain = await crypto.subtle.decrypt({ name: CIPHER, iv }, await keyOf(owner), data);
  return JSON.parse(new TextDecoder().decode(plain));
};

/** @param {string} owner */
export const forgetKey = (owner) => write("facts", (facts) => void facts.delete(nameOf(owner)));
