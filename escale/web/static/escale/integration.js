// On the page of another site, beneath its link to the dates of a commune: the next one, in words, in the looks of that page.
// Whatever fails, the link stays as it was.
(async (script) => {
  const page = new URL(`communes/${encodeURIComponent(script.dataset.commune)}/`, script.src).href;
  const answer = await fetch(`${page}dates.json`, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) return;
  const told = await answer.json();
  // The one that was pasted with this script: a menu above may lead to the same page.
  const isAbove = (one) => script.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING;
  const link = [...document.links].filter((one) => one.href === page && isAbove(one)).at(-1);
  const place = link.closest("p") ?? link;
  const box = Object.assign(document.createElement("div"), { className: "aide-numerique", lang: "fr" });
  if (place.nextElementSibling?.className === box.className) return;

  // Text alone: nothing that is told here is ever read as HTML.
  const made = (name, text, more) => Object.assign(document.createElement(name), { textContent: text }, more);
  const add = (...parts) => {
    const line = document.createElement("p");
    line.append(...parts);
    box.append(line);
  };
  for (const change of told.changements) add(made("strong", change));
  const [next] = told.prochains;
  if (next) add("Prochaine date : ", made("strong", next.quand));
  else add(told.message);
  if (next?.ou) add(next.ou);
  const phone = told.telephone;
  if (phone) add("Mairie : ", made("a", phone, { href: `tel:${phone.replace(/[^\d+]/g, "")}` }));
  place.after(box);
})(document.currentScript).catch(() => {});
