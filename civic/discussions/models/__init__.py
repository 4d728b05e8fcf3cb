"""What exists in discussions."""

from civic.discussions.models.comments import Comment, CommentSupport, Idea, TextVersion
from civic.discussions.models.findable import Findable
from civic.discussions.models.readers import CommentDraft, DiscussionPicture, ThreadFollow, ThreadRead
from civic.discussions.models.threads import Thread, Topic, TopicAddress

__all__ = [
    "Comment",
    "CommentDraft",
    "CommentSupport",
    "DiscussionPicture",
    "Findable",
    "Idea",
    "TextVersion",
    "Thread",
    "ThreadFollow",
    "ThreadRead",
    "Topic",
    "TopicAddress",
]
