"""Read models, one module a page: frozen values with only the columns that the page shows.

Each function takes an open connection; nothing here writes.
"""
