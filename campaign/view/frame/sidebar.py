"""The shared filters, drawn once, in the same order on every page. The address is the view: widgets only write it."""

from html import escape
from typing import Any, Final

import streamlit as st

from campaign import store
from campaign.core.language import _
from campaign.filters import Filters, all_filters, filter_name
from campaign.filters.declaration import Filter
from campaign.statements.scope import noun
from campaign.view.frame import choice, controls
from campaign.view.frame.own_fields import ALL, OWN_FIELDS
from campaign.wording.numbers import number

MORE: Final = "filter_more"
_ASKED: Final = "filter_more_asked"
_LANG: Final = "filter_more_lang"


def draw(chosen: Filters, page: str) -> None:
    """Draw the filters in the sidebar, in the order of their registry, showing `chosen`; the agenda draws some by itself."""
    offered = [each for each in all_filters() if each.widget and not (page == "agenda" and each.widget.is_on_agenda)]
    with st.sidebar:
        st.html(f'<h2 class="side-title">{_("Filtres")}</h2>')
        st.html(_leave(chosen))
        for declared in offered:
            if declared.widget and not declared.widget.is_folded:
                _draw(declared, chosen, page)
        _unfold(chosen)
        more = st.expander(_("Plus de filtres"), key=MORE, on_change="rerun")
        if more.open:  # what is folded away is neither sent nor drawn
            with more:
                for declared in offered:
                    if declared.widget and declared.widget.is_folded:
                        _draw(declared, chosen, page)


def _leave(chosen: Filters) -> str:
    """Return the button that leaves the filters where they lie over the page, on a telephone: it says what they leave."""
    total = store.query("event_totals", **chosen.params()).one["total"]
    words = _("Voir {counted}", counted=f"{number(total)} {noun(chosen, total)}")
    return f'<button type="button" class="leave-filters">{escape(words)}</button>'


def _draw(declared: Filter, chosen: Filters, page: str) -> None:
    """Draw one filter: by its codes, or by what is its own here; some are drawn with the one before."""
    widget = declared.widget
    if widget is None or widget.control == "own":
        if declared.name in OWN_FIELDS:
            OWN_FIELDS[declared.name](chosen, page)
        return
    words = dict(widget.options(chosen)) if widget.options else {}
    if not words:
        return
    codes_chosen = declared.kind.write(declared.value(chosen)) if declared.is_active(chosen) else []

    def changed(picked: Any) -> None:
        choice.put(declared.name, picked if isinstance(picked, list) else [picked] if picked else [])

    name = f"filter_{declared.name}"
    if widget.control == "multiselect":
        selected = [code for code in codes_chosen if code in words]
        st.multiselect(
            filter_name(declared.name),
            list(words),
            format_func=words.__getitem__,
            default=selected,
            placeholder=_(widget.placeholder),
            **controls.bound(name, selected, changed, options=(list(words), chosen.lang)),
        )
        return
    options = [ALL, *words]
    code = codes_chosen[0] if codes_chosen else ALL
    st.selectbox(
        filter_name(declared.name),
        options,
        index=options.index(code),
        format_func=lambda code: words[code] if code else _(widget.placeholder),
        placeholder=filter_name(declared.name),
        **controls.bound(name, code, changed, options=(options, chosen.lang)),
    )


def _unfold(chosen: Filters) -> None:
    """Unfold the other filters as soon as one of them is taken; the reader may fold them again."""
    folded = [each for each in all_filters() if each.widget and each.widget.is_folded]
    asks = any(each.is_active(chosen) and each.is_written(chosen) for each in folded) or chosen.subcampaign is not None
    if asks and not st.session_state.get(_ASKED):
        st.session_state[MORE] = True
    st.session_state[_ASKED] = asks
    if st.session_state.get(_LANG, chosen.lang) != chosen.lang and MORE in st.session_state:
        st.session_state[MORE] = st.session_state[MORE]  # under its other name it would be folded again
    st.session_state[_LANG] = chosen.lang
