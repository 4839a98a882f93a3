"""`/ask.json?q=…`: the views that answer a question in words, each with its number."""

from dataclasses import asdict
from typing import Final
from urllib.parse import parse_qsl

from starlette.responses import Response

from campaign import ask
from campaign.api.answering import ApiCall, json_response, refuse_others
from campaign.api.parameters import single
from campaign.core import language
from campaign.core.errors import FilterError
from campaign.core.language import say
from campaign.filters import Filters, lenient

PARAMETERS: Final = ("q", "lang", "present")
LONGEST_ADDRESS: Final = 2000


def answer(call: ApiCall) -> Response:
    """Return `{answers: […], searched, left_out, corrected}`: the best view first, what is searched as text, forgiven slips.

    `present` is the address of a choice without its page (`region=53&edition=2014`): the question within it is offered as well.
    """
    refuse_others(call, PARAMETERS)
    question = single(call.pairs, "q") or ""
    if len(question) > ask.LONGEST:
        raise FilterError("q", say("« q » a au plus {longest} caractères.", longest=ask.LONGEST))
    if not question.isprintable():
        raise FilterError("q", say("« q » contient un caractère de contrôle."))
    lang = call.filters_of([pair for pair in call.pairs if pair[0] == "lang"]).lang
    reply = ask.reply(question, language.known(lang), _present(single(call.pairs, "present")))
    return json_response(
        {
            "answers": [
                {
                    "page": one.page,
                    "page_label": one.page_label,
                    "title": one.title,
                    "href": one.href,
                    "count": one.count,
                    "is_within": one.is_within,
                }
                for one in reply.answers
            ],
            "searched": reply.searched,
            "left_out": list(reply.left_out),
            "corrected": [asdict(each) for each in reply.corrected],
        }
    )


def _present(address: str | None) -> Filters | None:
    """Return the choice of an address, as its page takes it; what makes no sense there falls away. None for none."""
    if not address:
        return None
    if len(address) > LONGEST_ADDRESS or not (address.isascii() and address.isprintable()):
        raise FilterError(
            "present",
            say(
                "« present » est l'adresse d'un choix, {longest_address} caractères au plus.",
                longest_address=LONGEST_ADDRESS,
            ),
        )
    return lenient(parse_qsl(address))[0]
