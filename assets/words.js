// What Streamlit's widgets say in English, said in French: no setting of Streamlit's translates it. One fixed list, applied
// to labels, tooltips and a few texts as they appear; everything else on a page is ours and comes translated.
(() => {
  const WORDS = {
    "Skip to main content": "Aller au contenu",
    "Sidebar": "Filtres",
    "Collapse sidebar": "Masquer les filtres",
    "Expand sidebar": "Afficher les filtres",
    "Main menu": "Menu",
    "Choose an option": "Choisir",
    "Choose options": "Choisir",
    "Open": "Ouvrir la liste",
    "Select...": "Choisir",
    "Select all": "Tout choisir",
    "Selected values": "Valeurs choisies",
    "Selectbox options": "Choix possibles",
    "Multiselect options": "Choix possibles",
    "No results": "Aucun résultat",
    "Clear value": "Effacer",
    "Clear all": "Tout effacer",
    "Clear entry": "Effacer",
    "Clear date": "Effacer la date",
    "Dismiss": "Fermer",
    "Close": "Fermer",
    "Remove": "Retirer",
    "Empty": "vide",
    "dd": "jj",
    "yyyy": "aaaa",
    ...Object.fromEntries(
      ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
        .map((month, i) => [month, new Date(2000, i).toLocaleString("fr", { month: "long" })]),
    ),
    "day": "jour",
    "month": "mois",
    "year": "année",
    "Choose date": "Choisir une date",
    "Previous": "Précédent",
    "Next": "Suivant",
    "Previous month": "Mois précédent",
    "Next month": "Mois suivant",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "Flèches pour changer de jour, Entrée pour choisir, Échap pour fermer.",
    "Press Enter to apply": "Entrée pour valider",
    "Invalid input.": "Saisie incorrecte.",
    "Show password": "Afficher le mot de passe",
    "Hide password": "Masquer le mot de passe",
    "Running...": "Calcul en cours",
    "Stop": "Arrêter",
    "Fullscreen": "Plein écran",
    "Close fullscreen": "Quitter le plein écran",
    "Enter fullscreen": "Plein écran",
    "Exit fullscreen": "Quitter le plein écran",
    "Zoom in": "Agrandir",
    "Zoom out": "Réduire",
    "Zoom In": "Agrandir",
    "Zoom Out": "Réduire",
    "Map": "Carte",
    "Toggle attribution": "Montrer les sources",
    "Mapbox logo": "Logo de Mapbox",
    "Clear selection": "Effacer la sélection",
    "Connection error": "Connexion interrompue",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "La connexion est interrompue. Elle va reprendre d'elle-même.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Le tableau de bord ne répond plus. Il est peut-être arrêté : relancez-le par",
    "Network error": "Erreur de réseau",
    "Page not found": "Page introuvable",
    "Please wait...": "Un instant",
    "Settings": "Réglages",
    "Print": "Imprimer",
    "Upload": "Choisir",
    "Add files": "Ajouter des fichiers",
    "Drag and drop a file here": "Déposez un fichier ici",
    "Drag and drop files here": "Déposez des fichiers ici",
    "Show/hide columns": "Choisir les colonnes",
    "Download as CSV": "Télécharger en CSV",
    "Search": "Chercher dans le tableau",
    "Type to search": "Chercher",
    "Add row": "Ajouter une ligne",
    "Delete row(s)": "Supprimer les lignes",
    "Dataframe column menu": "Menu de la colonne",
    "Copy column name": "Copier le nom de la colonne",
    "Sort ascending": "Trier par ordre croissant",
    "Sort descending": "Trier par ordre décroissant",
    "Autosize": "Ajuster la largeur",
    "Pin column": "Figer la colonne",
    "Unpin column": "Ne plus figer la colonne",
    "Hide column": "Masquer la colonne",
    "Notifications": "Messages",
    "add icon": "ajouter",
    "file upload": "dépôt de fichiers",
    "Script execution error": "Erreur",
    "Try again": "Réessayer",
    "Cancel": "Annuler",
    "Rerun": "Relancer",
    "Record a screencast": "Filmer l'écran",
    "Clear cache": "Vider le cache",
  };
  // Around a name or a number.
  const AROUND = {
    "Fullscreen: {}": "Plein écran\u00a0: {}",
    "Close fullscreen: {}": "Quitter le plein écran\u00a0: {}",
    "Clear selection: {}": "Effacer la sélection\u00a0: {}",
    "Show/hide columns: {}": "Choisir les colonnes\u00a0: {}",
    "Download as CSV: {}": "Télécharger en CSV\u00a0: {}",
    "Search: {}": "Chercher dans le tableau\u00a0: {}",
    "Add row: {}": "Ajouter une ligne\u00a0: {}",
    "Delete row(s): {}": "Supprimer les lignes\u00a0: {}",
    "Select {} matches": "Choisir les {} résultats",
    "Delete {}": "Supprimer {}",
    "{} files are not allowed.": "Les fichiers {} ne sont pas acceptés.",
  };
  const BACK = Object.fromEntries(Object.entries(WORDS).map(([english, french]) => [french, english]));
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-valuetext"];
  const LABELLED = ATTRIBUTES.map((name) => `[${name}]`).join(",");
  // Where Streamlit writes texts of its own; our own texts stand in .stHtml and .stMarkdown.
  const TEXTS =
    '[data-testid="stSkipToContent"], [data-testid="InputInstructions"] span, [role="option"] *, [data-type="day"], ' +
    '[data-type="year"], [data-testid="stStatusWidget"] *, [data-testid="stTooltipContent"] *, [data-testid="stToolbar"] *, ' +
    '[data-testid="stDateInputCalendar"] *, [id^="react-aria-description"], [data-testid="stDialog"] *, [data-testid="stFileUploader"] *, ' +
    '[data-testid="stDataFrameColumnMenu"] *';
  const OURS = ".stHtml, .stMarkdown";

  const wanted = () => (new URLSearchParams(location.search).get("lang") === "en" ? "en" : "fr");
  let lang = wanted();

  // "day, Du" is translated up to the comma, "Remove Atelier" up to the space, "11 – November" after its dash.
  function said(text) {
    const words = lang === "fr" ? WORDS : BACK;
    const parts = /^()(.+)(, .+)$/.exec(text) || /^()(Remove|Retirer)( .+)$/.exec(text) || /^(\d+ – )(.+)()$/.exec(text);
    const size = lang === "fr" ? /^([\d.]+)([KMG])B per file$/.exec(text) : /^([\d.]+) ([KMG])o par fichier$/.exec(text);
    if (size) return lang === "fr" ? `${size[1]} ${size[2]}o par fichier` : `${size[1]}${size[2]}B per file`;
    const found = words[text.trim()];
    if (found) return found;
    const day = lang === "fr"
      ? /^Selected Date: (\w+) (\d\d), (\d{4})$/.exec(text) : /^Date choisie\u00a0: (\d+) ([^ ]+) (\d{4})$/.exec(text);
    if (day) {
      return lang === "fr" ? `Date choisie\u00a0: ${Number(day[2])} ${words[day[1]]} ${day[3]}`
        : `Selected Date: ${words[day[2]]} ${day[1].padStart(2, "0")}, ${day[3]}`;
    }
    for (const pair of Object.entries(AROUND)) {
      const [from, to] = lang === "fr" ? pair : [pair[1], pair[0]];
      const [start, end] = from.split("{}");
      if (text.length > start.length + end.length && text.startsWith(start) && text.endsWith(end)) {
        return to.replace("{}", () => text.slice(start.length, text.length - end.length));
      }
    }
    return parts && words[parts[2]] ? parts[1] + words[parts[2]] + parts[3] : null;
  }

  function label(element) {
    if (element.closest(OURS)) return;
    for (const name of ATTRIBUTES) {
      const text = element.getAttribute(name);
      const french = text && said(text);
      if (french) element.setAttribute(name, french);
    }
  }

  function write(element) {
    for (const node of element.childNodes) {
      const french = node.nodeType === Node.TEXT_NODE && said(node.data);
      if (french) node.data = french;
    }
  }

  function translate(root) {
    if (root.matches(LABELLED)) label(root);
    root.querySelectorAll(LABELLED).forEach(label);
    if (root.matches(TEXTS)) write(root);
    root.querySelectorAll(TEXTS).forEach(write);
  }

  function follow() {
    if (document.documentElement.lang === wanted() && lang === wanted()) return;
    lang = document.documentElement.lang = wanted();
    dispatchEvent(new Event("languagechange")); // the calendars' names of months and days: campaign/web/shell.py
    translate(document.body);
  }

  new MutationObserver((changes) => {
    follow();
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") label(target);
      else if (type === "characterData") target.parentElement?.matches(TEXTS) && write(target.parentElement);
      else {
        for (const node of addedNodes) {
          if (node.nodeType === Node.ELEMENT_NODE) translate(node);
          else if (target.matches?.(TEXTS)) write(target);
        }
      }
    }
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  translate(document.documentElement);

  // Streamlit's shortcuts of one letter act on the whole page (run again, clear the cache): none of them is meant for readers.
  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (/^[rc]$/i.test(event.key) && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.stopImmediatePropagation();
    }
  }, true);
})();
