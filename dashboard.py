"""The application: `streamlit run dashboard.py`, or `uvicorn dashboard:app`."""

import streamlit as st

from campaign import web

app = st.App("pages/frame.py", routes=web.routes(), middleware=web.middleware())
