"""The file formats of the event list, each written piece by piece from the same batches of rows."""
