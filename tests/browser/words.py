"""What a page says that is not ours: the texts and labels of Streamlit, deck.gl and Plotly, and which of them are English."""

import re
from functools import cache
from typing import Final

from playwright.sync_api import Page

from campaign.core.settings import ROOT

# Texts, and what is read out or shown under the pointer, outside of the HTML that the pages write themselves.
NOT_OURS: Final = """
() => {
  const found = new Set();
  const isOurs = (element) => element.closest(".stHtml, .stMarkdown, head, script, style, noscript, [data-testid=stIconMaterial]");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!isOurs(walker.currentNode.parentElement)) found.add(walker.currentNode.data.trim());
  const names = ["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "aria-placeholder",
    "title", "placeholder", "alt", "data-title", "data-tooltip", "label"];
  for (const element of document.body.querySelectorAll(names.map((name) => `[${name}]`).join(","))) {
    if (!isOurs(element)) for (const name of names) found.add((element.getAttribute(name) || "").trim());
  }
  for (const input of document.querySelectorAll("input[type=button], input[type=submit]")) found.add(input.value);
  found.delete("");
  return [...found];
}
"""

# Words of English interfaces that are no French words. "Table", "options", "menu", "date", "page" are both.
WORDS: Final = (
    "the of to and with for from your this that is are was no not please wait press enter apply choose select selected selection "
    "clear search find filter filters download upload uploaded browse drag drop file files here limit per show hide view open close "
    "dismiss remove delete add edit save cancel reset undo expand collapse expanded collapsed toggle zoom in out pan fullscreen full "
    "screen next previous first last back more less loading running stopped settings print rerun stop deploy record cache chart map "
    "figure picture image row rows column columns sort sorted ascending descending pin unpin freeze autosize results result option "
    "empty error failed network connection lost warning day month year week today dd yyyy january february march april june july "
    "august september october november december monday tuesday wednesday thursday friday saturday sunday skip main content sidebar "
    "navigation copy copied clipboard link anchor help password invalid input value values key keyboard arrow arrows keys use "
    "attribution reset axes compare closest click double hover over made built powered learn"
)
FRENCH_TOO: Final = (
    "date image option cache zoom pan no is in menu page"  # "zoom" alone is French; "zoom in" has its own line
)
ENGLISH: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(set(WORDS.split()) - set(FRENCH_TOO.split())))}|zoom in|zoom out|no results?|no data)\b",
    re.IGNORECASE,
)
# French words and names that look English.
QUOTED: Final = re.compile(r"open data|openagenda|opendatasoft|week-end|newsletter|hors ligne|en ligne", re.IGNORECASE)


@cache
def french_words() -> set[str]:
    """Return the French of assets/words.js that is no English as well."""
    pairs = re.findall(r'^ +"(.+?)":\s+"(.+?)",$', (ROOT / "assets/words.js").read_text("utf-8"), re.MULTILINE)
    return (
        {french for english, french in pairs if "{}" not in french} - {english for english, _french in pairs} - {"Menu"}
    )


def french(page: Page) -> list[str]:
    """Return the texts and labels that are not ours and stand in the French of assets/words.js."""
    words = french_words()
    return [text for text in page.evaluate(NOT_OURS) if text in words or text.split(":")[0].strip() in words]


def english(page: Page) -> list[str]:
    """Return the texts and labels that are not ours and hold an English word."""
    return [text for text in page.evaluate(NOT_OURS) if ENGLISH.search(QUOTED.sub("", text))]
