"""Decisions (DMN 1.3 to 1.5): files of the Modeler, read, checked and evaluated with the FEEL of `engine.expression`.

stored     a decision as it is deployed, and how a drawing names one
read, read_logic   XML -> model, the values of what is drawn
requirements   what requires what        types   what values must be
build, build_logic, compiling   model -> programs; what does not run is a problem with row and column
table, hit_policy, programs   what the programs do
evaluate, running   one evaluation, with one budget      outcome   what it gives
check, axis, covering   gaps and overlaps of tables
"""

from engine.decision.build import DecisionModel, inputs_of, read_decisions
from engine.decision.check import check
from engine.decision.evaluate import evaluate
from engine.decision.finding import DecisionFinding, Stretch
from engine.decision.outcome import Evaluated, Mapping, Outcome, result_of
from engine.decision.problem import DecisionFailed, DecisionInvalid, Place, Problem
from engine.decision.stored import Binding, DecisionRef, StoredDecision

__all__ = [
    "Binding",
    "DecisionFailed",
    "DecisionFinding",
    "DecisionInvalid",
    "DecisionModel",
    "DecisionRef",
    "Evaluated",
    "Mapping",
    "Outcome",
    "Place",
    "Problem",
    "StoredDecision",
    "Stretch",
    "check",
    "evaluate",
    "inputs_of",
    "read_decisions",
    "result_of",
]
