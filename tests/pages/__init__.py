"""Each page alone, run through the frame without a browser."""
