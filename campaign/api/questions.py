"""`/ask.json?q=…`: the views that answer a question in words, each with its number."""

from dataclasses import asdict
from typing import Final

from starlette.responses import Response

from campaign import ask
from campaign.api.answering import ApiCall, json_response, refuse_others
from campaign.api.parameters import single
from campaign.core import language
from campaign.core.errors import FilterError

PARAMETERS: Final = ("q", "lang")


def answer(call: ApiCall) -> Response:
    """Return `{answers: […], searched, left_out, corrected}`: the best view first, what is searched as text, forgiven slips."""
    refuse_others(call, PARAMETERS)
    question = single(call.pairs, "q") or ""
    if len(question) > ask.LONGEST:
        raise FilterError("q", f"« q » a au plus {ask.LONGEST} caractères.")
    if not question.isprintable():
        raise FilterError("q", "« q » contient un caractère de contrôle.")
    lang = call.filters_of([pair for pair in call.pairs if pair[0] == "lang"]).lang
    reply = ask.reply(question, language.known(lang))
    return json_response(
        {
            "answers": [
                {
                    "page": one.page,
                    "page_label": one.page_label,
                    "title": one.title,
                    "href": one.href,
                    "count": one.count,
                }
                for one in reply.answers
            ],
            "searched": reply.searched,
            "left_out": list(reply.left_out),
            "corrected": [asdict(each) for each in reply.corrected],
        }
    )
