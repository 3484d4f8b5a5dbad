"""The closed list of reasons for which a row of a corpus may differ from clang's object.

A reason is a line (corpus, file, row, why): nothing else is forgiven, and no more than half a
percent of all rows. It is empty as long as nothing needs it.
"""

SHARE_MAX = 0.005
REASONS = ()


def split(corpus, file, rows):
    """(forgiven, unforgiven) rows of one file"""
    forgiven = {row for c, f, row, _ in REASONS if (c, f) == (corpus, file) and row in rows}
    return forgiven, rows - forgiven
