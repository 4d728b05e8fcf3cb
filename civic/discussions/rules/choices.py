"""The codes that may stand in the database, and how lists may be sorted; their words stand in wording."""

THREAD_KINDS = ("discussion", "ideas", "question")
MEMBERS_KINDS = ("discussion",)
"""What members may open where their topic lets them; lists of ideas and official questions are opened by staff."""
THREAD_STATES = ("open", "locked")
TOPIC_STATES = ("open", "closed")
IDEA_STATES = ("open", "shortlisted", "taken_up", "not_taken_up")
IN_SIGHT = ("shown", "folded")
"""Texts that everybody can read, the folded ones a click away; only these are counted."""

THREAD_SORTS = ("active", "newest", "supported", "quiet")
COMMENT_SORTS = ("oldest", "newest", "supported", "unread")
IDEA_SORTS = ("supported", "newest", "oldest", "unread")

PAGE = 50
"""Comments on a page."""
TITLE_MOST, TEXT_MOST, ROLE_MOST, REASON_MOST, ALT_MOST = 150, 10_000, 120, 2_000, 300
PICTURES_MOST = 6
MENTIONS_MOST = 10
KEPT_SIGNED_OUT_HOURS, DRAFT_DAYS, UNUSED_PICTURE_DAYS = 24, 90, 7
