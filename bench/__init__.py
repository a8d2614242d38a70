"""The reference workload (docs/bench.md): the same process in Alur and in plain SpiffWorkflow, measured as ratios in one run."""
