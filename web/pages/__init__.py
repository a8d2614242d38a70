"""The pages: one blueprint a noun. A view reads the input, runs one command or one query, and renders or redirects."""
