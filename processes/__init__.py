"""The shipped process maps, `<agency>/<slug>.bpmn`. Data, no code."""
