"""What a search finds: one row a thread or comment in sight, written by the database itself and by nobody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, event
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from civic.core.db import Model, id_column
from civic.core.search import configurations_sql
from civic.discussions.models.comments import Idea


class Findable(Model):
    """A text in sight as a search knows it: its words, and what it can be narrowed by, all in one row and one index walk."""

    __tablename__ = "findable"

    id: Mapped[int] = id_column()
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"), unique=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    kind: Mapped[str]  # of the thread
    language: Mapped[str]
    idea_status: Mapped[str | None]
    is_answered: Mapped[bool]  # the thread has an official answer
    at: Mapped[datetime]
    words: Mapped[str] = mapped_column(TSVECTOR)
    __table_args__ = (
        CheckConstraint("kind <> ''", name="kind"),
        # A thread itself is found once.
        Index("uq_findable_thread", "thread_id", unique=True, postgresql_where="comment_id IS NULL"),
        Index("ix_findable_at", "at", "id"),
        Index("ix_findable_topic", "topic_id", "at", "id"),
        Index("ix_findable_kind", "kind", "at", "id"),
        Index("ix_findable_language", "language", "at", "id"),
        Index("ix_findable_answered", "at", "id", postgresql_where="is_answered"),
        Index("ix_findable_idea", "idea_status", "at", "id", postgresql_where="idea_status IS NOT NULL"),
        Index("ix_findable_words", "words", postgresql_using="gin"),
    )


# Made of names and codes that stand in our own code.
_RULES = f"CASE NEW.language {configurations_sql()} ELSE 'simple' END"

# Folded, waiting, removed and withdrawn words are not found, nor is anything in a thread that is out of sight.
event.listen(
    Findable.__table__,
    "after_create",
    DDL(f"""
CREATE OR REPLACE FUNCTION comment_is_findable() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE rules regconfig := {_RULES}; BEGIN
  IF NEW.shown <> 'shown' OR NEW.withdrawn_at IS NOT NULL THEN
    DELETE FROM findable WHERE comment_id = NEW.id;
    RETURN NULL;
  END IF;
  INSERT INTO findable (thread_id, comment_id, topic_id, kind, language, idea_status, is_answered, at, words)
    SELECT thread.id, NEW.id, thread.topic_id, thread.kind, NEW.language, idea.status, thread.answer_id IS NOT NULL, NEW.at,
      setweight(to_tsvector(rules, unaccent(coalesce(idea.title, ''))), 'A') || setweight(to_tsvector(rules, unaccent(NEW.text)), 'B')
    FROM thread LEFT JOIN idea ON idea.comment_id = NEW.id WHERE thread.id = NEW.thread_id AND thread.shown = 'shown'
  ON CONFLICT (comment_id) DO UPDATE SET
    language = excluded.language, idea_status = excluded.idea_status, words = excluded.words;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION thread_is_findable() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE rules regconfig := {_RULES}; BEGIN
  IF NEW.shown <> 'shown' THEN
    DELETE FROM findable WHERE thread_id = NEW.id;
    RETURN NULL;
  END IF;
  INSERT INTO findable (thread_id, topic_id, kind, language, is_answered, at, words)
    VALUES (NEW.id, NEW.topic_id, NEW.kind, NEW.language, NEW.answer_id IS NOT NULL, NEW.created_at,
      setweight(to_tsvector(rules, unaccent(NEW.title)), 'A') || setweight(to_tsvector(rules, unaccent(NEW.text)), 'B'))
  ON CONFLICT (thread_id) WHERE comment_id IS NULL DO UPDATE SET language = excluded.language, words = excluded.words;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.shown <> 'shown' THEN
      UPDATE comment SET text = comment.text WHERE thread_id = NEW.id;
    END IF;
    IF (OLD.topic_id, OLD.kind, OLD.answer_id) IS DISTINCT FROM (NEW.topic_id, NEW.kind, NEW.answer_id) THEN
      UPDATE findable SET topic_id = NEW.topic_id, kind = NEW.kind, is_answered = NEW.answer_id IS NOT NULL
        WHERE thread_id = NEW.id
          AND (topic_id, kind, is_answered) IS DISTINCT FROM (NEW.topic_id, NEW.kind, NEW.answer_id IS NOT NULL);
    END IF;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER comment_findable AFTER INSERT OR UPDATE OF text, language, shown, withdrawn_at ON comment
  FOR EACH ROW EXECUTE FUNCTION comment_is_findable();
CREATE TRIGGER thread_findable AFTER INSERT OR UPDATE OF topic_id, kind, title, text, language, shown, answer_id ON thread
  FOR EACH ROW EXECUTE FUNCTION thread_is_findable();
"""),  # noqa: S608
)
event.listen(
    Idea.__table__,
    "after_create",
    DDL("""
CREATE OR REPLACE FUNCTION idea_is_findable() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  UPDATE comment SET text = comment.text WHERE id = NEW.comment_id;
  RETURN NULL;
END $$;
CREATE TRIGGER idea_findable AFTER INSERT OR UPDATE OF title, status ON idea
  FOR EACH ROW EXECUTE FUNCTION idea_is_findable();
"""),
)
