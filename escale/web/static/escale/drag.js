/* Dragging a visit of a draft onto another one, or onto a free half-day: the server judges, a dialog shows, the person decides.
   The keyboard has the same by the link of each visit, which leads to its form. */
"use strict";

(() => {
  const held = "[data-visit][draggable]";
  const goal = "[data-visit], [data-date][data-half][data-post]";
  let dragged = null;

  const cell = (event, what) => (event.target instanceof Element ? event.target.closest(what) : null);

  const addressOf = (source, target) => {
    const link = source.querySelector("a[href*='/passage/']") ?? source.closest("a[href*='/passage/']");
    if (!link) {
      return null;
    }
    const asked = new URL("depot/", link.href);
    if (target.dataset.visit) {
      asked.searchParams.set("onto", target.dataset.visit);
    } else {
      for (const name of ["date", "half", "post"]) {
        asked.searchParams.set(name, target.dataset[name]);
      }
    }
    return asked;
  };

  const show = (html) => {
    const dialog = document.createElement("dialog");
    dialog.className = "block";
    dialog.innerHTML = html;
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  const judge = async (source, target) => {
    const address = addressOf(source, target);
    if (address === null) {
      return;
    }
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (response.ok) {
      show(await response.text());
    } else {
      // Somebody changed the draft meanwhile: the page of the visit says so.
      location.reload();
    }
  };

  document.addEventListener("dragstart", (event) => {
    dragged = cell(event, held);
    if (dragged) {
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.dataset.visit);
    }
  });

  document.addEventListener("dragover", (event) => {
    const target = cell(event, goal);
    if (dragged && target && target !== dragged) {
      event.preventDefault();
    }
  });

  document.addEventListener("drop", (event) => {
    const target = cell(event, goal);
    if (dragged && target && target !== dragged) {
      event.preventDefault();
      judge(dragged, target);
    }
    dragged = null;
  });
})();
