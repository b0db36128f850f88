"""Every table of the learner's file, as it is at the newest revision.

Migrations tell how a file got here; a test compares the two.
"""

from tutor.store.tables.content import CONTENT
from tutor.store.tables.editable import EDITABLE
from tutor.store.tables.local import LOCAL
from tutor.store.tables.logs import LOGS
from tutor.store.tables.projections import PROJECTIONS

__all__ = ["CONTENT", "EDITABLE", "LOCAL", "LOGS", "PROJECTIONS"]
