"""Why something cannot be published yet."""

from flask_babel import lazy_gettext as _l

from civic.core.advice import Remark
from civic.core.errors import CivicError


class KeepsSomebodyOut(CivicError):
    """Remarks that keep somebody out are neither mended nor answered with a reason; `remarks` names them."""

    sentence = _l("Something must be mended first. Mend it, or give the reason to publish it all the same.")
    status, field = 422, "advice_why"

    def __init__(self, remarks: list[Remark]):
        super().__init__()
        self.remarks = remarks
