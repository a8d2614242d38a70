"""The shipped forms, `<agency>/<slug>/<element_id>.form` (form-js JSON). Data, no code."""
