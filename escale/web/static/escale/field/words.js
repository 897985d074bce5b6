/* The French of what waits on this device. */

/** @typedef {import("./sending.js").Outcome} Outcome */

const NBSP = "\u00a0";

/** @param {number} count */
export const sheets = (count) => `${count}${NBSP}fiche${count > 1 ? "s" : ""}`;

/** @param {number} count */
const kept = (count) => `${sheets(count)} gardée${count > 1 ? "s" : ""} ici`;

/**
 * What the pill says, and how loud.
 *
 * @param {{ waiting: number, stopped: number, others: number }} counts
 * @param {Outcome} outcome
 * @returns {{ words: string, tone: "good" | "soon" | "late" }}
 */
export const pillWords = ({ waiting, stopped, others }, outcome) => {
  const all = waiting + stopped;
  if (outcome === "removed" && all > 0) {
    return { words: `Envoi refusé · ${kept(all)}`, tone: "late" };
  }
  if (stopped > 0) {
    return { words: `${sheets(stopped)} à reprendre`, tone: "late" };
  }
  if (outcome === "login" && waiting > 0) {
    return { words: `Reconnectez-vous pour envoyer · ${kept(waiting)}`, tone: "soon" };
  }
  if (outcome === "offline") {
    return { words: waiting > 0 ? `Pas de réseau · ${kept(waiting)}` : "Pas de réseau", tone: "soon" };
  }
  if (waiting > 0) {
    return { words: `Envoi en cours · ${kept(waiting)}`, tone: "soon" };
  }
  if (others > 0) {
    return { words: `Tout est envoyé · ${sheets(others)} d’une autre personne`, tone: "good" };
  }
  return { words: "Tout est envoyé", tone: "good" };
};

/** @type {Record<Outcome, string>} */
export const OUTCOMES = {
  sent: "Tout ce qui pouvait partir est envoyé.",
  offline: "Pas de réseau. Ce qui est gardé ici partira tout seul quand il reviendra.",
  login: "Votre connexion a expiré. Reconnectez-vous pour envoyer ; rien n’est perdu.",
  removed:
    "Votre compte ne peut plus envoyer de fiches : rien n’a été enregistré. Tout reste ici. " +
    "Enregistrez le fichier et remettez-le à la coordination.",
};

/** @type {Record<Outcome, string>} what is said to whoever just typed something that could not be sent */
export const KEPT_HERE = {
  sent: "C’est gardé sur cet appareil, et en cours d’envoi.",
  offline: "C’est gardé sur cet appareil. L’envoi se fera tout seul quand le réseau reviendra.",
  login: "C’est gardé sur cet appareil. Votre connexion a expiré : reconnectez-vous pour envoyer.",
  removed: "C’est gardé sur cet appareil, mais votre compte ne peut plus envoyer de fiches : voir « Fiches gardées ici ».",
};
export const NOTED_HERE = "noté ici, pas encore envoyé";
export const NOT_WRITTEN = "Rien n’a été enregistré : corriger ce qui est indiqué, puis recommencer.";
export const DISK_REFUSES = "Cet appareil refuse de garder la fiche : libérer de la place, ou la noter sur papier. Elle n’est pas enregistrée.";

/** @param {string} iso */
export const momentWords = (iso) => {
  const at = new Date(iso);
  const day = at.toLocaleDateString("fr-FR", { weekday: "long", day: "numeric", month: "long" });
  // What has no hour, such as an anonymous answer, is of the day alone.
  return at.getHours() + at.getMinutes() === 0 ? day : `${day} à ${at.getHours()}${NBSP}h${NBSP}${String(at.getMinutes()).padStart(2, "0")}`;
};
export const LEAVING_NEEDS_NETWORK = "Sans réseau, on ne peut pas se déconnecter : recommencer quand il sera revenu. Rien n’est effacé.";
export const TO_MEND = "Des fiches sont à reprendre avant l’envoi : elles sont dans « Fiches gardées ici ».";
