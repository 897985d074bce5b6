// A text that is ready to copy: a button does it, where scripts run; without them the field is selected by hand.
for (const button of document.querySelectorAll("button[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const told = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = "C’est copié.";
    } catch {
      told.textContent = "Le texte est choisi : appuyez sur Ctrl et C pour le copier.";
    }
  });
}
