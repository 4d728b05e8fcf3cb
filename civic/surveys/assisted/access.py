"""Who types answers for people: researchers, and assistants at a desk."""

from civic.accounts.access import has_role

may_type_answers = has_role("researcher", "assistant")
