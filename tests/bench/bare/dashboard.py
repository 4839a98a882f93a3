"""The floor of every measure: one metric, one filter, served as the dashboard is."""

import streamlit as st

from campaign import web

app = st.App("page.py", routes=web.routes(), middleware=web.middleware())
