"""Files as bytes: what they are packed in, how their letters are encoded, their lines, their parts."""
