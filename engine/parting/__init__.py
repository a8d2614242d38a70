"""Where the way parts by conditions: whether one of them always holds, whether two can, whether each can.

terms     a condition as a formula over what it hangs on
samples   values that stand for all others
domains   which values the forms let a variable have
space     all samples together, and where a condition is true
reach     which of them a case can come with
judge     what follows for a gateway or activity
"""

from engine.parting.judge import Judged, judge

__all__ = ["Judged", "judge"]
