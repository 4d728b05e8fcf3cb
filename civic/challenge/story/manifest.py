"""What the story of the challenge brings to the house."""

from civic.challenge.story import listeners, manage, views
from civic.challenge.story.queries.startups import startup_story
from civic.challenge.story.queries.whole import challenge_story
from civic.challenge.story.wording import story_words, uses_sentence
from civic.core.manifest import Manifest

manifest = Manifest(
    name="challenge_story",
    blueprints=[views.bp, manage.bp],
    listeners=listeners.LISTENERS,
    template_globals={
        "story_words": story_words,
        "challenge_story": challenge_story,
        "uses_sentence": uses_sentence,
        "startup_story": startup_story,
    },
)
