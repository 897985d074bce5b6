/* The database of this device: what waits to be sent, the pages that were kept, and whose they are. */

const NAME = "escale-terrain";
const VERSION = 1;

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/** @param {IDBDatabase} database */
const build = (database) => {
  const items = database.createObjectStore("items", { keyPath: "number", autoIncrement: true });
  items.createIndex("key", "key", { unique: true });
  items.createIndex("owner", "owner");
  const pages = database.createObjectStore("pages", { keyPath: ["owner", "address"] });
  pages.createIndex("owner", "owner");
  database.createObjectStore("facts");
};

/** @returns {Promise<IDBDatabase>} */
const open = () => {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => build(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
};

/**
 * Run work in one transaction; answer what the request that it returns holds once everything is on the disk.
 *
 * @template T
 * @param {string} store
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T> | void} work
 * @returns {Promise<T | undefined>}
 */
const within = async (store, mode, work) => {
  const database = await open();
  return new Promise((resolve, reject) => {
    // A telephone is switched off in a pocket: what we say is kept must have reached the disk.
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const request = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request ? request.result : undefined);
    transaction.onabort = () => reject(transaction.error);
  });
};

/**
 * @template T
 * @param {string} store
 * @param {(store: IDBObjectStore) => IDBRequest<T>} question
 * @returns {Promise<T>}
 */
export const read = (store, question) => /** @type {Promise<T>} */ (within(store, "readonly", question));

/**
 * @template T
 * @param {string} store
 * @param {(store: IDBObjectStore) => IDBRequest<T> | void} change
 */
export const write = (store, change) => within(store, "readwrite", change);

/**
 * Delete every row of one person in a store.
 *
 * @param {"items" | "pages"} store
 * @param {string} owner
 */
export const clear = (store, owner) =>
  write(store, (rows) => {
    const request = rows.index("owner").openKeyCursor(IDBKeyRange.only(owner));
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor) {
        rows.delete(cursor.primaryKey);
        cursor.continue();
      }
    };
  });
