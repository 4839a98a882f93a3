"""The application: `streamlit run dashboard.py`, or `uvicorn dashboard:app`."""

import streamlit as st

from campaign import web
from campaign.web import collector, signin, starting, theme

app = st.App(
    "pages/frame.py",
    lifespan=starting.lifespan,
    secrets=signin.secrets(),
    routes=web.routes(),
    middleware=web.middleware(),
)
collector.settle()
theme.apply()
