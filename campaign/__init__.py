"""The dashboard of the Mois de l'ESS."""
