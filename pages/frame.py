"""The frame of every page: configuration, masthead, shared filters, then the page itself."""

from contextlib import nullcontext

import streamlit as st

from campaign import store
from campaign.core import language
from campaign.core.errors import StoreError
from campaign.core.language import _
from campaign.core.pages import IMPORT
from campaign.view import this_week
from campaign.view.frame import choice, chrome, controls, navigation, own_region, sidebar
from campaign.view.frame.literal import literal
from campaign.view.frame.turns import TURNS
from campaign.wording import campaign_names as names

page = navigation.navigate()
entry = navigation.entry_of(page)
# An import takes minutes, and its page is a coordinator's.
turn = nullcontext() if entry == IMPORT else TURNS.turn(st.context.ip_address or "")

try:
    with turn, store.snapshot():
        choice.read(entry.key if entry else "")
        own_region.open_on(entry.key if entry else "")
        this_week.remember(choice.current())
        language.use(choice.current().lang)
        name, brand = language.gettext(navigation.title_of(entry)), names.name()
        st.set_page_config(
            page_title=f"{name} · {brand}",
            page_icon=navigation.picture(),
            layout="wide",
            initial_sidebar_state="auto",
        )
        chrome.masthead(choice.current(), entry)
        sidebar.draw(choice.current(), entry.key if entry else "overview")
        page.run()
        chrome.foot(entry)
        choice.settle()
        controls.settle()
except StoreError as error:
    st.error(literal(str(error)))
except Exception:
    # Beside this one Streamlit's own notice, in English, is hidden by campaign.css; Streamlit logs what was raised.
    st.container(key="fault").error(
        _("Cette page n'a pas pu être dessinée. Rechargez-la ; si l'erreur revient, signalez-la.")
    )
    raise
