"""SQLAlchemy Core behind the port `engine.store.Store`, and one read model a page."""
