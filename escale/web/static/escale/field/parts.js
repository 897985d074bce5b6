/* Builds the parts of the page that scripts add: a message, a paragraph, a button. Text only, never HTML. */

/**
 * @param {string} name
 * @param {{ text?: string, className?: string, [attribute: string]: string | undefined }} [about]
 * @param {...Node} children
 */
export const element = (name, { text = "", className = "", ...attributes } = {}, ...children) => {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value ?? "");
  }
  made.append(...children);
  return made;
};

/**
 * Say something at the top of the page, in the place of what was said before.
 *
 * @param {"good" | "soon" | "late"} tone
 * @param {string} words
 */
export const say = (tone, words) => {
  document.querySelector("[data-said]")?.remove();
  const role = tone === "late" ? "alert" : "status";
  const said = element("div", { className: `message ${tone}`, role, "data-said": "", tabindex: "-1" }, element("div", { text: words }));
  document.querySelector("main")?.prepend(said);
  said.scrollIntoView({ block: "nearest" });
};

/**
 * @param {string} words
 * @param {() => void} act
 */
export const button = (words, act, { quiet = false } = {}) => {
  const made = element("button", { text: words, type: "button", className: quiet ? "button button-quiet" : "button" });
  made.addEventListener("click", act);
  return made;
};
