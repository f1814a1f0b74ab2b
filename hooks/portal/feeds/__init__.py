"""Feeds: what is new on the site and in its parts, for programs that read it."""
