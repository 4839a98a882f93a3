"""The floor of every measure: one metric, one filter, served as the dashboard is."""

import streamlit as st

from campaign import web
from campaign.web import starting

app = st.App("page.py", lifespan=starting.lifespan, routes=web.routes(), middleware=web.middleware())
