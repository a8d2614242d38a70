"""The commands, one module a noun; `engine.runtime.Runtime` has them all."""
