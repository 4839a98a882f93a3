"""Many readers at once, over real websockets: `make load`."""
