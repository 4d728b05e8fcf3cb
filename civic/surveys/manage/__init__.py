"""What staff see of surveys."""

from civic.core.web import room

bp = room("manage_surveys", __name__, "/staff/surveys")
