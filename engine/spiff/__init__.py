"""The one door to SpiffWorkflow 3.2.0: normalise, parse, execute, and the state codec.

    normalise.py   engine.process.Process -> plain BPMN that the library's parser takes without surprises
    parse.py       that plain BPMN -> the library's specs, made of the classes in specs.py
    specs.py       the library's specs, each mended where findings/spiffworkflow.md shows a defect
    joins.py       when a parallel, an inclusive gateway and the end of a process fire
    repeats.py     multi-instance activities
    workflow.py    the token tree of one case
    scopes.py      the variables of a case, kept outside the library's tasks
    execution.py   one case while a command works on it
    undo.py        taking the last finished task back
    codec.py       a case at rest: the live tokens only
    program.py     a deployed version, compiled once

Nothing else in Alur imports SpiffWorkflow, and `Any` stays in here.
"""
