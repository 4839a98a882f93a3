"""Several processes behind nginx, as `deploy/` describes them."""
