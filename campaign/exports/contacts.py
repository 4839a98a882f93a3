"""E-mail addresses and telephone numbers that stand in texts and links: no public answer gives one.

The import strikes them out as well; here they are struck out of whatever an event file holds, by patterns that Arrow
(RE2) and Python read alike.
"""

import re
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

# Texts in which a person may have written how to reach them, lists of texts, and links.
FREE_TEXTS: Final = ("title", "organiser", "venue", "address", "postcode", "commune", "source", "licence")
FREE_LISTS: Final = ("themes", "theme_labels")
LINKS: Final = ("url",)
REMOVED: Final = "[…]"

_NAME: Final = r"[^\s@%,;:<>()\[\]\"«»/?&=]+"  # letters of any script
# The sign, also as a link or a page writes it, and as those who hide from machines do: (at), [at], with blanks around.
_AT: Final = r"(?:@|＠|%40|&#64;|&commat;| ?[(\[{] ?(?:[aA][tT]|@|arobase) ?[)\]}] ?| @ )"
EMAIL: Final = rf"{_NAME}{_AT}{_NAME}\.[^\s@%,;:<>()\[\]\"«»/?&=.]{{2,}}"
_BLANK: Final = "[ \u00a0\u2009\u202f]"
# Pairs are parted alike: « 05/11/2014 18:30 » is no number of ours.
_PAIRS: Final = "|".join(
    rf"(?:{apart}[0-9]{{2}}){{4}}" for apart in ("", f"{_BLANK}+", r"\.", "-", "–", "/", r" ?[.\-–/] ?")
)
# Overseas 0596 12 34 56; groups of three and of four.
_OVERSEAS: Final = "|".join(rf"0[1-9][0-9]{{2}}(?:{apart}[0-9]{{2}}){{3}}" for apart in (_BLANK, r"\.", "-"))
_GROUPS: Final = rf"0[1-9][0-9]{{2}}(?:{_BLANK}[0-9]{{3}}){{2}}|0[1-9](?:{_BLANK}[0-9]{{4}}){{2}}"
# Special rates, 0 800 123 456, and foreign ones.
_RATES: Final = rf"0{_BLANK}?[89][0-9]{{2}}(?:{_BLANK}[0-9]{{3}}){{2}}"
_FRENCH: Final = rf"(?:\b0|\(0\) ?)[1-9](?:{_PAIRS})\b|\b(?:{_OVERSEAS}|{_GROUPS}|{_RATES})\b"
_APART: Final = "[ \u00a0\u2009\u202f().\\-]{0,3}"
_FOREIGN: Final = rf"(?:\+|\b00{_BLANK}?)[1-9](?:{_APART}[0-9]){{8,13}}\b"
TELEPHONE: Final = rf"(?:{_FRENCH}|{_FOREIGN})"
CONTACT: Final = f"(?:{EMAIL}|{TELEPHONE})"
# A link that writes to somebody, calls them or names their address or number.
# Whatever else an event file may hold as a link: only the web's addresses go out.
WEB_LINK: Final = "(?i)^https?://"
CONTACT_LINK: Final = rf"(?i)^(?:mailto|tel|sms|callto|whatsapp|skype):|(?:wa\.me/|[?&](?:tel|phone)=)|{CONTACT}"


def plain(text: str | None) -> str | None:
    """Return one text with e-mails and telephone numbers struck out."""
    return re.sub(CONTACT, REMOVED, text) if text else text


def has_contact(link: str) -> bool:
    """Return whether a link is to a person's address or number, or holds one."""
    return re.search(CONTACT_LINK, link) is not None


def without_contacts(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch with e-mails and telephone numbers struck out of its texts; links that hold one, or are none, left out."""
    names = batch.schema.names
    for name in (name for name in FREE_TEXTS if name in names):
        if _any_matches(batch[name], CONTACT):
            batch = _with(batch, name, pc.replace_substring_regex(batch[name], CONTACT, REMOVED))
    for name in (name for name in FREE_LISTS if name in names):
        if _any_matches(batch[name].flatten(), CONTACT):
            cleaned = [None if texts is None else [plain(text) for text in texts] for texts in batch[name].to_pylist()]
            batch = _with(batch, name, pa.array(cleaned, batch[name].type))
    for name in (name for name in LINKS if name in names):
        is_refused = pc.or_(
            pc.match_substring_regex(batch[name], CONTACT_LINK),
            pc.invert(pc.match_substring_regex(batch[name], WEB_LINK)),
        )
        if pc.any(is_refused).as_py():
            batch = _with(batch, name, pc.if_else(is_refused, pa.scalar(None, batch[name].type), batch[name]))
    return batch


def _any_matches(values: pa.Array, pattern: str) -> bool:
    """Return whether a text matches: much quicker than replacing, and there is seldom anything to replace."""
    return bool(pc.any(pc.match_substring_regex(values, pattern)).as_py())


def _with(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.RecordBatch:
    return batch.set_column(batch.schema.get_field_index(name), name, values)
