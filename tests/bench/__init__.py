"""Times of the pages as ratios against a bare Streamlit page, measured in one run and one browser."""
