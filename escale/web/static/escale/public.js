// The list of communes is cut as one types, and put in the order of distance when one asks. Nothing is sent: what is typed and
// where one is stay in the device.
const list = [...document.querySelectorAll("li[data-name]")];
const told = document.querySelector("#nombre");
const field = document.querySelector("#q");
const near = document.querySelector(".near");

const plain = (text) =>
  text.toLowerCase().replaceAll("œ", "oe").normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
const searched = (text) => plain(text).split(" ").map((word) => ({ st: "saint", ste: "sainte" })[word] ?? word);

field?.addEventListener("input", () => {
  const words = searched(field.value);
  for (const line of list) line.hidden = !words.every((word) => line.dataset.name.includes(word));
  const left = list.filter((line) => !line.hidden).length;
  if (!field.value.trim()) told.textContent = "";
  else if (left) told.textContent = `${left} commune${left > 1 ? "s" : ""} pour « ${field.value.trim()} »`;
  else told.textContent = "Aucune commune de ce nom ici. Appuyez sur « Chercher » : nous proposerons les noms proches.";
});

// A hundredth of a degree is about one kilometre: no finer position is of any use here.
const rounded = (degrees) => Math.round(degrees * 100) / 100;

function kilometres(line, latitude, longitude) {
  const [there, along] = line.dataset.at.split(",").map(Number);
  const east = (along - longitude) * Math.cos((latitude * Math.PI) / 180);
  return Math.hypot(there - latitude, east) * 111.2;
}

function sort({ coords }) {
  const [latitude, longitude] = [rounded(coords.latitude), rounded(coords.longitude)];
  const placed = list.filter((line) => line.dataset.at);
  placed.sort((one, other) => kilometres(one, latitude, longitude) - kilometres(other, latitude, longitude));
  const home = placed[0]?.parentElement;
  for (const line of placed.toReversed()) home.prepend(line);
  const first = placed[0];
  if (!first) return;
  const far = Math.max(1, Math.round(kilometres(first, latitude, longitude)));
  told.textContent = `Les communes sont rangées de la plus proche à la plus loin. La première : ${first.querySelector("a").textContent}, à environ ${far} km à vol d’oiseau.`;
}

if (near && "geolocation" in navigator && list.some((line) => line.dataset.at)) {
  near.hidden = false;
  document.querySelector("#pres").addEventListener("click", () => {
    told.textContent = "Votre appareil cherche sa position…";
    navigator.geolocation.getCurrentPosition(
      sort,
      () => {
        told.textContent = "Votre appareil ne donne pas sa position. Écrivez le nom de votre commune.";
      },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}
