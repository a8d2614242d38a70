"""Decisions (DMN 1.3 to 1.5): files of the Modeler, read, checked and evaluated with the FEEL of `engine.expression`.

stored    a decision as it is deployed, and how a drawing names one
"""

from engine.decision.stored import Binding, DecisionRef, StoredDecision

__all__ = ["Binding", "DecisionRef", "StoredDecision"]
