"""What readers search in: an index of our own, static and in pieces, that a page's script reads."""
