"""The domain: values, life cycles and commands of process instances. Knows no SQL, no HTTP, no folder."""
