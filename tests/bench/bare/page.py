"""A page that shows one number, and one list to choose from."""

import streamlit as st

REGIONS = ("Toute la France", "Alsace", "Aquitaine", "Auvergne", "Bretagne", "Centre", "Corse", "Guyane", "Limousin",
           "Lorraine", "Martinique", "Picardie", "Rhône-Alpes", "Guadeloupe", "Bourgogne", "Franche-Comté")  # fmt: skip

region = st.selectbox("Région", REGIONS)
st.metric("Événements", REGIONS.index(region))
