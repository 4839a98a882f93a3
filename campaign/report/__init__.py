"""The end-of-campaign report (bilan): sections filled with what the file holds, as PDF and as a text document."""
