"""The floor of every measure: one metric, one filter, served as the dashboard is."""

import streamlit as st

from campaign import web
from campaign.web import sockets

app = st.App("page.py", lifespan=sockets.lifespan, routes=web.routes(), middleware=web.middleware())
