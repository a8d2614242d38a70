"""Letter numbers by the office's rule, and the registers (buku agenda) that book them. Pure: no SQL, no HTTP.

pattern    the text of a number with placeholders     rule     how a register numbers, from a day on
number     one line of a register, and its life       taking   the next number, never one between two others
numbering  what a drawing says at a step              in_case  what a step or a cancelled case does to its numbers
port       what is asked of a database                events   what the history says
"""
